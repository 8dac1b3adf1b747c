import type { WireItem } from "@firstline/meta-wire";
import type { InboundEvent } from "../channel.ts";
import { readIntegrity, readLabel, readPolicy } from "../shared/account-notice.ts";
import { readFeed, readGroupComment } from "../shared/comment.ts";
import { controlReaders, controlShapes } from "../shared/control.ts";
import { type BodyReader, type EventTable, type MemberReader, readItem } from "../shared/dispatch.ts";
import { readEdit } from "../shared/edit.ts";
import { readMessage } from "../shared/message.ts";
import { readAccountLinking, readGuestChat, readLeadForm, readOptin, readResponseFeedback } from "../shared/notice.ts";
import { readPostback } from "../shared/postback.ts";
import { readReaction } from "../shared/reaction.ts";
import { readDelivery, readRead } from "../shared/receipt.ts";
import type { Scene } from "../shared/scene.ts";
import {
  readCustomerInformation,
  readFeedback,
  readLead,
  readOrder,
  readReferralOrLead,
} from "../shared/structured.ts";
import { messengerAttachments } from "./attachments.ts";
import { messengerKnown, messengerMessagingFields } from "./names.ts";
import { readTemplateStatus } from "./template-status.ts";

const integrity =
  (field: string): MemberReader =>
  (event, value, scene) =>
    readIntegrity(event, value, scene, field);
const integrityChange: BodyReader = (value, scene, field) => readIntegrity(null, value, scene, field);

/** Source: Messenger Platform, "Webhook events" and Page webhooks reference v26.0, read 2026-11. */
const table: EventTable = {
  readers: new Map<string, MemberReader>([
    ["message", (event, value, scene) => readMessage(event, value, scene, messengerAttachments)],
    ["postback", readPostback],
    ["reaction", readReaction],
    ["message_edit", readEdit],
    ["delivery", readDelivery],
    ["read", readRead],
    ["referral", readReferralOrLead],
    ["lead", readLead],
    ["order", readOrder],
    ["messaging_customer_information", readCustomerInformation],
    ["messaging_feedback", readFeedback],
    ...controlReaders,
    ["optin", readOptin],
    ["account_linking", readAccountLinking],
    ["response_feedback", readResponseFeedback],
    ["messaging_in_thread_lead_form_submit", readLeadForm],
    ["guest_chat", readGuestChat],
    ["policy_enforcement", readPolicy],
    // The spelling of bodies before 2018.
    ["policy-enforcement", readPolicy],
    ["business_integrity", integrity("business_integrity")],
    ["messaging_integrity", integrity("messaging_integrity")],
  ]),
  shapes: new Map<string, BodyReader>([
    ...controlShapes,
    ["group_id", readGroupComment],
    ["form_id", (body, scene) => readLeadForm(body, body, scene)],
  ]),
  changes: new Map<string, BodyReader>([
    ["feed", readFeed],
    ["group_feed", readGroupComment],
    ["inbox_labels", readLabel],
    ["business_integrity", integrityChange],
    ["messaging_integrity", integrityChange],
    ["message_template_status_update", readTemplateStatus],
    ["messenger_template_status_update", readTemplateStatus],
  ]),
  known: messengerKnown,
  messagingFields: messengerMessagingFields,
};

/** Every event of one element of a `page` webhook. */
export function normalizeMessengerItem(item: WireItem, scene: Scene): InboundEvent[] {
  return readItem(item, scene, table);
}
