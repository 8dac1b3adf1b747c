import { EventEmitter } from "node:events";
import type { Callbacks } from "./callbacks/callbacks.ts";
import type { CallLog } from "./graph/call-log.ts";
import type { Sender } from "./sender/sender.ts";
import type { Blobs } from "./store/blobs.ts";
import type { Store } from "./store/store.ts";

export type SimEvent =
  | { type: "thread"; pageId: string; customerId: string }
  | { type: "world" }
  | { type: "webhook" }
  | { type: "graph" };

/** Everything a request handler needs, in one place. */
export interface Sim {
  store: Store;
  blobs: Blobs;
  sender: Sender;
  calls: CallLog;
  callbacks: Callbacks;
  bus: Bus;
  /** Address under which others reach this simulator, without a trailing slash. */
  baseUrl(): string;
  now(): number;
}

export class Bus {
  private readonly emitter = new EventEmitter().setMaxListeners(0);

  emit(event: SimEvent): void {
    this.emitter.emit("event", event);
  }

  on(listener: (event: SimEvent) => void): () => void {
    this.emitter.on("event", listener);
    return () => this.emitter.off("event", listener);
  }
}
