import { classifySource } from "@firstline/core";
import type { InboundAttachment, InboundEvent, MessageEvent, Platform, Referral } from "../../../adapters/channel.ts";

/** What Meta told in one go, read. `events` are in the order of the body. */
export interface ReceivedDelivery {
  /** The delivery it came in; null for what was read back from the Conversations API. */
  deliveryId: number | null;
  /** When it arrived here, ms. */
  receivedAt: number;
  events: InboundEvent[];
  /** webhook: Meta delivered it. recovered: Meta never did, or not yet, and it was read from the Conversations API. */
  origin: "webhook" | "recovered";
  /** A delivery worked off again: it changes what is stored if it says more, and is not counted a second time. */
  replayed: boolean;
}

/** Whom a delivery concerns: all of it sorted, so that the same delivery always gives the same. */
export interface DeliveryConcerns {
  workspaces: string[];
  channels: string[];
  /** Ids of customers, at most {@link MOST_CONTACTS}. */
  contacts: string[];
}
const MOST_CONTACTS = 50;

export interface Route {
  workspaceId: string;
  channelId: string;
}

export interface FoldedThread extends Route {
  contactId: string;
  /** A message of it is in the batch: contact and conversation are made if they do not exist. */
  hasMessage: boolean;
  newestAt: number;
  inboundAt: number | null;
  qualifyingAt: number | null;
  deliveredAt: number | null;
  readAt: number | null;
  isGuest: boolean;
  referral: (Referral & { at: number }) | null;
}

export interface FoldedMessage extends Route {
  threadKey: string;
  mid: string;
  direction: "inbound" | "outbound";
  kind: MessageEvent["kind"];
  text: string | null;
  payload: string | null;
  sourceKind: string;
  appId: string | null;
  sourceName: string | null;
  /** Our own message id, come back in an echo. */
  ownId: string | null;
  sentAt: number;
  deliveryId: number | null;
  arrivedAt: number;
  incomplete: boolean;
  standby: boolean;
  replyTo: string | null;
  attachments: InboundAttachment[];
}

export interface FoldedEffect extends Route {
  threadKey: string | null;
  mid: string;
  kind: "reaction" | "edit" | "unsend" | "seen";
  actor: string;
  at: number;
  edition: number;
  value: string | null;
}

/** A batch with every fact in it once: what the statements of {@link ./index.ts} write. */
export interface Folded {
  threads: Map<string, FoldedThread>;
  messages: Map<string, FoldedMessage>;
  effects: Map<string, FoldedEffect>;
  lastEventAt: Map<string, Route & { at: number }>;
  /** By number of the delivery. */
  concerns: Map<number, DeliveryConcerns>;
}

export const routeKey = (platform: Platform, accountId: string) => `${platform}:${accountId}`;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** PostgreSQL's text takes no NUL and no half of a surrogate pair; Meta's JSON may hold both. */
const clean = <T extends string | null>(v: T): T =>
  v === null ? v : (v.toWellFormed().replaceAll("\0", "\uFFFD") as T);
const later = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : Math.max(a, b));

/**
 * Folds the events of many deliveries into one set of facts. Pure, and independent of order: the same events in any order and
 * any number give the same set, so that redelivery and reordering by Meta change nothing.
 */
export function foldBatch(
  deliveries: readonly ReceivedDelivery[],
  routes: ReadonlyMap<string, Route>,
  ownAppId: string,
): Folded {
  const folded: Folded = {
    threads: new Map(),
    messages: new Map(),
    effects: new Map(),
    lastEventAt: new Map(),
    concerns: new Map(),
  };
  for (const delivery of deliveries) {
    const workspaces = new Set<string>();
    const channels = new Set<string>();
    const contacts = new Set<string>();
    for (const event of delivery.events) {
      const route =
        event.platform && event.accountId ? routes.get(routeKey(event.platform, event.accountId)) : undefined;
      if (!route) continue;
      workspaces.add(route.workspaceId);
      channels.add(route.channelId);
      if (event.contactId !== null) contacts.add(clean(event.contactId));
      const seen = folded.lastEventAt.get(route.channelId);
      if (!seen || seen.at < delivery.receivedAt)
        folded.lastEventAt.set(route.channelId, { ...route, at: delivery.receivedAt });
      if (isOfThread(event)) foldEvent(folded, route, event, delivery, ownAppId);
    }
    if (delivery.deliveryId !== null)
      folded.concerns.set(delivery.deliveryId, {
        workspaces: [...workspaces].sort(),
        channels: [...channels].sort(),
        contacts: [...contacts].sort().slice(0, MOST_CONTACTS),
      });
  }
  return folded;
}

type ThreadEvent = Exclude<InboundEvent, { type: "other" | "notice" | "comment" | "control" }>;
const isOfThread = (event: InboundEvent): event is ThreadEvent =>
  !["other", "notice", "comment", "control"].includes(event.type);

