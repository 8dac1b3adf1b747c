import { classifySource, type EchoSource } from "@firstline/core";
import type { MessageEvent, Referral } from "../../../adapters/channel.ts";
import {
  clean,
  compareText,
  type Folded,
  type FoldedMessage,
  type FoldedThread,
  greaterText,
  later,
  type ReceivedDelivery,
  type Route,
  threadKey,
} from "./folded.ts";
import type { Counted } from "./intake.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A message: what it tells of its thread, and the message itself, told by the delivery that came first. */
export function foldMessage(
  folded: Folded,
  route: Route,
  thread: FoldedThread,
  event: MessageEvent,
  at: number,
  delivery: ReceivedDelivery,
  context: { ownAppId: string; counted: Counted | null },
): void {
  thread.hasMessage = true;
  thread.newestAt = Math.max(thread.newestAt, at);
  if (event.direction === "inbound") thread.inboundAt = later(thread.inboundAt, at);
  if (event.opensWindow) thread.qualifyingAt = later(thread.qualifyingAt, at);
  if (event.referral) foldReferral(thread, event.referral, at);
  if (event.priorRef !== null) joinUserRef(folded, route, clean(event.priorRef), thread.contactId);

  const key = `${route.channelId}|${clean(event.mid)}`;
  const before = folded.messages.get(key);
  if (before) folded.intake.add(context.counted, "duplicate");
  if (before && !comesFirst(delivery.deliveryId, before.deliveryId)) return;
  const source = event.direction === "inbound" ? null : sourceOf(event, context.ownAppId);
  folded.messages.set(key, {
    ...route,
    threadKey: threadKey(route, thread.contactId),
    mid: clean(event.mid),
    direction: event.direction,
    kind: event.kind,
    text: clean(event.text),
    details: event.details.map((d) => ({ ...d, label: clean(d.label), value: clean(d.value) })),
    payload: clean(event.payload),
    sourceKind: source === null ? "customer" : source.kind === "own" ? "api" : source.kind,
    appId: source === null ? null : clean(source.appId),
    sourceName: clean(source?.name ?? null),
    ownId: event.direction === "outbound" && UUID.test(event.metadata ?? "") ? event.metadata!.toLowerCase() : null,
    sentAt: at,
    deliveryId: delivery.deliveryId,
    arrivedAt: delivery.receivedAt,
    recovered: delivery.origin === "recovered",
    incomplete: event.incomplete,
    standby: event.standby,
    replyTo: clean(event.replyTo),
    attachments: cleanAttachments(event.attachments),
    counted: context.counted,
  });
}

/** Who wrote what came from the Page's side. */
export const sourceOf = (event: MessageEvent, ownAppId: string): EchoSource =>
  classifySource({
    appId: event.appId,
    metadata: event.metadata,
    aiGenerated: event.aiGenerated,
    text: event.text,
    ownAppId,
  });

const cleanAttachments = (attachments: MessageEvent["attachments"]): FoldedMessage["attachments"] =>
  attachments.map((a) => ({
    ...a,
    url: clean(a.url),
    title: clean(a.title),
    link: clean(a.link),
    type: clean(a.type),
  }));

/** A webhook before what was read back, an earlier webhook before a later one. */
const comesFirst = (a: number | null, b: number | null) => a !== null && (b === null || a < b);

export function foldReferral(thread: FoldedThread, referral: Referral, at: number): void {
  if (referral.isGuest) thread.isGuest = true;
  const next = {
    source: clean(referral.source),
    type: clean(referral.type),
    ref: clean(referral.ref),
    adId: clean(referral.adId),
    adTitle: clean(referral.adTitle),
    productId: clean(referral.productId),
    isGuest: referral.isGuest,
    at,
  };
  if (!thread.referral || compareReferrals(next, thread.referral) > 0) thread.referral = next;
}

/** The later one wins; of two at the same time (a message that carries one, and the event that tells of it) the content decides. */
function compareReferrals(a: Referral & { at: number }, b: Referral & { at: number }): number {
  const content = (r: Referral) =>
    [r.ref, r.source, r.type, r.adId, r.adTitle, r.productId, String(r.isGuest)].map((v) => v ?? "").join("\u0001");
  return a.at - b.at || compareText(content(a), content(b));
}

/** The person known by a reference of the checkbox plugin is this customer: their first message says so (`prior_message`). */
function joinUserRef(folded: Folded, route: Route, userRef: string, contactId: string): void {
  const key = `${route.channelId}|${userRef}`;
  const before = folded.userRefs.get(key);
  if (before) before.contactId = greaterText(before.contactId, contactId);
  else folded.userRefs.set(key, { ...route, userRef, ref: null, at: null, contactId });
}
