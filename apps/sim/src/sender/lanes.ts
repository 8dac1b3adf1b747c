import type { QueuedEvent } from "../store/types.ts";

const REORDER_HOLD_MS = 1500;

/** What waits, by lane: one lane per app and conversation, in order. A lane is busy while a request of it is on its way. */
export class Lanes {
  private readonly lanes = new Map<string, QueuedEvent[]>();
  private readonly busy = new Set<string>();
  /** Lanes worth looking at: a lane without work, or busy, is not among them. */
  private readonly ready = new Set<string>();

  load(queue: QueuedEvent[]): void {
    this.lanes.clear();
    this.ready.clear();
    for (const item of queue) this.add(item);
    for (const name of this.lanes.keys()) this.ready.add(name);
  }

  private lane(name: string): QueuedEvent[] {
    let lane = this.lanes.get(name);
    if (!lane) {
      lane = [];
      this.lanes.set(name, lane);
    }
    return lane;
  }

  add(item: QueuedEvent): void {
    this.lane(item.lane).push(item);
    this.ready.add(item.lane);
  }

  /** Swaps neighbours: the first of two waits for the second, or a moment. */
  addReordered(item: QueuedEvent): void {
    const lane = this.lane(item.lane);
    const last = lane.at(-1);
    if (last?.held) {
      last.held = false;
      last.dueAt = Date.now();
      lane.splice(-1, 0, item);
    } else {
      item.held = true;
      item.dueAt = Date.now() + REORDER_HOLD_MS;
      lane.push(item);
    }
    this.ready.add(item.lane);
  }

  remove(item: QueuedEvent): void {
    const lane = this.lanes.get(item.lane);
    const place = lane?.indexOf(item) ?? -1;
    if (lane && place >= 0) lane.splice(place, 1);
  }

  /** Lanes whose first event is due, and when the next of the others will be. */
  due(now: number): { due: QueuedEvent[][]; next: number } {
    const due: QueuedEvent[][] = [];
    let next = Number.POSITIVE_INFINITY;
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
    return { due, next };
  }

  /** The lanes of a request are busy until the function returned is called. */
  occupy(items: QueuedEvent[]): () => void {
    const names = new Set(items.map((item) => item.lane));
    for (const name of names) {
      this.busy.add(name);
      this.ready.delete(name);
    }
    return () => {
      for (const name of names) {
        this.busy.delete(name);
        if (this.lanes.get(name)?.length) this.ready.add(name);
        else this.lanes.delete(name);
      }
    };
  }

  /** What waits and passes `matches` is due now. */
  hasten(matches: (item: QueuedEvent) => boolean): void {
    for (const [name, lane] of this.lanes) {
      for (const item of lane) {
        if (!matches(item)) continue;
        item.held = false;
        item.dueAt = Date.now();
      }
      if (!this.busy.has(name)) this.ready.add(name);
    }
  }
}
