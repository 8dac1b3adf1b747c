import type { Bus } from "../sim.ts";
import { opaque } from "../store/ids.ts";
import type { Store } from "../store/store.ts";
import type { MetaApp, Page, QueuedEvent } from "../store/types.ts";
import { asciiJson } from "./ascii-json.ts";
import { DeliveryLog, type DeliveryRecord } from "./delivery-log.ts";
import { type Answer, WebhookClient, webhookHeaders } from "./http.ts";
import { strikes } from "./select.ts";
import { healed, installOf, judgeFailure, missingSubscription } from "./subscription.ts";

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
    const missing = missingSubscription(app, page, object, field);
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
    const size = Math.max(1, this.store.state.faults.batch);
    let next = Number.POSITIVE_INFINITY;
    const due: QueuedEvent[][] = [];
    for (const name of this.ready) {
      const lane = this.busy.has(name) ? undefined : this.lanes.get(name);
      const [head] = lane ?? [];
      if (!lane || !head) {
        this.ready.delete(name);
        continue;
      }
      if (head.dueAt <= now) due.push(lane);
      else next = Math.min(next, head.dueAt);
    }
    if (size === 1) for (const [head] of due) this.start(head ? [head] : []);
    else next = Math.min(next, this.startBatches(due, size, now));
    this.sleepUntil(next);
    if (this.pending === 0 && this.inFlight === 0) {
      for (const wake of this.idleWaiters.splice(0)) wake();
    }
  }

  private start(items: QueuedEvent[]): void {
    if (items.length > 0 && this.inFlight < PARALLEL) this.dispatch(items);
  }

  /** Waits a moment for company, then fills requests with what is due, lane by lane. Returns when to look again. */
  private startBatches(due: QueuedEvent[][], size: number, now: number): number {
    const oldest = Math.min(...due.map(([head]) => head?.createdAt ?? now));
    if (due.length > 0 && now < oldest + BATCH_WAIT_MS) return oldest + BATCH_WAIT_MS;
    let group: QueuedEvent[] = [];
    for (const lane of due) {
      const [first, head] = [group[0], lane[0]];
      if (first && head && (first.appId !== head.appId || first.object !== head.object || group.length >= size)) {
        this.start(group);
        group = [];
      }
      const waiting = lane.findIndex((item) => item.dueAt > now);
      group.push(...lane.slice(0, Math.min(size - group.length, waiting < 0 ? lane.length : waiting)));
    }
    this.start(group);
    return Number.POSITIVE_INFINITY;
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
    const gone = items.filter((item) => !app || !subscription || !installOf(this.store, item));
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
        healed(installOf(this.store, item));
      } else this.failed(item, answer);
    }
    this.store.touch();
  }

  private failed(item: QueuedEvent, answer: Answer): void {
    const record = this.log.find(item.id);
    if (record) record.state = "failing";
    const verdict = judgeFailure(this.store, item, answer.error ?? `HTTP ${answer.status}`, Date.now());
    if (verdict === "gone") this.finish(item, "dropped", "the subscription is gone");
    if (verdict === "give_up") this.finish(item, "dropped", "given up after an hour");
    if (verdict === "disable") this.disable(item);
  }

  /** "Webhooks Disabled": the app is unsubscribed for that Page and what was waiting is gone. */
  private disable(item: QueuedEvent): void {
    const page = this.store.page(item.pageId);
    if (page) page.installs = page.installs.filter((install) => install.appId !== item.appId);
    const waiting = this.store.state.queue.filter(
      (other) => other.appId === item.appId && other.pageId === item.pageId,
    );
    for (const one of waiting) this.finish(one, "dropped", "webhooks disabled after an hour of failing");
    this.bus.emit({ type: "world" });
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
