import { sql } from "kysely";
import { normalizeDelivery } from "../../adapters/index.ts";
import type { Deps } from "../../deps.ts";
import { type Db, isTransient, type Tx } from "../../platform/db/pool.ts";
import type { DeliveryConcerns, ReceiveBatch, ReceivedDelivery } from "../messages/index.ts";
import { eventsOfErased, forgetLate } from "../privacy/index.ts";
import { storable } from "./storable.ts";

interface Claimed {
  id: number;
  received_at: Date;
  replays: number;
  body: Buffer;
}

type Read = ReceivedDelivery & { deliveryId: number; problem: string | null };

const ANOMALIES = ["duplicate", "late", "incomplete", "unreadable"] as const;

export interface Processor {
  /** Turns up to `size` waiting deliveries into rows, in one transaction. Gives how many it took. */
  run(size: number): Promise<number>;
}

/**
 * Claim, parse, write and mark done in ONE transaction: a process that dies in the middle leaves the deliveries waiting, and
 * their effects undone, so no lease and no second look is needed. Several processes share the work by SKIP LOCKED.
 * A delivery that cannot be written is set aside as failed, with its reason, and never keeps the others waiting.
 */
export function createProcessor(deps: Deps, receive: ReceiveBatch): Processor {
  const batch = (size: number, only: number | null) =>
    deps.db.transaction().execute(async (tx) => {
      // Everything below is found by key. Without this, foreign keys checked on a young table keep a plan that reads all of it.
      await sql`set local enable_seqscan = off`.execute(tx);
      const claimed = await claim(tx, size, only);
      if (claimed.length === 0) return { claimed, read: [], counted: [] };
      const read = claimed.map((d): Read => {
        const { events, problem } = normalizeDelivery(d.body);
        return {
          deliveryId: d.id,
          receivedAt: d.received_at.getTime(),
          events,
          origin: "webhook",
          replayed: d.replays > 0,
          problem,
        };
      });
      const known = await withoutErased(deps, tx, read);
      const { concerns, counted } = await receive(tx, known);
      await finish(tx, known, concerns);
      return { claimed, read: known, counted };
    });
  /** What is undone is not counted. */
  const committed = async (size: number, only: number | null): Promise<Claimed[]> => {
    const { claimed, read, counted } = await batch(size, only);
    for (const d of read)
      for (const e of d.events) deps.metrics.eventsReceived.inc({ platform: e.platform ?? "unknown", type: e.type });
    for (const row of counted)
      for (const kind of ANOMALIES)
        if (row[kind] > 0)
          deps.metrics.inboundAnomalies.inc({ platform: row.platform ?? "unknown", field: row.field, kind }, row[kind]);
    return claimed;
  };

  return {
    async run(size) {
      let claimed: Claimed[];
      try {
        claimed = await committed(size, null);
      } catch (error) {
        if (isTransient(error)) throw error;
        deps.log.warn({ err: error }, "a batch of deliveries failed; taking them one by one");
        return oneByOne(size);
      }
      if (claimed.length > 0) {
        deps.metrics.deliveriesProcessed.inc({ outcome: "done" }, claimed.length);
        deps.metrics.processingLag.set(Math.max(0, (deps.clock() - claimed[0]!.received_at.getTime()) / 1000));
      }
      return claimed.length;
    },
  };

  async function oneByOne(size: number): Promise<number> {
    const { rows } = await sql<{
      id: number;
    }>`select id from delivery where state = 'pending' order by id limit ${size}`.execute(deps.db);
    for (const { id } of rows) {
      try {
        await committed(1, id);
      } catch (error) {
        if (isTransient(error)) throw error;
        deps.metrics.deliveriesProcessed.inc({ outcome: "failed" });
        deps.log.error({ err: error, deliveryId: id }, "a delivery could not be processed");
        const { workspaces, channels, contacts } = await concernsOf(deps.db, id);
        await sql`
          update delivery set state = 'failed', attempts = attempts + 1, processed_at = now(), error = ${String((error as Error).message).slice(0, 500)},
            workspaces = ${workspaces}::uuid[], channels = nullif(${channels}::uuid[], '{}'), contacts = ${contacts}::text[]
          where id = ${id} and state = 'pending'`.execute(deps.db);
      }
    }
    return rows.length;
  }
}

