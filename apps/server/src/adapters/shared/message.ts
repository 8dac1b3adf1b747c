import { isRecord, readFlag, readId, readJson, readText, readUrl, toList, type WireRecord } from "@firstline/meta-wire";
import type { InboundAttachment, InboundEvent, MessageEvent } from "../channel.ts";
import { type AttachmentShape, readAttachments } from "./attachments.ts";
import { deriveId } from "./derived-id.ts";
import { APPOINTMENT, detailsOf } from "./details.ts";
import { readReferral } from "./referral.ts";
import { otherEvent, readEventTime, readParties, type Scene, unplacedEvent } from "./scene.ts";

type PlainMember = "platform" | "accountId" | "contactId" | "at" | "standby" | "direction" | "mid" | "kind";

/** What a message has where Meta says nothing of it. */
export function plainMessage(): Omit<MessageEvent, PlainMember> {
  return {
    type: "message",
    text: null,
    details: [],
    attachments: [],
    replyTo: null,
    payload: null,
    referral: null,
    appId: null,
    metadata: null,
    aiGenerated: false,
    incomplete: false,
    opensWindow: false,
    priorRef: null,
  };
}

/** Reads `message`: one of the customer, an echo of one from the Page's side, or an unsend. */
export function readMessage(
  event: WireRecord,
  message: WireRecord,
  scene: Scene,
  shapes: ReadonlyMap<string, AttachmentShape>,
): InboundEvent {
  // An account writing to itself has a page-scoped id of its own there (Instagram, "Self messaging", 2026-03-15).
  if (readFlag(message.is_self)) return unplacedEvent(event, scene, "message", "self");
  const parties = readParties(event, scene, readFlag(message.is_echo));
  if (!parties.ok) return unplacedEvent(event, scene, "message", parties.reason);
  const { accountId, contactId, outbound } = parties;
  const at = readEventTime(event, scene);
  const base = { platform: scene.platform, accountId, contactId, at, standby: scene.standby };
  const mid = readId(message.mid);

  if (readFlag(message.is_deleted))
    return mid === null ? otherEvent(event, scene, "message", false) : { ...base, type: "unsend", mid };

  const text = readText(message.text) ?? readCommands(message.commands);
  const { appointment, products } = detailsOf(message);
  const delivered = [...readAttachments(message, shapes), ...readStoryReply(message)];
  // What its lines tell needs no empty attachment beside them.
  const attachments = appointment.length > 0 ? delivered.filter((one) => one.type !== APPOINTMENT) : delivered;
  const details = [...appointment, ...products];
  const isEmpty = text === null && attachments.length === 0 && details.length === 0;
  const isUnsupported = readFlag(message.is_unsupported);
  if (mid === null && isEmpty && !isUnsupported) return otherEvent(event, scene, "message", false);

  return {
    ...base,
    ...plainMessage(),
    direction: outbound ? "outbound" : "inbound",
    mid: mid ?? deriveId("message", accountId, contactId, at, outbound, text, delivered),
    kind: appointment.length > 0 ? "appointment" : kindOf(text, attachments, isUnsupported),
    text,
    details,
    attachments,
    replyTo: isRecord(message.reply_to) ? readId(message.reply_to.mid) : null,
    payload: isRecord(message.quick_reply) ? readText(message.quick_reply.payload) : null,
    referral: readReferral(message.referral ?? event.referral),
    appId: outbound ? readId(message.app_id) : null,
    metadata: outbound ? readMetadata(message.metadata) : null,
    aiGenerated: readFlag(message.ai_generated),
    incomplete: isUnsupported || isEmpty || attachments.some(isUnreadable),
    opensWindow: !outbound && !isLeadSummary(event, text),
    priorRef: isRecord(event.prior_message) ? readId(event.prior_message.identifier) : null,
  };
}

/** A command of the Page's menu, as the customer would have typed it. */
function readCommands(commands: unknown): string | null {
  const names = toList(commands).map((one) => (isRecord(one) ? readText(one.name) : null));
  return names.flatMap((name) => (name === null ? [] : [`/${name}`])).join(" ") || null;
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

function isUnreadable(one: InboundAttachment): boolean {
  // A heart is a sticker without a picture of its own (Instagram, "Send a Message").
  return one.kind === "unsupported" || (FILES.has(one.kind) && one.url === null && one.type !== "like_heart");
}

/** Meta AI's echoes carry an object's text, `{"source":"axon"}` (production payloads, 2026-08); an object itself is kept as its text. */
function readMetadata(value: unknown): string | null {
  return isRecord(value) ? readJson(value) : readText(value);
}

/**
 * The summary after a lead-ad form is written by Meta in the customer's name and stands in no thread
 * (Messenger Platform, "Lead Generation Ads", read 2026-11): no action of the customer.
 */
function isLeadSummary(event: WireRecord, text: string | null): boolean {
  return event.hop_context !== undefined && (text ?? "").startsWith("Lead summary:");
}
