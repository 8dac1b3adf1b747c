import { isInbox } from "../routing/apps.ts";
import type { Sim } from "../sim.ts";
import type { Message, Page, Thread } from "../store/types.ts";
import { messageOnTheWire } from "./message-wire.ts";

export { PAGE_INBOX_APP_ID } from "../routing/apps.ts";

/** Ids of the business side: the Page, or its Instagram account. */
function assetId(page: Page, thread: Thread): string {
  return thread.platform === "instagram" ? (page.instagram?.id ?? page.id) : page.id;
}

/** Sends one event of a thread: `sender` is the customer unless `fromPage`; `toEverybody` whoever holds the thread; `timeless` without a time. */
export function emitEvent(
  sim: Sim,
  thread: Thread,
  field: string,
  content: Record<string, unknown>,
  options: { at: number; fromPage?: boolean; toEverybody?: boolean; timeless?: boolean },
): void {
  const page = sim.store.page(thread.pageId);
  if (!page) return;
  const business = assetId(page, thread);
  const [sender, recipient] = options.fromPage ? [business, thread.customerId] : [thread.customerId, business];
  sim.sender.emit({
    page,
    object: thread.platform === "instagram" ? "instagram" : "page",
    field,
    customerId: thread.customerId,
    ...(!options.toEverybody && { thread }),
    event: {
      sender: { id: sender },
      recipient: { id: recipient },
      ...(!options.timeless && { timestamp: options.at }),
      ...content,
    },
  });
}

export function emitMessage(sim: Sim, thread: Thread, message: Message): void {
  const content = {
    message: messageOnTheWire(sim, thread, message),
    ...(message.priorMessage && { prior_message: message.priorMessage }),
  };
  emitEvent(sim, thread, "messages", content, { at: message.at });
}

/** Echoes have their own field on a Page; on Instagram they travel inside `messages`. */
export function emitEcho(sim: Sim, thread: Thread, message: Message): void {
  const instagram = thread.platform === "instagram";
  const native = message.appId === undefined || isInbox(message.appId);
  if (instagram && native && !sim.store.state.faults.igEchoes) return;
  const field = instagram ? "messages" : "message_echoes";
  emitEvent(
    sim,
    thread,
    field,
    { message: messageOnTheWire(sim, thread, message) },
    { at: message.at, fromPage: true },
  );
}

/** `message_deliveries`: Messenger only. `watermark` is in milliseconds (meta-receiving §2.3). */
export function emitDelivery(sim: Sim, thread: Thread, mids: string[], watermark: number): void {
  if (thread.platform === "instagram") return;
  emitEvent(sim, thread, "message_deliveries", { delivery: { mids, watermark } }, { at: watermark });
}

/** `message_reads` with a watermark; on Instagram `messaging_seen` with the mid of the last message read. */
export function emitRead(sim: Sim, thread: Thread, watermark: number): void {
  if (thread.platform === "messenger") {
    emitEvent(sim, thread, "message_reads", { read: { watermark } }, { at: watermark });
    return;
  }
  const last = thread.messages.findLast((message) => message.from === "page" && message.at <= watermark);
  if (last) emitEvent(sim, thread, "messaging_seen", { read: { mid: last.mid } }, { at: watermark });
}
