import type { ServerResponse } from "node:http";
import { PAGE_INBOX_APP_ID } from "../routing/apps.ts";
import { emitDelivery, emitEcho } from "../sender/events.ts";
import type { Sim } from "../sim.ts";
import { instagramMid, messengerMid } from "../store/ids.ts";
import type { Message, Thread } from "../store/types.ts";

const ECHO_AT_LATEST_MS = 250;
const OVERTAKE_AT_MOST_MS = 5_000;

export type NewMessage = Partial<
  Pick<Message, "text" | "metadata" | "replyTo" | "tag" | "quickReplies" | "appId" | "at" | "aiGenerated" | "notice"> &
    Pick<Message, "privateReplyTo" | "utility">
> & {
  attachments: Message["attachments"];
};

export function newMid(thread: Thread): string {
  return thread.platform === "instagram" ? instagramMid() : messengerMid();
}

export function changed(sim: Sim, thread: Thread): void {
  sim.store.touch();
  sim.bus.emit({ type: "thread", pageId: thread.pageId, customerId: thread.customerId });
}

/** Keeps Meta's times of one thread strictly increasing, so that watermarks and order are never ambiguous. */
export function nextTime(sim: Sim, thread: Thread): number {
  return Math.max(sim.now(), (thread.messages.at(-1)?.at ?? 0) + 1);
}

function store(sim: Sim, thread: Thread, content: NewMessage): Message {
  const at = content.at ?? nextTime(sim, thread);
  const message: Message = { mid: newMid(thread), from: "page", reactions: [], edits: 0, ...content, at };
  if (sim.store.state.faults.phonesOnline) message.deliveredAt = Math.max(at, sim.now());
  thread.pageTypingUntil = 0;
  sim.store.addMessage(thread, message);
  changed(sim, thread);
  return message;
}

function announceNow(sim: Sim, thread: Thread, message: Message): void {
  emitEcho(sim, thread, message);
  if (message.deliveredAt) emitDelivery(sim, thread, [message.mid], message.deliveredAt);
}

/**
 * A message the Send API accepted. `announce` sends echo and receipt: after the HTTP answer as a rule, before it (and
 * waited for) when the switch `echoOvertakes` is on.
 */
export function acceptFromPage(
  sim: Sim,
  thread: Thread,
  content: NewMessage,
): { mid: string; announce(raw: ServerResponse): Promise<void> } {
  const message = store(sim, thread, content);
  const announce = async (raw: ServerResponse) => {
    if (sim.store.state.faults.echoOvertakes) {
      announceNow(sim, thread, message);
      await sim.sender.idle(OVERTAKE_AT_MOST_MS);
      return;
    }
    let done = false;
    const once = () => {
      if (done) return;
      done = true;
      clearTimeout(timer);
      announceNow(sim, thread, message);
    };
    const timer = setTimeout(once, ECHO_AT_LATEST_MS);
    raw.once("close", once);
  };
  return { mid: message.mid, announce };
}

/** A person answers in Page Inbox or Business Suite: an echo with Meta's own app id (Messenger changelog, 2021-09-14). */
export function answerFromInbox(sim: Sim, thread: Thread, content: NewMessage): Message {
  return writeFromPage(sim, thread, { appId: PAGE_INBOX_APP_ID, ...content });
}

/** A message of the Page that did not come by our Send API: kept, then echo and receipt. */
export function writeFromPage(sim: Sim, thread: Thread, content: NewMessage): Message {
  const message = store(sim, thread, content);
  announceNow(sim, thread, message);
  return message;
}
