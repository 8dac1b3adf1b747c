import type { Deps } from "../../../deps.ts";
import type { Tx } from "../../../platform/db/pool.ts";
import type { NewEvent } from "../../../platform/outbox/index.ts";
import type { Folded } from "./folded.ts";
import type { PlacedThread } from "./place.ts";
import type { ThreadChange, Touched } from "./statements/index.ts";

export type ReceiveDeps = Pick<Deps, "jobs" | "config" | "clock">;

/** A batch on its way into rows: what its steps tell each other. */
export interface Batch {
  tx: Tx;
  deps: ReceiveDeps;
  folded: Folded;
  threads: Map<string, PlacedThread>;
  /** By conversation: what is to be carried over to it. */
  changes: Map<string, ThreadChange>;
  created: Set<string>;
  /** Keys of the messages whose rows are new or say something else now: what happened to them is to be shown again. */
  written: Set<string>;
  changed: Map<string, Touched>;
  /** Conversations with a message that changes what is known of their holder. */
  toldOf: Set<string>;
  events: NewEvent[];
}

export function openBatch(tx: Tx, deps: ReceiveDeps, folded: Folded, threads: Map<string, PlacedThread>): Batch {
  const changes: Batch["changes"] = new Map();
  for (const t of threads.values())
    if (t.conversationId)
      changes.set(t.conversationId, {
        workspaceId: t.workspaceId,
        conversationId: t.conversationId,
        contactId: t.contactId,
        newInbound: 0,
        newOutbound: 0,
        newest: null,
        settled: false,
        inboundAt: t.inboundAt,
        qualifyingAt: t.qualifyingAt,
        primaryAt: t.primaryAt,
        deliveredAt: t.deliveredAt,
        readAt: t.readAt,
      });
  return {
    tx,
    deps,
    folded,
    threads,
    changes,
    created: new Set(),
    written: new Set(),
    changed: new Map(),
    toldOf: new Set(),
    events: [],
  };
}
