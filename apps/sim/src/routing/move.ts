import { emitHandover } from "../sender/handover.ts";
import type { Sim } from "../sim.ts";
import type { Hold } from "../store/routing.ts";
import type { Page, Thread } from "../store/types.ts";
import { type Owner, ownerOf } from "./rules.ts";

export interface Move {
  /** How control gets there: `pass` is told to the new owner, `take` to the one who lost it, `silent` to nobody. */
  how: "pass" | "take" | "silent";
  metadata?: string;
  hold?: Hold;
}

function changed(sim: Sim, thread: Thread): void {
  sim.store.touch();
  sim.bus.emit({ type: "thread", pageId: thread.pageId, customerId: thread.customerId });
}

/** Gives a conversation to an app. Any move sets an extended or shortened expiry back (Messenger changelog, 2025-07-22). */
export function moveControl(sim: Sim, page: Page, thread: Thread, to: string, move: Move): Owner | null {
  const now = sim.now();
  const before = ownerOf(page, thread, now);
  thread.control = {
    ownerAppId: to,
    since: now,
    until: null,
    afterAction: thread.lastActionAt ?? 0,
    ...(move.hold && { hold: move.hold }),
  };
  const what = { previous_owner_app_id: before?.appId ?? null, new_owner_app_id: to, metadata: move.metadata ?? "" };
  if (move.how === "pass") emitHandover(sim, page, thread, to, { pass_thread_control: what });
  // Taking an idle conversation is told to nobody (Instagram, Conversation Routing APIs).
  if (move.how === "take" && before && before.appId !== to)
    emitHandover(sim, page, thread, before.appId, { take_thread_control: what });
  changed(sim, thread);
  return before;
}

/** Makes a conversation idle: no event (Instagram, Conversation Routing APIs). */
export function releaseControl(sim: Sim, thread: Thread): void {
  thread.control = { ownerAppId: null, since: sim.now(), until: null, afterAction: thread.lastActionAt ?? 0 };
  changed(sim, thread);
}

/** Tells the owner that another app asks for control. */
export function requestControl(
  sim: Sim,
  page: Page,
  thread: Thread,
  owner: string,
  by: string,
  metadata: string,
): void {
  const what = { requested_owner_app_id: Number(by), metadata };
  emitHandover(sim, page, thread, owner, { request_thread_control: what });
}
