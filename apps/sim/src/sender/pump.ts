import type { QueuedEvent } from "../store/types.ts";
import type { Lanes } from "./lanes.ts";

const PARALLEL = 64;
const BATCH_WAIT_MS = 25;

/** Starts deliveries when they are due, so many at once, and sleeps until the next one is. */
export class Pump {
  inFlight = 0;
  closed = false;
  private timer: NodeJS.Timeout | null = null;
  private timerAt = 0;
  private idleWaiters: (() => void)[] = [];
  private readonly lanes: Lanes;
  private readonly batchSize: () => number;
  private readonly pending: () => number;
  private readonly deliver: (items: QueuedEvent[]) => Promise<void>;

  constructor(
    lanes: Lanes,
    batchSize: () => number,
    pending: () => number,
    deliver: (items: QueuedEvent[]) => Promise<void>,
  ) {
    this.lanes = lanes;
    this.batchSize = batchSize;
    this.pending = pending;
    this.deliver = deliver;
  }

  /** Starts every delivery that may start now. */
  run(): void {
    if (this.closed) return;
    const now = Date.now();
    const size = Math.max(1, this.batchSize());
    const { due, next } = this.lanes.due(now);
    if (size === 1) for (const [head] of due) this.start(head ? [head] : []);
    const again = size === 1 ? next : Math.min(next, this.startBatches(due, size, now));
    this.sleepUntil(again);
    if (this.idleNow()) for (const wake of this.idleWaiters.splice(0)) wake();
  }

  private idleNow(): boolean {
    return this.pending() === 0 && this.inFlight === 0;
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

  private dispatch(items: QueuedEvent[]): void {
    const free = this.lanes.occupy(items);
    this.inFlight += 1;
    void this.deliver(items)
      .catch((error: unknown) => console.error("sim: a webhook could not be sent:", error))
      .finally(() => {
        this.inFlight -= 1;
        free();
        this.run();
      });
  }

  private sleepUntil(at: number): void {
    if (at === Number.POSITIVE_INFINITY) return;
    if (this.timer && this.timerAt <= at && this.timerAt > Date.now()) return;
    if (this.timer) clearTimeout(this.timer);
    this.timerAt = at;
    this.timer = setTimeout(
      () => {
        this.timer = null;
        this.run();
      },
      Math.max(1, at - Date.now()),
    );
  }

  /** True once nothing is waiting or on its way, false when that did not happen in time. */
  async idle(timeoutMs: number): Promise<boolean> {
    if (this.idleNow()) return true;
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

  close(): void {
    this.closed = true;
    if (this.timer) clearTimeout(this.timer);
    for (const wake of this.idleWaiters.splice(0)) wake();
  }
}
