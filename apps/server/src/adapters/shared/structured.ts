import { isRecord, readCount, readId, readText, toList, type WireRecord } from "@firstline/meta-wire";
import type { Detail, InboundEvent, MessageEvent, Referral } from "../channel.ts";
import { deriveId } from "./derived-id.ts";
import { plainMessage } from "./message.ts";
import { LEAD_COMPLETE, readReferral, readReferralEvent } from "./referral.ts";
import { readEventTime, readParties, type Scene, unplacedEvent } from "./scene.ts";

type Content = Partial<Pick<MessageEvent, "text" | "payload" | "referral" | "opensWindow">>;

/** An event that is a message in all but name: Meta gives it no mid, so the same content at the same time is the same message. */
function structured(
  event: WireRecord,
  scene: Scene,
  name: string,
  kind: "lead" | "order" | "form" | "feedback",
  details: Detail[],
  content: Content = {},
): InboundEvent {
  const parties = readParties(event, scene, false);
  if (!parties.ok || parties.outbound) return unplacedEvent(event, scene, name, parties.ok ? "self" : parties.reason);
  const { accountId, contactId } = parties;
  const at = readEventTime(event, scene);
  const { text = null, payload = null, referral = null } = content;
  return {
    ...plainMessage(),
    platform: scene.platform,
    accountId,
    contactId,
    at,
    standby: scene.standby,
    direction: "inbound",
    mid: deriveId(kind, accountId, contactId, at, details, text, payload, referral),
    kind,
    details,
    incomplete: details.length === 0 && text === null,
    ...content,
  };
}

function line(label: unknown, value: unknown): Detail[] {
  const text = toList(value)
    .map(readText)
    .filter((one) => one !== null)
    .join(", ");
  return text === "" ? [] : [{ label: readText(label), value: text, kind: "text" }];
}

const recordsOf = (value: unknown): WireRecord[] => toList(value).filter(isRecord);

/**
 * `referral` with `type` LEAD_COMPLETE or LEAD_INCOMPLETE and the answers in `lead` beside it: a lead ad's form, answered
 * in the chat. Without answers it is a referral like any other ("Lead generation ads", 2026-05-05).
 */
export function readReferralOrLead(event: WireRecord, value: WireRecord, scene: Scene): InboundEvent {
  const details = isRecord(event.lead) ? answersOf(event.lead) : [];
  return details.length === 0
    ? readReferralEvent(event, value, scene)
    : lead(event, scene, details, readReferral(value));
}

/** `lead` alone; null where a referral beside it tells of the same form. */
export function readLead(event: WireRecord, value: WireRecord, scene: Scene): InboundEvent | null {
  return isRecord(event.referral) ? null : lead(event, scene, answersOf(value), null);
}

/**
 * Every answer was a message of the customer, so a completed form has just opened the window; an incomplete one is told
 * when Meta gives up waiting, at a time at which the customer did nothing.
 */
function lead(event: WireRecord, scene: Scene, details: Detail[], referral: Referral | null): InboundEvent {
  const payload = referral?.type ?? null;
  return structured(event, scene, "lead", "lead", details, {
    payload,
    referral,
    opensWindow: payload === LEAD_COMPLETE,
  });
}

function answersOf(value: WireRecord): Detail[] {
  return recordsOf(value.data).flatMap((one) => line(one.question, one.answer));
}

/** `send_cart`: the customer sent a cart of the Page's shop, a message of theirs (send_cart, read 2026-11). */
export function readOrder(event: WireRecord, value: WireRecord, scene: Scene): InboundEvent {
  const details = recordsOf(value.products).flatMap((product) =>
    line(product.name ?? product.retailer_id ?? readId(product.id), priceOf(product)),
  );
  return structured(event, scene, "order", "order", details, { text: readText(value.note), opensWindow: true });
}

/** `2 × 11 THB`, with what Meta left out left out. */
function priceOf(product: WireRecord): string {
  const quantity = readCount(product.quantity) ?? 1;
  const price = [readText(product.unit_price), readText(product.currency)].filter((one) => one !== null).join(" ");
  return price === "" ? `${quantity} ×` : `${quantity} × ${price}`;
}

/** `messaging_customer_information`: address and contact data, as keys and values (structured information template, read 2026-11). */
export function readCustomerInformation(event: WireRecord, value: WireRecord, scene: Scene): InboundEvent {
  const responses = recordsOf(value.screens).flatMap((screen) => recordsOf(screen.responses));
  const details = responses.flatMap((one) => line(one.key, one.value));
  return structured(event, scene, "messaging_customer_information", "form", details);
}

/**
 * `messaging_feedback`: scores of a customer feedback template, each with its kind (`csat`, `nps`, `ces`) as label, and
 * the free text that may follow one (payloads in public test suites, read 2026-11).
 */
export function readFeedback(event: WireRecord, value: WireRecord, scene: Scene): InboundEvent {
  const questions = recordsOf(value.feedback_screens)
    .filter((screen) => isRecord(screen.questions))
    .flatMap((screen) => Object.entries(screen.questions as WireRecord));
  const details = questions.flatMap(([id, question]) => {
    if (!isRecord(question)) return [];
    const followUp = isRecord(question.follow_up) ? question.follow_up : {};
    return [...line(question.type ?? id, question.payload), ...line(null, followUp.payload)];
  });
  return structured(event, scene, "messaging_feedback", "feedback", details);
}
