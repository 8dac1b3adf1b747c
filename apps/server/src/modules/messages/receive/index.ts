import type { Tx } from "../../../platform/db/pool.ts";
import { writeEvents } from "../../../platform/outbox/index.ts";
import { noteStatuses } from "../../templates/index.ts";
import { openBatch, type ReceiveDeps } from "./batch.ts";
import { foldBatch } from "./fold.ts";
import type { DeliveryConcerns, ReceivedDelivery } from "./folded.ts";
import type { IntakeRow } from "./intake.ts";
import { routesNamedBy, withoutPages } from "./page-to-page.ts";
import { place } from "./place.ts";
import * as statements from "./statements/index.ts";
import { type InsertedMessage, writeMessages } from "./write-messages.ts";
import { writeThreads } from "./write-threads.ts";

export type { DeliveryConcerns, ReceivedDelivery } from "./folded.ts";
export { understandEvents } from "./page-to-page.ts";
export type { InsertedMessage } from "./write-messages.ts";

export interface Received {
  /** By number of the delivery. */
  concerns: Map<number, DeliveryConcerns>;
  /** Messages that were not here before, neither from Meta nor from us; in no special order. */
  inserted: InsertedMessage[];
  /** What came in, by channel, hour and kind. */
  counted: IntakeRow[];
}

/** Writes what Meta told, in the caller's transaction. */
export type ReceiveBatch = (tx: Tx, deliveries: readonly ReceivedDelivery[]) => Promise<Received>;

/**
 * Receiving is set-based: a batch of many conversations is written in a constant number of statements. Their order matters
 * only inside one transaction; between deliveries none matters, because every statement merges.
 */
export function createReceive(deps: ReceiveDeps): ReceiveBatch {
  return async (tx, deliveries) => {
    const routes = await routesNamedBy(
      tx,
      deliveries.flatMap((d) => d.events),
    );
    const folded = foldBatch(
      deliveries.map((d) => ({ ...d, events: withoutPages(d.events, routes) })),
      routes,
      deps.config.meta.appId ?? "",
    );
    if (routes.size === 0) return { concerns: folded.concerns, inserted: [], counted: [] };

    const threads = await place(tx, deps, folded.threads);
    const batch = openBatch(tx, deps, folded, threads);
    const inserted = await writeMessages(batch);
    await writeThreads(batch);
    if (folded.templates.size > 0) await noteStatuses(tx, deps, [...folded.templates.values()]);
    if (folded.lastEventAt.size > 0) await statements.noteChannelEvents(tx, folded);
    const counted = [...folded.intake.rows.values()];
    if (counted.length > 0) await statements.insertIntake(tx, counted);
    await writeEvents(tx, batch.events);
    return { concerns: folded.concerns, inserted, counted };
  };
}
