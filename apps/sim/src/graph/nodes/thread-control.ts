import { isOnPage, takeoverAllowed } from "../../routing/apps.ts";
import { moveControl, releaseControl, requestControl } from "../../routing/move.ts";
import { EXTEND_AT_MOST_MS, modeOf, ownerOf, routingOf } from "../../routing/rules.ts";
import type { Sim } from "../../sim.ts";
import type { Page, Thread } from "../../store/types.ts";
import { type Auth, scopesOf } from "../auth.ts";
import { type Call, param, refuseUnknown } from "../call.ts";
import { type GraphError, graphError } from "../error.ts";
import { asString, asStructure } from "../params.ts";
import { ready } from "../ready-errors.ts";

const EDGES = ["pass", "take", "request", "release", "extend"].map((verb) => `${verb}_thread_control`);

export function isControlEdge(edge: string | undefined, method: string): boolean {
  return (method === "POST" && EDGES.includes(edge ?? "")) || (method === "GET" && edge === "thread_owner");
}

interface Asked {
  sim: Sim;
  page: Page;
  thread: Thread;
  appId: string;
  metadata: string;
}

/**
 * Thread control of one conversation: `POST …/pass_thread_control` and its siblings, `GET …/thread_owner` (Messenger and
 * Instagram, Conversation Routing, 2025-09-24 and 2026-06-30; meta-receiving §3.2 to §3.5). The rules differ with routing
 * on and off.
 */
export function threadControl(call: Call, auth: Auth, page: Page): unknown {
  refuseUnknown(call, ["recipient", "metadata", "target_app_id", "duration", "platform"]);
  const asked = { ...found(call, auth, page), appId: auth.app.id, metadata: param(call, "metadata") ?? "" };
  const edge = call.segments[1] ?? "";
  if (edge === "thread_owner") return threadOwner(asked);
  const refused = actions[edge]?.(asked, call);
  if (refused) throw refused;
  return { success: true };
}

function found(call: Call, auth: Auth, page: Page): { sim: Sim; page: Page; thread: Thread } {
  const { sim } = call;
  const raw = asStructure(call.values.recipient);
  const id = asString(raw && typeof raw === "object" ? (raw as Record<string, unknown>).id : call.values.recipient);
  if (!id) throw graphError(100, undefined, "(#100) The parameter recipient is required");
  const customer = sim.store.customer(id);
  const scope = customer?.platform === "instagram" ? "instagram_manage_messages" : "pages_messaging";
  if (!scopesOf(auth).includes(scope))
    throw graphError(230, undefined, `(#230) Requires ${scope} permission to manage the object`);
  if (customer?.pageId !== page.id) throw ready.noMatchingUser();
  return { sim, page, thread: sim.store.thread(customer) };
}

/** The owner and the default app see who it is; others only until when, and nothing of an idle conversation. */
function threadOwner({ sim, page, thread, appId }: Asked): unknown {
  const owner = ownerOf(page, thread, sim.now());
  if (!owner) return { data: [] };
  const seen = owner.appId === appId || routingOf(page, thread.platform).defaultAppId === appId;
  const expiration = owner.until === null ? undefined : Math.floor(owner.until / 1000);
  return { data: [{ thread_owner: { ...(seen && { app_id: owner.appId }), ...(expiration && { expiration }) } }] };
}

function notOwner(thread: Thread, what: string): GraphError {
  return thread.platform === "instagram" ? ready.notThreadOwner() : graphError(100, undefined, `(#100) ${what}`);
}

const CALLER = "The calling app is not the thread owner.";

type Action = (asked: Asked, call: Call) => GraphError | null;

const actions: Record<string, Action> = {
  pass_thread_control: (asked, call) => passControl(asked, param(call, "target_app_id")),
  take_thread_control: takeControl,
  request_thread_control: askForControl,
  release_thread_control: (asked) => {
    if (!owns(asked)) return notOwner(asked.thread, "Only the current thread owner can release thread control.");
    releaseControl(asked.sim, asked.thread);
    return null;
  },
  extend_thread_control: extendControl,
};

function owns({ sim, page, thread, appId }: Asked): boolean {
  return ownerOf(page, thread, sim.now())?.appId === appId;
}

/** By the owner, or by anyone while idle. Without a target: to the default app, where there is one. */
export function passControl(asked: Asked, target: string | undefined): GraphError | null {
  const { sim, page, thread, metadata } = asked;
  const owner = ownerOf(page, thread, sim.now());
  if (owner && owner.appId !== asked.appId) return notOwner(thread, CALLER);
  const to = target ?? routingOf(page, thread.platform).defaultAppId;
  if (!to) return graphError(100, undefined, "(#100) The parameter target_app_id is required");
  if (!isOnPage(sim, page, to)) return ready.wrongApp();
  moveControl(sim, page, thread, to, { how: "pass", metadata });
  return null;
}

function takeControl({ sim, page, thread, appId, metadata }: Asked): GraphError | null {
  if (modeOf(page, thread.platform) === "default")
    return graphError(
      27,
      undefined,
      "(#27) Take thread control is not supported when Conversation Routing is not enabled.",
    );
  if (thread.leadAd) return ready.leadAd();
  if (ownerOf(page, thread, sim.now())?.appId === appId)
    return graphError(100, undefined, "(#100) The app is the thread owner already.");
  if (!takeoverAllowed(page, appId))
    return graphError(100, undefined, "(#100) The app is not allowed to take control of conversations of this Page.");
  moveControl(sim, page, thread, appId, { how: "take", metadata });
  return null;
}

/** Idle: granted at once. Owned: the owner is asked, and the answer says no more than that (production, Aug 2026). */
function askForControl({ sim, page, thread, appId, metadata }: Asked): GraphError | null {
  if (modeOf(page, thread.platform) === "routing") {
    return graphError(
      100,
      undefined,
      "(#100) Request thread control is not available when Conversation Routing is enabled.",
    );
  }
  const owner = ownerOf(page, thread, sim.now());
  if (!owner) moveControl(sim, page, thread, appId, { how: "pass", metadata });
  else if (owner.appId !== appId) requestControl(sim, page, thread, owner.appId, appId, metadata);
  return null;
}

function extendControl(asked: Asked, call: Call): GraphError | null {
  const { sim, thread } = asked;
  const seconds = Number(param(call, "duration"));
  if (!Number.isInteger(seconds) || seconds <= 0 || seconds * 1000 > EXTEND_AT_MOST_MS)
    return graphError(100, undefined, "(#100) Param duration must be between 1 and 604800 seconds.");
  const owner = ownerOf(asked.page, thread, sim.now());
  if (owner?.appId !== asked.appId) return notOwner(thread, CALLER);
  const now = sim.now();
  // A default app's control may come from the customer's activity alone: it is written down here.
  thread.control = {
    ownerAppId: owner.appId,
    since: owner.since,
    until: now + seconds * 1000,
    afterAction: thread.lastActionAt ?? 0,
  };
  sim.store.touch();
  return null;
}