/** What is told of a deleted person from before the deletion is neither written nor kept. */
async function withoutErased(deps: Pick<Deps, "metrics">, tx: Tx, read: Read[]): Promise<Read[]> {
  const isOld = await eventsOfErased(
    tx,
    read.flatMap((d) => d.events),
  );
  if (!isOld) return read;
  const known: Read[] = [];
  for (const delivery of read) {
    const old = delivery.events.filter(isOld);
    known.push(old.length === 0 ? delivery : { ...delivery, events: delivery.events.filter((e) => !isOld(e)) });
    if (old.length === 0) continue;
    await forgetLate(tx, delivery, old);
    deps.metrics.eventsOfErased.inc(old.length);
  }
  return known;
}

/** Bodies are small as a rule, but a full batch of the largest would not fit into memory: the batch ends where this is passed. */
const LARGEST_BATCH_BYTES = 16_000_000;

async function claim(tx: Tx, size: number, only: number | null): Promise<Claimed[]> {
  const { rows } = await sql<Claimed>`
    select id, received_at, replays, body from (
      select *, sum(octet_length(body)) over (order by id) - octet_length(body) as bytes_before from (
        select id, received_at, replays, body from delivery
        where state = 'pending' ${only === null ? sql`` : sql`and id = ${only}`}
        order by id limit ${size} for update skip locked) waiting) summed
    where bytes_before < ${LARGEST_BATCH_BYTES} order by id`.execute(tx);
  return rows;
}

/** Whom a delivery concerns that could not be written: they are to see it, to find it, and to replay it. */
async function concernsOf(db: Db, id: number): Promise<DeliveryConcerns> {
  const { rows: found } = await sql<{ body: Buffer }>`select body from delivery where id = ${id}`.execute(db);
  const named = found
    .flatMap((d) => normalizeDelivery(d.body).events)
    .map((e) => ({ p: e.platform, a: storable(e.accountId), c: storable(e.contactId) }));
  const { rows } = await sql<{ workspaces: string[] | null; channels: string[] | null; contacts: string[] | null }>`
    select array_agg(distinct r.workspace_id) as workspaces, array_agg(distinct r.channel_id) as channels,
      (array_agg(distinct i.c) filter (where i.c is not null))[1:50] as contacts
    from json_to_recordset(${JSON.stringify(named)}::json) as i(p text, a text, c text)
    join channel_route r on r.platform = i.p and r.external_id = i.a`.execute(db);
  const all = rows[0]!;
  return { workspaces: all.workspaces ?? [], channels: all.channels ?? [], contacts: all.contacts ?? [] };
}

/** One that concerns no channel of ours names nobody: its bytes are searched where somebody is looked for. */
async function finish(tx: Tx, read: Read[], concerns: ReadonlyMap<number, DeliveryConcerns>): Promise<void> {
  const rows = read.map((d) => ({
    id: d.deliveryId,
    at: new Date(d.receivedAt).toISOString(),
    w: concerns.get(d.deliveryId)?.workspaces ?? [],
    ch: concerns.get(d.deliveryId)?.channels ?? [],
    c: concerns.get(d.deliveryId)?.contacts ?? [],
    n: d.events.length,
    u: d.events.filter((e) => e.type === "other" && !e.understood).length,
    p: d.problem,
  }));
  await sql`
    update delivery d set state = case when i.p is null then 'done' else 'failed' end, attempts = d.attempts + 1, processed_at = now(),
      workspaces = i.w, channels = nullif(i.ch, '{}'), contacts = i.c, events = i.n, unsupported = i.u, error = i.p
    from json_to_recordset(${JSON.stringify(rows)}::json) as i(id bigint, w uuid[], ch uuid[], c text[], n int, u int, p text)
    where d.id = i.id`.execute(tx);
}
