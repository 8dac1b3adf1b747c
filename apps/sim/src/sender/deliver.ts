import type { Bus } from "../sim.ts";
import type { Store } from "../store/store.ts";
import type { Versions } from "../store/switches.ts";
import type { QueuedEvent } from "../store/types.ts";
import { asciiJson } from "./ascii-json.ts";
import type { DeliveryLog } from "./delivery-log.ts";
import { type Answer, type WebhookClient, webhookHeaders } from "./http.ts";
import type { Lanes } from "./lanes.ts";
import { healed, installOf, judgeFailure } from "./subscription.ts";
import { entryOf } from "./versions.ts";

export interface Post {
  store: Store;
  bus: Bus;
  lanes: Lanes;
  log: DeliveryLog;
  client: WebhookClient;
  closed(): boolean;
}

function body(items: QueuedEvent[], versions: Versions): Buffer {
  return Buffer.from(
    asciiJson({
      object: items[0]?.object,
      entry: items.map((item) => entryOf(item, versions, Date.now())),
    }),
  );
}

/** Sends one request: all items are for the same app and object, each its own entry. */
export async function deliver(post: Post, items: QueuedEvent[]): Promise<void> {
  const { store, client } = post;
  const first = items[0];
  if (!first) return;
  const app = store.state.apps.find((candidate) => candidate.id === first.appId);
  const subscription = app?.subscriptions.find((candidate) => candidate.object === first.object);
  const gone = items.filter((item) => !app || !subscription || !installOf(store, item));
  for (const item of gone) finish(post, item, "dropped", "the subscription is gone");
  const live = items.filter((item) => !gone.includes(item));
  if (!app || !subscription || live.length === 0) return;
  const bytes = body(live, store.state.faults.versions);
  const headers = webhookHeaders(app.secret, bytes);
  const answer = await client.post(subscription.callbackUrl, headers, bytes);
  if (post.closed()) return;
  for (const item of live) {
    note(post, item, { url: subscription.callbackUrl, headers, body: bytes.toString() }, answer);
    if (answer.status === 200) {
      finish(post, item, "delivered", null);
      healed(installOf(store, item));
    } else failed(post, item, answer);
  }
  store.touch();
}

function note(
  post: Post,
  item: QueuedEvent,
  sent: { url: string; headers: Record<string, string>; body: string },
  answer: Answer,
): void {
  const record = post.log.find(item.id);
  if (record) {
    Object.assign(record, sent);
    record.attempts.push({
      at: new Date().toISOString(),
      status: answer.status,
      error: answer.error,
      ms: answer.ms,
      answer: answer.text,
    });
  }
  post.log.totals.attempts += 1;
}

function failed(post: Post, item: QueuedEvent, answer: Answer): void {
  const record = post.log.find(item.id);
  if (record) record.state = "failing";
  const verdict = judgeFailure(post.store, item, answer.error ?? `HTTP ${answer.status}`, Date.now());
  if (verdict === "gone") finish(post, item, "dropped", "the subscription is gone");
  if (verdict === "give_up") finish(post, item, "dropped", "given up after an hour");
  if (verdict === "disable") disable(post, item.pageId, item.appId);
}

/** "Webhooks Disabled": the app is unsubscribed for that Page and what was waiting is gone. */
export function disable(post: Post, pageId: string, appId: string): void {
  const page = post.store.page(pageId);
  if (page) page.installs = page.installs.filter((install) => install.appId !== appId);
  const waiting = post.store.state.queue.filter((other) => other.appId === appId && other.pageId === pageId);
  for (const one of waiting) finish(post, one, "dropped", "webhooks disabled after an hour of failing");
  post.bus.emit({ type: "world" });
}

export function finish(post: Post, item: QueuedEvent, state: "delivered" | "dropped", reason: string | null): void {
  const queue = post.store.state.queue;
  const index = queue.findIndex((other) => other.id === item.id);
  if (index >= 0) queue.splice(index, 1);
  post.lanes.remove(item);
  const record = post.log.find(item.id);
  if (record) {
    record.state = state;
    record.reason = reason;
  }
  post.log.totals[state] += 1;
}
