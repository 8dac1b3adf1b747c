import { channelFor } from "../routing/rules.ts";
import { opaque } from "../store/ids.ts";
import type { MetaApp, Page, QueuedEvent, Thread } from "../store/types.ts";
import { asciiJson } from "./ascii-json.ts";
import type { Post } from "./deliver.ts";
import type { DeliveryRecord } from "./delivery-log.ts";
import { rewrite } from "./rewrite.ts";
import { strikes } from "./select.ts";
import { missingSubscription } from "./subscription.ts";

export interface Emission {
  page: Page;
  object: "page" | "instagram";
  field: string;
  /** Events of one customer keep their order. */
  customerId: string;
  event: Record<string, unknown>;
  /** Who holds this conversation decides where the event goes. Without one everybody subscribed hears it. */
  thread?: Thread;
  /** Told to this app alone. */
  toAppId?: string;
  /** `changes` for Page feed, labels and the like: `event` is `{field, value}`. */
  channel?: "changes";
}

/** Puts an event in the queue of an app; false when it goes nowhere. */
export function emitTo(post: Post, app: MetaApp, emission: Emission): boolean {
  const { page, object, field } = emission;
  if (emission.toAppId && emission.toAppId !== app.id) return false;
  const way = emission.thread ? channelFor(page, emission.thread, app.id, Date.now()) : "messaging";
  const item = itemOf(app, emission, way);
  // Who is not the owner hears of everything through the field `standby` (meta-receiving §2.13), or of nothing.
  const missing = missingSubscription(app, page, object, way === "standby" ? "standby" : field);
  if (missing) {
    if (page.installs.some((install) => install.appId === app.id) || app.subscriptions.length > 0) {
      record(post, item, "not_subscribed", missing);
      post.log.totals.notSubscribed += 1;
      post.bus.emit({ type: "webhook" });
    }
    return false;
  }
  if (way === "silent") {
    record(post, item, "dropped", "not told while a lead ad's questions are asked");
    return false;
  }
  return enqueue(post, app, page, item);
}

function itemOf(app: MetaApp, emission: Emission, way: "messaging" | "standby" | "silent"): QueuedEvent {
  const { page, object, field, customerId } = emission;
  const entryId = object === "instagram" ? (page.instagram?.id ?? page.id) : page.id;
  const channel = way === "standby" ? "standby" : emission.channel;
  return {
    id: opaque(9),
    appId: app.id,
    pageId: page.id,
    object,
    entryId,
    field,
    ...(channel && { channel }),
    lane: `${app.id}:${entryId}:${customerId}`,
    event: way === "standby" ? withoutPayload(emission.event) : emission.event,
    createdAt: Date.now(),
    dueAt: Date.now(),
    attempts: 0,
    firstFailedAt: null,
    held: false,
  };
}

/** A postback's payload is for the app that sent the button (EV/standby; meta-receiving §2.13). */
function withoutPayload(event: Record<string, unknown>): Record<string, unknown> {
  if (!event.postback || typeof event.postback !== "object") return event;
  const { payload: _payload, ...rest } = event.postback as Record<string, unknown>;
  return { ...event, postback: rest };
}

function enqueue(post: Post, app: MetaApp, page: Page, item: QueuedEvent): boolean {
  const { store, lanes } = post;
  const { faults } = store.state;
  if (strikes(faults.lose, item, Math.random)) {
    record(post, item, "lost", "the fault switch lost this event");
    post.log.totals.lost += 1;
    store.touch();
    post.bus.emit({ type: "webhook" });
    return false;
  }
  item.event = rewrite(faults, app, page, item);
  item.dueAt += faults.delayMs;
  if (faults.reorder) lanes.addReordered(item);
  else lanes.add(item);
  store.state.queue.push(item);
  record(post, item);
  if (strikes(faults.duplicate, item, Math.random)) {
    const copy = { ...item, id: opaque(9) };
    lanes.add(copy);
    store.state.queue.push(copy);
    record(post, copy);
  }
  store.touch();
  return true;
}

/** Notes an event in the delivery log. */
export function record(
  post: Post,
  item: QueuedEvent,
  state: DeliveryRecord["state"] = "pending",
  reason: string | null = null,
): DeliveryRecord {
  return post.log.add({
    id: item.id,
    at: new Date(item.createdAt).toISOString(),
    state,
    reason,
    appId: item.appId,
    pageId: item.pageId,
    object: item.object,
    fields: [item.channel === "standby" ? "standby" : item.field],
    url: null,
    headers: {},
    body: state === "pending" ? "" : asciiJson(item.event),
    attempts: [],
  });
}
