import { isRecord, readFlag, readId, readText, readUrl, type WireRecord } from "@firstline/meta-wire";
import type { InboundAttachment, InboundEvent, MessageEvent } from "../channel.ts";
import { type AttachmentShape, readAttachments } from "./attachments.ts";
import { deriveId } from "./derived-id.ts";
import { readReferral } from "./referral.ts";
import { otherEvent, readEventTime, readParties, type Scene, unplacedEvent } from "./scene.ts";

/** Reads `message`: one of the customer, an echo of one from the Page's side, or an unsend. */
export function readMessage(
  event: WireRecord,
  message: WireRecord,
  scene: Scene,
  shapes: ReadonlyMap<string, AttachmentShape>,
): InboundEvent {
  const parties = readParties(event, scene, readFlag(message.is_echo));
  if (!parties.ok) return unplacedEvent(event, scene, "message", parties.reason);
  const { accountId, contactId, outbound } = parties;
  const at = readEventTime(event, scene);
  const base = { platform: scene.platform, accountId, contactId, at, standby: scene.standby };
  const mid = readId(message.mid);

  if (readFlag(message.is_deleted))
    return mid === null ? otherEvent(event, scene, "message", false) : { ...base, type: "unsend", mid };

  const text = readText(message.text);
  const storyReply = readStoryReply(message);
  const attachments = [...readAttachments(message, shapes), ...storyReply];
  const isUnsupported = readFlag(message.is_unsupported);
  if (mid === null && text === null && attachments.length === 0 && !isUnsupported)
    return otherEvent(event, scene, "message", false);

  return {
    ...base,
    type: "message",
    direction: outbound ? "outbound" : "inbound",
    mid: mid ?? deriveId("message", accountId, contactId, at, outbound, text, attachments),
    kind: kindOf(text, attachments, isUnsupported),
    text,
    details: [],
    attachments,
    replyTo: isRecord(message.reply_to) ? readId(message.reply_to.mid) : null,
    payload: isRecord(message.quick_reply) ? readText(message.quick_reply.payload) : null,
    referral: readReferral(message.referral ?? event.referral),
    appId: outbound ? readId(message.app_id) : null,
    metadata: outbound ? readMetadata(message.metadata) : null,
    aiGenerated: readFlag(message.ai_generated),
    incomplete: isUnsupported || isIncomplete(text, attachments),
    opensWindow: !outbound && !isLeadSummary(event, text),
    priorRef: isRecord(event.prior_message) ? readText(event.prior_message.identifier) : null,
  };
}

const STORY_TYPES: ReadonlySet<string> = new Set(["story", "story_mention", "ig_story", "story_reply"]);

function kindOf(
  text: string | null,
  attachments: readonly InboundAttachment[],
  isUnsupported: boolean,
): MessageEvent["kind"] {
  if (attachments.some((one) => STORY_TYPES.has(one.type))) return "story";
  const shown = attachments.find((one) => one.kind !== "unsupported" && one.kind !== "fallback");
  if (shown !== undefined) return shown.kind as MessageEvent["kind"];
  if (text !== null) return "text";
  if (isUnsupported) return "unsupported";
  return attachments.some((one) => one.kind === "fallback") ? "share" : "unsupported";
}

/** A reply to a story carries the story itself; it becomes an attachment, as its address expires with the story. */
function readStoryReply(message: WireRecord): InboundAttachment[] {
  if (!isRecord(message.reply_to) || !isRecord(message.reply_to.story)) return [];
  return [{ kind: "share", url: readUrl(message.reply_to.story.url), title: null, link: null, type: "story_reply" }];
}

const FILES: ReadonlySet<string> = new Set(["image", "audio", "video", "file", "sticker"]);

function isIncomplete(text: string | null, attachments: readonly InboundAttachment[]): boolean {
  if (text === null && attachments.length === 0) return true;
  return attachments.some((one) => one.kind === "unsupported" || (FILES.has(one.kind) && one.url === null));
}

/** Meta AI's echoes carry an object's text, `{"source":"axon"}` (production payloads, 2026-08); an object itself is kept as its text. */
function readMetadata(value: unknown): string | null {
  return isRecord(value) ? readText(JSON.stringify(value)) : readText(value);
}

/**
 * The summary after a lead-ad form is written by Meta in the customer's name and stands in no thread
 * (Messenger Platform, "Lead Generation Ads", read 2026-11): no action of the customer.
 */
function isLeadSummary(event: WireRecord, text: string | null): boolean {
  return event.hop_context !== undefined && (text ?? "").startsWith("Lead summary:");
}
