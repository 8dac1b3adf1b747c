import type { InboundEvent, Platform } from "../../../adapters/channel.ts";
import { foldControl, foldHold } from "./fold-control.ts";
import { foldMessage, foldReferral } from "./fold-message.ts";
import { foldComment, foldNotice } from "./fold-notice.ts";
import { foldTemplate } from "./fold-template.ts";
import {
  clean,
  compareText,
  type Folded,
  type FoldedEffect,
  type FoldedThread,
  later,
  type ReceivedDelivery,
  type Route,
  threadKey,
} from "./folded.ts";
import { type Counted, countEvent, createIntake } from "./intake.ts";

export const routeKey = (platform: Platform, accountId: string) => `${platform}:${accountId}`;

const MOST_CONTACTS = 50;

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
    control: new Map(),
    lines: new Map(),
    comments: new Map(),
    templates: new Map(),
    userRefs: new Map(),
    intake: createIntake(),
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
      const ofMeta = delivery.origin === "webhook";
      const counted =
        ofMeta && !delivery.replayed ? countEvent(folded.intake, route, event, delivery.receivedAt) : null;
      const seen = folded.lastEventAt.get(route.channelId);
      if (ofMeta && (!seen || seen.at < delivery.receivedAt))
        folded.lastEventAt.set(route.channelId, { ...route, at: delivery.receivedAt });
      foldEvent(folded, route, event, delivery, { ownAppId, counted });
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

function foldEvent(
  folded: Folded,
  route: Route,
  event: InboundEvent,
  delivery: ReceivedDelivery,
  context: { ownAppId: string; counted: Counted | null },
): void {
  const at = event.at ?? delivery.receivedAt;
  if (event.type === "comment") {
    foldComment(folded, route, event, at, delivery, context.counted);
    return;
  }
  if (event.type === "template") {
    foldTemplate(folded, route, event, at, context.counted);
    return;
  }
  if (event.type === "other" && !(event.standby && event.contactId !== null)) return;
  const thread = event.contactId === null ? null : threadOf(folded, route, clean(event.contactId));
  if (thread && delivery.origin === "webhook") foldHold(folded, thread, event, at, context.ownAppId);
  if (event.type === "notice") foldNotice(folded, route, thread, event, at, delivery, context.counted);
  else if (thread && event.type !== "other") foldThreadEvent(folded, route, thread, event, at, delivery, context);
}

function foldThreadEvent(
  folded: Folded,
  route: Route,
  thread: FoldedThread,
  event: Exclude<InboundEvent, { type: "comment" | "notice" | "template" | "other" }>,
  at: number,
  delivery: ReceivedDelivery,
  context: { ownAppId: string; counted: Counted | null },
): void {
  const effect = (kind: FoldedEffect["kind"], mid: string, actor: string, value: string | null, edition = 0) =>
    foldEffect(folded, {
      ...route,
      threadKey: threadKey(route, thread.contactId),
      mid: clean(mid),
      kind,
      actor,
      at,
      edition,
      value: clean(value),
      counted: context.counted,
    });
  switch (event.type) {
    case "message":
      foldMessage(folded, route, thread, event, at, delivery, context);
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
    case "control":
      foldControl(folded, thread, event, at, delivery, context);
      break;
  }
}

const takesBack = ({ value }: Pick<FoldedEffect, "value">) => Number(value === null);

/**
 * The later effect of one actor on one message wins; of an edit, the higher edition. Of a tie the taking back wins, for
 * there was something to take back; else the value decides, so order never matters.
 */
function foldEffect(folded: Folded, effect: FoldedEffect): void {
  const key = effectKey(effect);
  const before = folded.effects.get(key);
  const order = before ? compareEffects(effect, before) : 1;
  if (order > 0) folded.effects.set(key, effect);
  if (order === 0) folded.intake.add(effect.counted, "duplicate");
}

export const effectKey = (e: Pick<FoldedEffect, "channelId" | "mid" | "kind" | "actor">) =>
  `${e.channelId}|${e.mid}|${e.kind}|${e.actor}`;

export function compareEffects(
  a: Pick<FoldedEffect, "edition" | "at" | "value">,
  b: Pick<FoldedEffect, "edition" | "at" | "value">,
): number {
  return a.edition - b.edition || a.at - b.at || takesBack(a) - takesBack(b) || compareText(a.value, b.value);
}

function threadOf(folded: Folded, route: Route, contactId: string): FoldedThread {
  const key = threadKey(route, contactId);
  let thread = folded.threads.get(key);
  if (!thread) {
    thread = {
      ...route,
      contactId,
      hasMessage: false,
      newestAt: 0,
      inboundAt: null,
      qualifyingAt: null,
      primaryAt: null,
      deliveredAt: null,
      readAt: null,
      isGuest: false,
      guestEndedAt: null,
      referral: null,
      relabelled: false,
    };
    folded.threads.set(key, thread);
  }
  return thread;
}
