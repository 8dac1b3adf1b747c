import type { WireItem } from "@firstline/meta-wire";
import type { InboundEvent } from "../channel.ts";
import { readPolicy } from "../shared/account-notice.ts";
import { readInstagramComment } from "../shared/comment.ts";
import { controlReaders, controlShapes } from "../shared/control.ts";
import { type BodyReader, type EventTable, type MemberReader, readItem } from "../shared/dispatch.ts";
import { readEdit } from "../shared/edit.ts";
import { readMessage } from "../shared/message.ts";
import { readOptin, readResponseFeedback } from "../shared/notice.ts";
import { readPostback } from "../shared/postback.ts";
import { readReaction } from "../shared/reaction.ts";
import { readRead } from "../shared/receipt.ts";
import { readReferralEvent } from "../shared/referral.ts";
import type { Scene } from "../shared/scene.ts";
import { instagramAttachments } from "./attachments.ts";

/** Source: Instagram messaging webhooks and webhook reference of the `instagram` object, read 2026-11. No deliveries exist. */
const table: EventTable = {
  readers: new Map<string, MemberReader>([
    ["message", (event, value, scene) => readMessage(event, value, scene, instagramAttachments)],
    ["postback", readPostback],
    ["reaction", readReaction],
    ["message_edit", readEdit],
    ["read", readRead],
    ["referral", readReferralEvent],
    ...controlReaders,
    ["optin", readOptin],
    ["response_feedback", readResponseFeedback],
    ["policy_enforcement", readPolicy],
  ]),
  shapes: new Map<string, BodyReader>(controlShapes),
  changes: new Map<string, BodyReader>([
    ["comments", readInstagramComment],
    ["live_comments", readInstagramComment],
  ]),
  known: new Set(["app_roles", "mentions", "story_insights"]),
  // Singular `messaging_referral` and `messaging_handover` are Instagram's own names.
  messagingFields: new Set([
    ...["messages", "message_echoes", "message_reactions", "message_edit", "messaging_seen"],
    ...["messaging_postbacks", "messaging_referral", "messaging_optins", "messaging_handover", "messaging_handovers"],
    ...["messaging_policy_enforcement", "response_feedback", "standby"],
  ]),
};

/** Every event of one element of an `instagram` webhook. */
export function normalizeInstagramItem(item: WireItem, scene: Scene): InboundEvent[] {
  return readItem(item, scene, table);
}
