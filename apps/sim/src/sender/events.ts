import type { Sim } from "../sim.ts";
import { attachmentUrl } from "../store/media-url.ts";
import type { Message, Page, StoredAttachment, Thread } from "../store/types.ts";

export { PAGE_INBOX_APP_ID } from "../routing/apps.ts";

/** Ids of the business side: the Page, or its Instagram account. */
function assetId(page: Page, thread: Thread): string {
  return thread.platform === "instagram" ? (page.instagram?.id ?? page.id) : page.id;
}

function attachmentOnTheWire(sim: Sim, attachment: StoredAttachment): Record<string, unknown> {
  if (attachment.type === "template") return { type: "template", payload: attachment.template };
  if (attachment.type === "fallback") {
    return { type: "fallback", payload: { url: attachment.url, ...(attachment.title && { title: attachment.title }) } };
  }
  // Since 2026-08-30 a sticker is only ever of type `sticker` (Messenger changelog, 2026-06-01).
  return {
    type: attachment.type,
    payload: {
      url: attachmentUrl(sim, attachment),
      ...(attachment.stickerId !== undefined && { sticker_id: attachment.stickerId }),
    },
  };
}

function isSelfReply(sim: Sim, message: Message): boolean {
  return sim.store.message(message.replyTo ?? "")?.message.from === message.from;
}

/** `message` of the `messages` and `message_echoes` events (meta-receiving §2.1, §2.2, §2.21). */
function messageOnTheWire(sim: Sim, thread: Thread, message: Message): Record<string, unknown> {
  const echo = message.from === "page";
  const instagram = thread.platform === "instagram";
  return {
    mid: message.mid,
    ...(echo && { is_echo: true }),
    // Instagram echoes carry neither app_id nor metadata (Instagram messaging, Webhooks).
    ...(echo && !instagram && message.appId && { app_id: Number(message.appId) }),
    ...(echo && !instagram && message.metadata !== undefined && { metadata: message.metadata }),
    ...(echo && message.aiGenerated && { ai_generated: true }),
    ...(message.text !== undefined && { text: message.text }),
    ...(message.quickReplyPayload !== undefined && { quick_reply: { payload: message.quickReplyPayload } }),
    ...(message.replyTo && {
      reply_to: instagram
        ? { mid: message.replyTo }
        : { mid: message.replyTo, is_self_reply: isSelfReply(sim, message) },
    }),
    ...(message.attachments.length > 0 && {
      attachments: message.attachments.map((one) => attachmentOnTheWire(sim, one)),
    }),
  };
}

/** Sends one event of a thread: `sender` is the customer unless `fromPage`; `toEverybody` whoever holds the thread. */
export function emitEvent(
  sim: Sim,
  thread: Thread,
  field: string,
  content: Record<string, unknown>,
  options: { at: number; fromPage?: boolean; toEverybody?: boolean },
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
    event: { sender: { id: sender }, recipient: { id: recipient }, timestamp: options.at, ...content },
  });
}

export function emitMessage(sim: Sim, thread: Thread, message: Message): void {
  emitEvent(sim, thread, "messages", { message: messageOnTheWire(sim, thread, message) }, { at: message.at });
}

/** Echoes have their own field on a Page; on Instagram they travel inside `messages`. */
export function emitEcho(sim: Sim, thread: Thread, message: Message): void {
  const field = thread.platform === "instagram" ? "messages" : "message_echoes";
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
