import type { WireItem } from "@firstline/meta-wire";
import type { InboundEvent } from "../channel.ts";
import { type EventTable, type MemberReader, readItem } from "../shared/dispatch.ts";
import { readEdit } from "../shared/edit.ts";
import { readMessage } from "../shared/message.ts";
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
  ]),
  known: new Set([
    ...["pass_thread_control", "take_thread_control", "request_thread_control", "app_roles"],
    ...["optin", "policy_enforcement", "response_feedback"],
    ...["comments", "live_comments", "mentions", "story_insights"],
  ]),
  // Singular `messaging_referral` and `messaging_handover` are Instagram's own names.
  messagingFields: new Set([
    ...["messages", "message_echoes", "message_reactions", "message_edit", "messaging_seen"],
    ...["messaging_postbacks", "messaging_referral", "messaging_optins", "messaging_handover"],
    ...["messaging_policy_enforcement", "standby"],
  ]),
};

/** Every event of one element of an `instagram` webhook. */
export function normalizeInstagramItem(item: WireItem, scene: Scene): InboundEvent[] {
  return readItem(item, scene, table);
}
