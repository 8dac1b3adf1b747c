import type { Bus } from "../sim.ts";
import { opaque } from "../store/ids.ts";
import type { Store } from "../store/store.ts";
import type { MetaApp, Page, PageInstall, QueuedEvent } from "../store/types.ts";
import { asciiJson } from "./ascii-json.ts";
import { DeliveryLog, type DeliveryRecord } from "./delivery-log.ts";
import { type Answer, WebhookClient, webhookHeaders } from "./http.ts";
import { ALERT_AFTER_MS, DISABLE_AFTER_MS, waitAfter } from "./retry.ts";
import { strikes } from "./select.ts";

const PARALLEL = 64;
const BATCH_WAIT_MS = 25;
const REORDER_HOLD_MS = 1500;

export interface Emission {
  page: Page;
  object: "page" | "instagram";
  field: string;
  customerId: string;
  event: Record<string, unknown>;
}

/**
 * Sends webhooks the way Meta does: only what is subscribed at app level and at Page level, one event per entry, in order
 * within a thread, five seconds to answer, repeated on failure, an alert after 15 minutes and the subscription dropped
 * after an hour of failing. Source: Messenger Platform, Webhooks (2026); Graph API Webhooks, Getting started (batching).
 */
export class Sender {
  readonly log = new DeliveryLog();
  readonly client = new WebhookClient();
  private readonly lanes = new Map<string, QueuedEvent[]>();
  private readonly busy = new Set<string>();
  private inFlight = 0;
  private timer: NodeJS.Timeout | null = null;
  private timerAt = 0;
  private closed = false;
  private idleWaiters: (() => void)[] = [];
  private ready = new Set<string>();
  private readonly store: Store;
  private readonly bus: Bus;

  constructor(store: Store, bus: Bus) {
    this.store = store;
    this.bus = bus;
    this.load();
  }

  /** Takes over the queue of the state (after a start or a reset). */
  load(): void {
    this.lanes.clear();
    this.ready.clear();
    for (const item of this.store.state.queue) {
      this.lane(item.lane).push(item);
      this.recordOf(item);
    }
    for (const lane of this.lanes.keys()) this.ready.add(lane);
    this.pump();
  }

  private lane(name: string): QueuedEvent[] {
    let lane = this.lanes.get(name);
    if (!lane) {
      lane = [];
      this.lanes.set(name, lane);
    }
    return lane;
  }

  get pending(): number {
    return this.store.state.queue.length;
  }

  emit(emission: Emission): void {
    for (const app of this.store.state.apps) this.emitTo(app, emission);
  }

  private emitTo(app: MetaApp, { page, object, field, customerId, event }: Emission): void {
    const entryId = object === "instagram" ? (page.instagram?.id ?? page.id) : page.id;
    const item: QueuedEvent = {
      id: opaque(9),
      appId: app.id,
      pageId: page.id,
      object,
      entryId,
      field,
      lane: `${app.id}:${entryId}:${customerId}`,
      event,
      createdAt: Date.now(),
      dueAt: Date.now(),
      attempts: 0,
      firstFailedAt: null,
      held: false,
    };
    const missing = this.missingSubscription(app, page, object, field);
    if (missing) {
      if (page.installs.some((install) => install.appId === app.id) || app.subscriptions.length > 0) {
        this.recordOf(item, "not_subscribed", missing);
        this.log.totals.notSubscribed += 1;
        this.bus.emit({ type: "webhook" });
      }
      return;
    }
    const faults = this.store.state.faults;
    if (strikes(faults.lose, item, Math.random)) {
      this.recordOf(item, "lost", "the fault switch lost this event");
      this.log.totals.lost += 1;
      this.store.touch();
      this.bus.emit({ type: "webhook" });
      return;
    }
    item.dueAt += faults.delayMs;
    const lane = this.lane(item.lane);
    if (faults.reorder) this.reorder(lane, item);
    else lane.push(item);
    this.store.state.queue.push(item);
    this.recordOf(item);
    if (strikes(faults.duplicate, item, Math.random)) {
      const copy = { ...item, id: opaque(9) };
      lane.push(copy);
      this.store.state.queue.push(copy);
      this.recordOf(copy);
    }
    this.store.touch();
    this.ready.add(item.lane);
    this.pump();
  }

  /** Swaps neighbours: the first of two waits for the second, or a moment. */
  private reorder(lane: QueuedEvent[], item: QueuedEvent): void {
    const last = lane.at(-1);
    if (last?.held) {
      last.held = false;
      last.dueAt = Date.now();
      lane.splice(-1, 0, item);
      return;
    }
    item.held = true;
    item.dueAt = Date.now() + REORDER_HOLD_MS;
    lane.push(item);
  }

  private missingSubscription(app: MetaApp, page: Page, object: string, field: string): string | null {
    const appLevel = app.subscriptions.find((subscription) => subscription.object === object && subscription.active);
    if (!appLevel?.fields.includes(field)) return `app level: ${object} has no subscription for ${field}`;
    const install = page.installs.find((candidate) => candidate.appId === app.id);
    if (!install) return "Page level: the app is not subscribed to this Page";
    // Instagram through a linked Page needs some Page field, not this very one (meta-receiving §1.1.3).
    if (object === "page" && !install.fields.includes(field)) return `Page level: ${field} is not subscribed`;
    return null;
  }