function foldEvent(
  folded: Folded,
  route: Route,
  event: ThreadEvent,
  delivery: ReceivedDelivery,
  ownAppId: string,
): void {
  const at = event.at ?? delivery.receivedAt;
  const thread = threadOf(folded, route, clean(event.contactId));
  const effect = (kind: FoldedEffect["kind"], mid: string, actor: string, value: string | null, edition = 0) =>
    foldEffect(folded, {
      ...route,
      threadKey: keyOf(route, thread.contactId),
      mid: clean(mid),
      kind,
      actor,
      at,
      edition,
      value: clean(value),
    });
  switch (event.type) {
    case "message":
      foldMessage(folded, route, thread, event, at, delivery, ownAppId);
      break;
    case "delivered":
      thread.deliveredAt = later(thread.deliveredAt, event.watermark);
      break;
    case "read":
      thread.readAt = later(thread.readAt, event.watermark);
      if (event.watermark === null) for (const mid of event.mids) effect("seen", mid, "customer", null);
      break;
    case "reaction":
      effect("reaction", event.mid, event.by, event.emoji);
      if (event.opensWindow) thread.qualifyingAt = later(thread.qualifyingAt, at);
      break;
    case "edit":
      effect("edit", event.mid, "author", event.text, event.edition);
      break;
    case "unsend":
      effect("unsend", event.mid, "author", null);
      break;
    case "referral":
      if (event.opensWindow) thread.qualifyingAt = later(thread.qualifyingAt, at);
      foldReferral(thread, event.referral, at);
      break;
  }
}

function foldMessage(
  folded: Folded,
  route: Route,
  thread: FoldedThread,
  event: MessageEvent,
  at: number,
  delivery: ReceivedDelivery,
  ownAppId: string,
): void {
  const key = `${route.channelId}|${clean(event.mid)}`;
  thread.hasMessage = true;
  thread.newestAt = Math.max(thread.newestAt, at);
  if (event.direction === "inbound") thread.inboundAt = later(thread.inboundAt, at);
  if (event.opensWindow) thread.qualifyingAt = later(thread.qualifyingAt, at);
  if (event.referral) foldReferral(thread, event.referral, at);
  const before = folded.messages.get(key);
  if (before && !earlier(delivery.deliveryId, before.deliveryId)) return;
  const source =
    event.direction === "inbound"
      ? null
      : classifySource({
          appId: event.appId,
          metadata: event.metadata,
          aiGenerated: event.aiGenerated,
          text: event.text,
          ownAppId,
        });
  folded.messages.set(key, {
    ...route,
    threadKey: keyOf(route, thread.contactId),
    mid: clean(event.mid),
    direction: event.direction,
    kind: event.kind,
    text: clean(event.text),
    payload: clean(event.payload),
    sourceKind: source === null ? "customer" : source.kind === "own" ? "api" : source.kind,
    appId: source === null ? null : source.appId,
    sourceName: clean(source?.name ?? null),
    ownId:
      event.direction === "outbound" && event.metadata !== null && UUID.test(event.metadata)
        ? event.metadata.toLowerCase()
        : null,
    sentAt: at,
    deliveryId: delivery.deliveryId,
    arrivedAt: delivery.receivedAt,
    incomplete: event.incomplete,
    standby: event.standby,
    replyTo: clean(event.replyTo),
    attachments: event.attachments.map((a) => ({
      ...a,
      url: clean(a.url),
      title: clean(a.title),
      link: clean(a.link),
      type: clean(a.type),
    })),
  });
}

/** The later effect of one actor on one message wins; of an edit, the higher edition. Ties are broken by value, so order never matters. */
function foldEffect(folded: Folded, effect: FoldedEffect): void {
  const key = `${effect.channelId}|${effect.mid}|${effect.kind}|${effect.actor}`;
  const before = folded.effects.get(key);
  if (!before || compareEffects(effect, before) > 0) folded.effects.set(key, effect);
}

export function compareEffects(
  a: Pick<FoldedEffect, "edition" | "at" | "value">,
  b: Pick<FoldedEffect, "edition" | "at" | "value">,
): number {
  return a.edition - b.edition || a.at - b.at || Buffer.compare(Buffer.from(a.value ?? ""), Buffer.from(b.value ?? ""));
}

function foldReferral(thread: FoldedThread, referral: Referral, at: number): void {
  if (referral.isGuest) thread.isGuest = true;
  const next = {
    ...referral,
    ref: clean(referral.ref),
    adTitle: clean(referral.adTitle),
    source: clean(referral.source),
    type: clean(referral.type),
    adId: clean(referral.adId),
    at,
  };
  if (!thread.referral || compareReferrals(next, thread.referral) > 0) thread.referral = next;
}

/** The later one wins; of two at the same time (a message that carries one, and the event that tells of it) the content decides. */
function compareReferrals(a: Referral & { at: number }, b: Referral & { at: number }): number {
  const content = (r: Referral) =>
    Buffer.from([r.ref, r.source, r.type, r.adId, r.adTitle, String(r.isGuest)].map((v) => v ?? "").join("\u0001"));
  return a.at - b.at || Buffer.compare(content(a), content(b));
}

/** A webhook before what was read back, an earlier webhook before a later one. */
const earlier = (a: number | null, b: number | null) => a !== null && (b === null || a < b);

const keyOf = (route: Route, contactId: string) => `${route.channelId}|${contactId}`;

function threadOf(folded: Folded, route: Route, contactId: string): FoldedThread {
  const key = keyOf(route, contactId);
  let thread = folded.threads.get(key);
  if (!thread) {
    thread = {
      ...route,
      contactId,
      hasMessage: false,
      newestAt: 0,
      inboundAt: null,
      qualifyingAt: null,
      deliveredAt: null,
      readAt: null,
      isGuest: false,
      referral: null,
    };
    folded.threads.set(key, thread);
  }
  return thread;
}
