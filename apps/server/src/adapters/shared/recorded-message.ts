import { type GraphMessage, isRecord, readText, readUrl } from "@firstline/meta-wire";
import type { InboundAttachment, MessageEvent, PageScopedId, Platform } from "../channel.ts";
import { recordedAttachments } from "./recorded-attachments.ts";

/** Whose record is read. */
export interface RecordScene {
  platform: Platform;
  accountId: string;
  contactId: PageScopedId;
}

/**
 * A message of Meta's own record (Conversations API; Graph API reference, "Message", v26.0, read 2026-11) as the event its
 * webhook would have given, with what that record leaves out as null. Who it is from gives the direction. null: Meta names
 * the message without telling it, as it does beyond the 20 newest of a thread.
 */
export function readRecordedMessage(message: GraphMessage, scene: RecordScene): MessageEvent | null {
  if (message.created_time === null || message.from === null) return null;
  const outbound = message.from.id !== scene.contactId;
  const attachments = [...recordedAttachments(message), ...storyOf(message)];
  const text = message.message;
  return {
    type: "message",
    platform: scene.platform,
    accountId: scene.accountId,
    contactId: scene.contactId,
    at: message.created_time,
    standby: false,
    direction: outbound ? "outbound" : "inbound",
    mid: message.id,
    kind: kindOf(text, attachments, message.is_unsupported),
    text,
    details: [],
    attachments,
    replyTo: message.reply_to,
    payload: null,
    referral: null,
    appId: null,
    metadata: null,
    aiGenerated: false,
    incomplete: message.is_unsupported || (text === null && attachments.length === 0),
    opensWindow: !outbound,
    priorRef: null,
  };
}

const KINDS: Readonly<Record<InboundAttachment["kind"], MessageEvent["kind"]>> = {
  image: "image",
  audio: "audio",
  video: "video",
  file: "file",
  sticker: "sticker",
  template: "template",
  share: "share",
  fallback: "share",
  unsupported: "unsupported",
};

function kindOf(
  text: string | null,
  attachments: readonly InboundAttachment[],
  isUnsupported: boolean,
): MessageEvent["kind"] {
  if (attachments.some((one) => one.type === "story_mention" || one.type === "story_reply")) return "story";
  if (attachments.some((one) => one.type === "appointment_booking")) return "appointment";
  const shown = attachments.find((one) => one.kind !== "unsupported" && one.kind !== "fallback");
  if (shown !== undefined) return KINDS[shown.kind];
  if (text !== null) return "text";
  return attachments.length > 0 && !isUnsupported ? KINDS[attachments[0]!.kind] : "unsupported";
}

/** Instagram: a story the message mentions or answers, as `{mention|reply_to: {link, id}}`. */
function storyOf(message: GraphMessage): InboundAttachment[] {
  const { story } = message;
  if (story === null) return [];
  return (["mention", "reply_to"] as const).flatMap((name) => {
    const told = story[name];
    if (!isRecord(told)) return [];
    const type = name === "mention" ? "story_mention" : "story_reply";
    return [{ kind: "share" as const, url: readUrl(told.link), title: readText(told.title), link: null, type }];
  });
}