  private recordOf(
    item: QueuedEvent,
    state: DeliveryRecord["state"] = "pending",
    reason: string | null = null,
  ): DeliveryRecord {
    return this.log.add({
      id: item.id,
      at: new Date(item.createdAt).toISOString(),
      state,
      reason,
      appId: item.appId,
      pageId: item.pageId,
      object: item.object,
      fields: [item.field],
      url: null,
      headers: {},
      body: state === "pending" ? "" : asciiJson(item.event),
      attempts: [],
    });
  }

  /** Starts every delivery that may start now and sleeps until the next one is due. */
  private pump(): void {
    if (this.closed) return;
    const now = Date.now();
    let next = Number.POSITIVE_INFINITY;
    const batch = Math.max(1, this.store.state.faults.batch);
    let group: QueuedEvent[] = [];
    for (const name of this.ready) {
      if (this.busy.has(name)) {
        this.ready.delete(name);
        continue;
      }
      const head = this.lanes.get(name)?.[0];
      if (!head) {
        this.ready.delete(name);
        this.lanes.delete(name);
        continue;
      }
      const due = batch > 1 && head.attempts === 0 ? Math.max(head.dueAt, head.createdAt + BATCH_WAIT_MS) : head.dueAt;
      if (due > now) {
        next = Math.min(next, due);
        continue;
      }
      if (this.inFlight >= PARALLEL) break;
      if (batch === 1) this.dispatch([head]);
      else {
        const first = group[0];
        if (first && (first.appId !== head.appId || first.object !== head.object)) {
          this.dispatch(group);
          group = [];
        }
        for (const item of this.lanes.get(name) ?? []) if (group.length < batch && item.dueAt <= now) group.push(item);
        this.busy.add(name);
        if (group.length >= batch) {
          this.dispatch(group);
          group = [];
        }
      }
    }
    if (group.length > 0) this.dispatch(group);
    this.sleepUntil(next);
    if (this.pending === 0 && this.inFlight === 0) {
      for (const wake of this.idleWaiters.splice(0)) wake();
    }
  }

  private sleepUntil(at: number): void {
    if (at === Number.POSITIVE_INFINITY) return;
    if (this.timer && this.timerAt <= at && this.timerAt > Date.now()) return;
    if (this.timer) clearTimeout(this.timer);
    this.timerAt = at;
    this.timer = setTimeout(
      () => {
        this.timer = null;
        this.pump();
      },
      Math.max(1, at - Date.now()),
    );
  }

  private dispatch(items: QueuedEvent[]): void {
    const lanes = new Set(items.map((item) => item.lane));
    for (const lane of lanes) {
      this.busy.add(lane);
      this.ready.delete(lane);
    }
    this.inFlight += 1;
    void this.deliver(items)
      .catch((error: unknown) => console.error("sim: a webhook could not be sent:", error))
      .finally(() => {
        this.inFlight -= 1;
        for (const lane of lanes) {
          this.busy.delete(lane);
          if (this.lanes.get(lane)?.length) this.ready.add(lane);
          else this.lanes.delete(lane);
        }
        this.bus.emit({ type: "webhook" });
        this.pump();
      });
  }

  private async deliver(items: QueuedEvent[]): Promise<void> {
    const first = items[0];
    if (!first) return;
    const app = this.store.state.apps.find((candidate) => candidate.id === first.appId);
    const subscription = app?.subscriptions.find((candidate) => candidate.object === first.object);
    const gone = items.filter((item) => !app || !subscription || !this.installOf(item));
    for (const item of gone) this.finish(item, "dropped", "the subscription is gone");
    const live = items.filter((item) => !gone.includes(item));
    if (!app || !subscription || live.length === 0) return;
    const body = Buffer.from(
      asciiJson({
        object: first.object,
        entry: live.map((item) => ({ time: Date.now(), id: item.entryId, messaging: [item.event] })),
      }),
    );
    const headers = webhookHeaders(app.secret, body);
    const answer = await this.client.post(subscription.callbackUrl, headers, body);
    if (this.closed) return;
    for (const item of live) {
      const record = this.log.find(item.id);
      if (record) {
        record.url = subscription.callbackUrl;
        record.headers = headers;
        record.body = body.toString();
        record.attempts.push({
          at: new Date().toISOString(),
          status: answer.status,
          error: answer.error,
          ms: answer.ms,
          answer: answer.text,
        });
      }
      this.log.totals.attempts += 1;
      if (answer.status === 200) {
        this.finish(item, "delivered", null);
        const install = this.installOf(item);
        if (install) {
          install.failingSince = null;
          install.alerted = false;
        }
      } else this.failed(item, answer);
    }
    this.store.touch();
  }

  private installOf(item: QueuedEvent): PageInstall | undefined {
    return this.store.page(item.pageId)?.installs.find((install) => install.appId === item.appId);
  }

