import { asString, asStructure } from "../params.ts";
import { ready } from "../ready-errors.ts";
import { bad, object, onlyKeys } from "./checks.ts";
import { type Recipient, readRecipient } from "./recipient.ts";
import { readUtility, type UtilityRequest } from "./utility.ts";

export interface AttachmentRequest {
  type: string;
  payload: Record<string, unknown>;
}

export interface SendRequest extends Recipient {
  messagingType: string;
  tag: string | null;
  senderAction: string | null;
  actionPayload: Record<string, unknown>;
  text: string | null;
  /** A utility template to be filled in. */
  utility: UtilityRequest | null;
  attachments: AttachmentRequest[];
  stickerId: number | null;
  quickReplies: { content_type: string; title?: string; payload?: string }[];
  metadata: string | null;
  replyTo: string | null;
  personaId: string | null;
}

/** Everything about a send that can be judged by its shape alone. Source: Send API reference (v25), meta-sending §1.2. */
export function readSendRequest(values: Record<string, unknown>): SendRequest {
  const recipient = readRecipient(values.recipient);
  // One sample of Meta's has the template at the top level (Utility messages, 2026-03-13).
  const top = object(values.template, "template");
  const message = top ? { template: top } : object(values.message, "message");
  const senderAction = asString(values.sender_action) ?? null;
  if (message && senderAction) throw ready.messageAndState();
  if (!message && !senderAction) throw ready.emptyMessage();
  const replyTo = object(values.reply_to, "reply_to");
  const body = message ? readMessage(message) : EMPTY;
  return {
    ...recipient,
    messagingType: asString(values.messaging_type) ?? "",
    tag: asString(values.tag) ?? null,
    senderAction,
    actionPayload: object(values.payload, "payload") ?? {},
    personaId: asString(values.persona_id) ?? null,
    replyTo: asString(replyTo?.mid) ?? null,
    ...body,
  };
}

type Body = Pick<SendRequest, "text" | "utility" | "attachments" | "stickerId" | "quickReplies" | "metadata">;
const EMPTY: Body = { text: null, utility: null, attachments: [], stickerId: null, quickReplies: [], metadata: null };

function readMessage(message: Record<string, unknown>): Body {
  onlyKeys(
    message,
    ["text", "attachment", "attachments", "quick_replies", "metadata", "sticker_id", "template"],
    "message",
  );
  const utility = readUtility(message);
  const text = asString(message.text) ?? null;
  const attachments = utility ? [] : readAttachments(message);
  if (utility && text) throw bad("Message cannot contain both text and template.");
  const stickerId = message.sticker_id === undefined ? null : Number(message.sticker_id);
  if (stickerId !== null && !Number.isSafeInteger(stickerId))
    throw bad("Param message[sticker_id] must be a valid ID.");
  if (!text?.trim() && attachments.length === 0 && stickerId === null && !utility) throw ready.emptyMessage();
  if (text && attachments.length > 0) throw bad("Message cannot contain both text and attachment.");
  const metadata = asString(message.metadata) ?? null;
  if (metadata !== null && [...metadata].length >= 1000)
    throw bad("Length of param message[metadata] must be less than 1000");
  return { text: text || null, utility, attachments, stickerId, quickReplies: readQuickReplies(message), metadata };
}

const TYPES = ["image", "audio", "video", "file", "template", "like_heart", "MEDIA_SHARE"];

function readAttachments(message: Record<string, unknown>): AttachmentRequest[] {
  if (message.attachment !== undefined) return [readAttachment(message.attachment, "message[attachment]")];
  if (message.attachments === undefined) return [];
  const list = asStructure(message.attachments);
  // Instagram's samples show one attachment as a bare object under the plural name.
  if (!Array.isArray(list)) return [readAttachment(list, "message[attachments]")];
  const attachments = list.map((item, index) => readAttachment(item, `message[attachments][${index}]`));
  if (attachments.length > 1 && attachments.some(({ type }) => type !== "image"))
    throw bad("Param message[attachments] must contain images only.");
  if (attachments.length > 1 && attachments.some(({ payload }) => !payload.url && !payload.attachment_id))
    throw bad("Param message[attachments] must name every image by url or attachment_id.");
  return attachments;
}

export function readAttachment(value: unknown, name: string): AttachmentRequest {
  const attachment = object(value, name);
  if (!attachment) throw bad(`The parameter ${name} is required`);
  onlyKeys(attachment, ["type", "payload"], name);
  const type = asString(attachment.type) ?? "";
  if (!TYPES.includes(type)) throw bad(`Param ${name}[type] must be one of {${TYPES.join(", ")}} - got "${type}".`);
  if (type === "like_heart") return { type, payload: {} };
  const payload =
    Array.isArray(attachment.payload) && attachment.payload.length === 0
      ? undefined
      : object(attachment.payload, `${name}[payload]`);
  if (!payload) throw bad(`The parameter ${name}[payload] is required`);
  if (type !== "template" && type !== "MEDIA_SHARE")
    onlyKeys(payload, ["url", "is_reusable", "attachment_id"], `${name}[payload]`);
  return { type, payload };
}

/** At most 13, titles up to 20 and payloads up to 1000 characters; only beside a text. */
function readQuickReplies(message: Record<string, unknown>): SendRequest["quickReplies"] {
  if (message.quick_replies === undefined) return [];
  const list = asStructure(message.quick_replies);
  if (!Array.isArray(list) || list.length === 0 || list.length > 13)
    throw bad("Param message[quick_replies] must have 1 to 13 items.");
  return list.map((item, index) => {
    const name = `message[quick_replies][${index}]`;
    const reply = object(item, name) ?? {};
    onlyKeys(reply, ["content_type", "title", "payload", "image_url"], name);
    const contentType = asString(reply.content_type) ?? "";
    if (!["text", "user_phone_number", "user_email"].includes(contentType))
      throw bad(`Param ${name}[content_type] is invalid.`);
    const title = asString(reply.title);
    const payload = asString(reply.payload);
    if (contentType === "text" && (!title || [...title].length > 20))
      throw bad(`Length of param ${name}[title] must be between 1 and 20`);
    if (payload && payload.length > 1000)
      throw bad(`Length of param ${name}[payload] must be less than or equal to 1000`);
    return { content_type: contentType, ...(title && { title }), ...(payload && { payload }) };
  });
}
