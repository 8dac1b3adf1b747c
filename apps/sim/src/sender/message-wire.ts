import type { Sim } from "../sim.ts";
import { attachmentUrl } from "../store/media-url.ts";
import type { Message, StoredAttachment, Thread } from "../store/types.ts";

type Json = Record<string, unknown>;

/** Types told with the payload they were written with (meta-receiving §2.1, §2.21). */
const WITH_PAYLOAD = new Set(["reel", "ig_reel", "post", "ig_post", "share", "appointment_booking"]);

/** One stored attachment as told: more than one where a version of Meta's shows it in two ways. */
function attachmentOnTheWire(sim: Sim, thread: Thread, attachment: StoredAttachment): Json[] {
  const { type } = attachment;
  if (type === "template") return [{ type, payload: attachment.template }];
  if (type === "ephemeral") return [{ type }];
  if (type === "fallback") return [fallback(attachment)];
  if (type === "sticker") return sticker(sim, attachment);
  if (thread.platform === "instagram" && (type === "share" || type === "ig_post"))
    return instagramPost(sim, attachment);
  if (WITH_PAYLOAD.has(type)) return [{ type, payload: { ...attachment.payload } }];
  return [{ type, payload: { url: attachmentUrl(sim, attachment) } }];
}

/** A share nothing more is known of has no payload at all (EV/messages). */
function fallback({ url, title }: StoredAttachment): Json {
  return { type: "fallback", payload: url === undefined ? null : { url, ...(title && { title }) } };
}

/** Since 2026-08-30 a sticker is only ever of type `sticker` (Messenger changelog, 2026-06-01). */
function sticker(sim: Sim, attachment: StoredAttachment): Json[] {
  const payload = {
    url: attachmentUrl(sim, attachment),
    ...(attachment.stickerId !== undefined && { sticker_id: attachment.stickerId }),
  };
  const version = sim.store.state.faults.versions.sticker;
  return [
    ...(version === "sticker" ? [] : [{ type: "image", payload }]),
    ...(version === "image" ? [] : [{ type: "sticker", payload }]),
  ];
}

/** `ig_post` beside `share` since 2025-11-03; `share` is going away since 2026-04-27 (Messenger changelog). */
function instagramPost(sim: Sim, attachment: StoredAttachment): Json[] {
  const version = sim.store.state.faults.versions.share ?? attachment.type;
  const { id, ...rest } = attachment.payload ?? {};
  const share = { type: "share", payload: { url: rest.url ?? attachment.url } };
  const post = { type: "ig_post", payload: { ...(id !== undefined && { ig_post_media_id: String(id) }), ...rest } };
  return [...(version === "ig_post" ? [] : [share]), ...(version === "share" ? [] : [post])];
}

function replyTo(sim: Sim, thread: Thread, message: Message): Json | undefined {
  if (message.storyReply) return { story: message.storyReply };
  if (!message.replyTo) return undefined;
  if (thread.platform === "instagram" || !sim.store.state.faults.versions.replyToFlag) return { mid: message.replyTo };
  const self = sim.store.message(message.replyTo)?.message.from === message.from;
  return { mid: message.replyTo, is_self_reply: self };
}

/** `message` of the `messages` and `message_echoes` events (meta-receiving §2.1, §2.2, §2.21). */
export function messageOnTheWire(sim: Sim, thread: Thread, message: Message): Json {
  const echo = message.from === "page";
  const instagram = thread.platform === "instagram";
  const head = { mid: message.mid, ...(echo && { is_echo: true }) };
  if (message.removed) return { ...head, is_deleted: true };
  if (message.unsupported) return { ...head, is_unsupported: true };
  if (message.empty) return head;
  const reply = replyTo(sim, thread, message);
  const attachments = message.attachments.flatMap((one) => attachmentOnTheWire(sim, thread, one));
  return {
    ...head,
    // Instagram echoes carry neither app_id nor metadata (Instagram messaging, Webhooks).
    ...(echo && !instagram && message.appId && { app_id: Number(message.appId) }),
    ...(echo && !instagram && message.metadata !== undefined && { metadata: message.metadata }),
    ...(echo && message.aiGenerated && { ai_generated: true }),
    ...(message.text !== undefined && { text: message.text }),
    ...(message.quickReplyPayload !== undefined && { quick_reply: { payload: message.quickReplyPayload } }),
    ...(reply && { reply_to: reply }),
    ...(message.referral && { referral: message.referral }),
    ...(message.commands && { commands: message.commands }),
    ...(attachments.length > 0 && { attachments }),
  };
}