  private failed(item: QueuedEvent, answer: Answer): void {
    const now = Date.now();
    const speed = this.store.state.faults.retryClock;
    const record = this.log.find(item.id);
    if (record) record.state = "failing";
    item.attempts += 1;
    item.firstFailedAt ??= now;
    const install = this.installOf(item);
    if (!install) {
      this.finish(item, "dropped", "the subscription is gone");
      return;
    }
    install.failingSince ??= now;
    const failingFor = (now - install.failingSince) * speed;
    const what = answer.error ?? `HTTP ${answer.status}`;
    if (failingFor >= ALERT_AFTER_MS && !install.alerted) {
      install.alerted = true;
      this.alert("warning", item, `Your webhook has been failing for 15 minutes (${what}).`);
    }
    if (failingFor >= DISABLE_AFTER_MS) {
      this.disable(item, what);
      return;
    }
    if ((now - item.firstFailedAt) * speed >= DISABLE_AFTER_MS) {
      this.alert("lost", item, `One event was given up after an hour of failing (${what}).`);
      this.finish(item, "dropped", "given up after an hour");
      return;
    }
    const deadlines = [install.failingSince + DISABLE_AFTER_MS / speed];
    if (!install.alerted) deadlines.push(install.failingSince + ALERT_AFTER_MS / speed);
    item.dueAt = Math.min(now + waitAfter(item.attempts, speed), ...deadlines.filter((deadline) => deadline > now));
  }

  /** "Webhooks Disabled": the app is unsubscribed for that Page and what was waiting is gone (meta-receiving §1.6). */
  private disable(item: QueuedEvent, what: string): void {
    const page = this.store.page(item.pageId);
    if (page) page.installs = page.installs.filter((install) => install.appId !== item.appId);
    this.alert(
      "disabled",
      item,
      `Webhooks Disabled: failing for 1 hour (${what}). Subscribe the Page again after fixing.`,
    );
    for (const waiting of this.store.state.queue.filter(
      (other) => other.appId === item.appId && other.pageId === item.pageId,
    )) {
      this.finish(waiting, "dropped", "webhooks disabled after an hour of failing");
    }
    this.bus.emit({ type: "world" });
  }

  private alert(level: "warning" | "disabled" | "lost", item: QueuedEvent, text: string): void {
    this.store.state.alerts.push({ at: Date.now(), level, appId: item.appId, pageId: item.pageId, text });
    this.store.touch();
  }

  private finish(item: QueuedEvent, state: "delivered" | "dropped", reason: string | null): void {
    const queue = this.store.state.queue;
    const index = queue.findIndex((other) => other.id === item.id);
    if (index >= 0) queue.splice(index, 1);
    const lane = this.lanes.get(item.lane);
    const place = lane?.indexOf(item) ?? -1;
    if (lane && place >= 0) lane.splice(place, 1);
    const record = this.log.find(item.id);
    if (record) {
      record.state = state;
      record.reason = reason;
    }
    this.log.totals[state] += 1;
  }

  /** Sends what waits now: delays, held events and retry waits are skipped. */
  flush(): void {
    for (const [name, lane] of this.lanes) {
      for (const item of lane) {
        item.held = false;
        item.dueAt = Date.now();
      }
      if (!this.busy.has(name)) this.ready.add(name);
    }
    this.pump();
  }

  /** Sends what only a fault switch holds back; retries keep their pace. */
  release(): void {
    for (const [name, lane] of this.lanes) {
      for (const item of lane) {
        if (item.attempts > 0) continue;
        item.held = false;
        item.dueAt = Date.now();
      }
      if (!this.busy.has(name)) this.ready.add(name);
    }
    this.pump();
  }

  /** The retry clock changed its speed: waits shrink or stretch by `factor`. */
  rescale(factor: number): void {
    const now = Date.now();
    for (const item of this.store.state.queue)
      if (item.attempts > 0) item.dueAt = now + Math.max(0, item.dueAt - now) * factor;
    for (const page of this.store.state.pages) {
      for (const install of page.installs)
        if (install.failingSince !== null) install.failingSince = now - (now - install.failingSince) * factor;
    }
    this.pump();
  }

  /** Forgets what waits, e.g. when an app unsubscribes a Page. */
  forget(matches: (item: QueuedEvent) => boolean): void {
    for (const item of this.store.state.queue.filter(matches)) this.finish(item, "dropped", "unsubscribed");
    this.store.touch();
    this.pump();
  }

  /** True once nothing is waiting or on its way, false when that did not happen in time. */
  async idle(timeoutMs: number): Promise<boolean> {
    if (this.pending === 0 && this.inFlight === 0) return true;
    return await new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.idleWaiters = this.idleWaiters.filter((waiter) => waiter !== wake);
        resolve(false);
      }, timeoutMs);
      const wake = () => {
        clearTimeout(timer);
        resolve(true);
      };
      this.idleWaiters.push(wake);
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.timer) clearTimeout(this.timer);
    for (const wake of this.idleWaiters.splice(0)) wake();
    await this.client.close();
  }
}
