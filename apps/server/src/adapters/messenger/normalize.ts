import type { WireItem } from "@firstline/meta-wire";
import type { InboundEvent } from "../channel.ts";
import { type EventTable, type MemberReader, readItem } from "../shared/dispatch.ts";
import { readEdit } from "../shared/edit.ts";
import { readMessage } from "../shared/message.ts";
import { readPostback } from "../shared/postback.ts";
import { readReaction } from "../shared/reaction.ts";
import { readDelivery, readRead } from "../shared/receipt.ts";
import { readReferralEvent } from "../shared/referral.ts";
import type { Scene } from "../shared/scene.ts";
import { messengerAttachments } from "./attachments.ts";

/** Source: Messenger Platform, "Webhook events" and Page webhooks reference v26.0, read 2026-11. */
const table: EventTable = {
  readers: new Map<string, MemberReader>([
    ["message", (event, value, scene) => readMessage(event, value, scene, messengerAttachments)],
    ["postback", readPostback],
    ["reaction", readReaction],
    ["message_edit", readEdit],
    ["delivery", readDelivery],
    ["read", readRead],
    ["referral", readReferralEvent],
  ]),
  known: new Set([
    ...["pass_thread_control", "take_thread_control", "request_thread_control", "app_roles"],
    // The hyphen is the spelling of bodies before 2018.
    ...[
      "optin",
      "account_linking",
      "policy_enforcement",
      "policy-enforcement",
      "messaging_feedback",
      "response_feedback",
    ],
    ...[
      "order",
      "messaging_customer_information",
      "messaging_in_thread_lead_form_submit",
      "game_play",
      "lead",
      "group_id",
    ],
    ...[
      "feed",
      "mention",
      "inbox_labels",
      "leadgen",
      "message_template_status_update",
      "business_integrity",
      "group_feed",
    ],
  ]),
  messagingFields: new Set([
    ...["messages", "message_echoes", "message_deliveries", "message_reads", "message_reactions", "message_edits"],
    ...["messaging_postbacks", "messaging_referrals", "messaging_optins", "messaging_account_linking"],
    ...["messaging_policy_enforcement", "messaging_handovers", "messaging_feedback", "standby"],
  ]),
};

/** Every event of one element of a `page` webhook. */
export function normalizeMessengerItem(item: WireItem, scene: Scene): InboundEvent[] {
  return readItem(item, scene, table);
}
