import { isRecord, readId, readText, type WireRecord } from "@firstline/meta-wire";
import type { InboundEvent, NoticeEvent } from "../channel.ts";
import { otherEvent, partyId, readEventTime, readParties, type Scene, unplacedEvent } from "./scene.ts";

/** What a notice says, without the frame it came in. */
export type Said = Pick<NoticeEvent, "kind" | "text" | "data">;

/** A notice of the account itself, or of a person where `contactId` is given; `other` where no account is named. */
export function notice(
  event: WireRecord | null,
  scene: Scene,
  contactId: string | null,
  name: string,
  said: Said | null,
): InboundEvent {
  const accountId = scene.accountId ?? (event === null ? null : partyId(event.recipient));
  if (said === null || accountId === null) return otherEvent(event, scene, name, false);
  return {
    type: "notice",
    platform: scene.platform,
    accountId,
    contactId,
    at: event === null ? scene.entryAt : readEventTime(event, scene),
    standby: scene.standby,
    ...said,
  };
}

/** A notice about a customer of a thread; without one it is no notice. */
function threadNotice(event: WireRecord, scene: Scene, name: string, said: Said | null): InboundEvent {
  const parties = readParties(event, scene, false);
  if (!parties.ok) return unplacedEvent(event, scene, name, parties.reason);
  return notice(event, scene, parties.contactId, name, said);
}

/**
 * `messaging_optins` in all its kinds: Send to Messenger and customer matching (`ref`), checkbox plugin (no sender, only
 * the `user_ref` the website chose), marketing messages and the older one-time request (messaging_optins and m.me links,
 * read 2026-11). None opens the reply window by itself: the message that follows does.
 */
export function readOptin(event: WireRecord, value: WireRecord, scene: Scene): InboundEvent {
  const parties = readParties(event, scene, false);
  const userRef = readId(value.user_ref) ?? (isRecord(event.sender) ? readId(event.sender.user_ref) : null);
  const contactId = parties.ok && !parties.outbound ? parties.contactId : null;
  if (contactId === null && userRef === null)
    return unplacedEvent(event, scene, "optin", parties.ok ? "self" : parties.reason);
  const ref = readText(value.ref);
  const data = {
    ref,
    userRef,
    ...given({
      type: value.type,
      source: value.source,
      payload: value.payload,
      topic: value.notification_messages_topic,
      status: value.notification_messages_status,
      timezone: value.notification_messages_timezone,
      frequency: value.notification_messages_frequency,
      token: value.notification_messages_token ?? value.one_time_notif_token,
      tokenStatus: value.user_token_status,
      expiresAt: value.token_expiry_timestamp,
      messageRequest: value.message_request,
    }),
  };
  return notice(event, scene, contactId, "optin", { kind: "optin", text: readText(value.title) ?? ref, data });
}

/** Those members that say something, as text. */
export function given(members: Record<string, unknown>): Record<string, string> {
  const texts = Object.entries(members).map(([name, value]) => [name, readText(value)] as const);
  return Object.fromEntries(texts.filter((pair): pair is [string, string] => pair[1] !== null));
}

const LINKING = new Map<string | null, NoticeEvent["kind"]>([
  ["linked", "account_linked"],
  ["unlinked", "account_unlinked"],
]);

/** `messaging_account_linking` (read 2026-11). The authorization code is a credential of the business's own site: not kept. */
export function readAccountLinking(event: WireRecord, value: WireRecord, scene: Scene): InboundEvent {
  const kind = LINKING.get(readText(value.status));
  return threadNotice(event, scene, "account_linking", kind === undefined ? null : { kind, text: null, data: {} });
}

/** `response_feedback`: thumbs of the customer under a message of the Page (since 2024-10-08). */
export function readResponseFeedback(event: WireRecord, value: WireRecord, scene: Scene): InboundEvent {
  const text = readText(value.feedback);
  const mid = readId(value.mid);
  const said: Said | null = text === null && mid === null ? null : { kind: "response_feedback", text, data: { mid } };
  return threadNotice(event, scene, "response_feedback", said);
}

/**
 * A submitted instant form: the reference names `form_id` beside sender and recipient, its nesting is documented nowhere;
 * both are read (instant-form template, read 2026-11).
 */
export function readLeadForm(event: WireRecord, value: WireRecord, scene: Scene): InboundEvent {
  const formId = readId(value.form_id);
  return threadNotice(event, scene, "messaging_in_thread_lead_form_submit", {
    kind: "lead_form_submitted",
    text: null,
    data: { formId },
  });
}

/**
 * The end of a guest's chat. Meta announced a webhook for it with guest mode (2020-08-04), retired both on 2024-05-09 and
 * left no description: the shape is that of the local Meta.
 */
export function readGuestChat(event: WireRecord, value: WireRecord, scene: Scene): InboundEvent {
  const ended = readText(value.status) === "ended";
  return threadNotice(event, scene, "guest_chat", ended ? { kind: "guest_ended", text: null, data: {} } : null);
}
