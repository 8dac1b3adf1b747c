import type { Sim } from "../../sim.ts";
import type { Message, Thread } from "../../store/types.ts";

const DAY = 24 * 3_600_000;
/** Requests-folder conversations idle longer than this are not returned (Messenger Platform, Conversations). */
const REQUESTS_KEPT_MS = 30 * DAY;
/** Instagram tells only the 20 newest messages in detail (Graph API, Message; meta-receiving §4). */
const INSTAGRAM_DEPTH = 20;

/** What Graph knows of a thread, newest first: also what no webhook ever told; not what was unsent. */
export function messagesOf(thread: Thread): Message[] {
  return thread.messages.filter((message) => !message.removed).reverse();
}

export function depthOf(sim: Sim, thread: Thread): number {
  if (thread.platform === "instagram") return INSTAGRAM_DEPTH;
  return sim.store.state.faults.conversationDepth ?? Number.POSITIVE_INFINITY;
}

/** Whether the Conversations API returns this conversation at all. */
export function isListed(sim: Sim, thread: Thread): boolean {
  const last = thread.messages.at(-1);
  if (!last) return false;
  const inRequests = sim.store.customer(thread.customerId)?.inRequests ?? false;
  return !inRequests || sim.now() - last.at < REQUESTS_KEPT_MS;
}

/** Whether Graph tells more of this message than that it exists. */
export function isTold(sim: Sim, thread: Thread, message: Message): boolean {
  if (message.removed) return false;
  const depth = depthOf(sim, thread);
  if (depth === Number.POSITIVE_INFINITY) return true;
  return messagesOf(thread).indexOf(message) < depth;
}
