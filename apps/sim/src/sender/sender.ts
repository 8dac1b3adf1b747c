import type { Bus } from "../sim.ts";
import type { Store } from "../store/store.ts";
import type { QueuedEvent } from "../store/types.ts";
import { deliver, disable, finish, type Post } from "./deliver.ts";
import { DeliveryLog } from "./delivery-log.ts";
import { type Emission, emitTo, record } from "./emit.ts";
import { WebhookClient } from "./http.ts";
import { Lanes } from "./lanes.ts";
import { Pump } from "./pump.ts";

export type { Emission } from "./emit.ts";

/**
 * Sends webhooks the way Meta does: only what is subscribed at app level and at Page level, one event per entry, in order
 * within a thread, five seconds to answer, repeated on failure, an alert after 15 minutes and the subscription dropped
 * after an hour of failing. Source: Messenger Platform, Webhooks (2026); Graph API Webhooks, Getting started (batching).
 */
export class Sender {
  readonly log = new DeliveryLog();
  readonly client = new WebhookClient();
  private readonly lanes = new Lanes();
  private readonly pump: Pump;
  private readonly post: Post;
  private readonly store: Store;

  constructor(store: Store, bus: Bus) {
    this.store = store;
    this.post = { store, bus, lanes: this.lanes, log: this.log, client: this.client, closed: () => this.pump.closed };
    this.pump = new Pump(
      this.lanes,
      () => store.state.faults.batch,
      () => this.pending,
      async (items) => {
        await deliver(this.post, items).finally(() => bus.emit({ type: "webhook" }));
      },
    );
    this.load();
  }

  /** Takes over the queue of the state (after a start or a reset). */
  load(): void {
    this.lanes.load(this.store.state.queue);
    for (const item of this.store.state.queue) record(this.post, item);
    this.pump.run();
  }

  get pending(): number {
    return this.store.state.queue.length;
  }

  emit(emission: Emission): void {
    for (const app of this.store.state.apps) if (emitTo(this.post, app, emission)) this.pump.run();
  }

  /** Sends what waits now: delays, held events and retry waits are skipped. */
  flush(): void {
    this.lanes.hasten(() => true);
    this.pump.run();
  }

  /** Sends what only a fault switch holds back; retries keep their pace. */
  release(): void {
    this.lanes.hasten((item) => item.attempts === 0);
    this.pump.run();
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
    this.pump.run();
  }

  /** Forgets what waits, e.g. when an app unsubscribes a Page. */
  forget(matches: (item: QueuedEvent) => boolean): void {
    for (const item of this.store.state.queue.filter(matches)) finish(this.post, item, "dropped", "unsubscribed");
    this.store.touch();
    this.pump.run();
  }

  /** Drops an app's subscription of a Page at once, as an hour of failing would. */
  disable(pageId: string, appId: string): void {
    disable(this.post, pageId, appId);
    this.store.touch();
    this.pump.run();
  }

  /** True once nothing is waiting or on its way, false when that did not happen in time. */
  async idle(timeoutMs: number): Promise<boolean> {
    return await this.pump.idle(timeoutMs);
  }

  async close(): Promise<void> {
    this.pump.close();
    await this.client.close();
  }
}
