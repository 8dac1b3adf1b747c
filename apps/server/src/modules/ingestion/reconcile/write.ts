import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import type { MessageEvent } from "../../../adapters/channel.ts";
import type { Deps } from "../../../deps.ts";
import type { Q, Tx } from "../../../platform/db/pool.ts";
import { writeEvents } from "../../../platform/outbox/index.ts";
import { writeLines } from "../../conversations/index.ts";
import type { InsertedMessage, ReceiveBatch } from "../../messages/index.ts";
import { erasedAt } from "../../privacy/index.ts";
import { type Comparison, compare, type KnownMessage } from "./compare.ts";
import { noteProgress, type Run } from "./rows.ts";

/** A part of one thread, newest first. */
export interface Part {
  contactId: string;
  events: readonly MessageEvent[];
  /** Time of the message that follows the part; null where it is the newest. */
  newerAt: number | null;
  /** Nothing younger is compared, ms. */
  until: number;
}

/**
 * Compares a part of a thread with ours and writes what is missing, in one transaction with the figures it changes: a process
 * that dies leaves either all of it or nothing. Gives the time of the oldest message.
 */
export async function writePart(
  deps: Deps,
  receive: ReceiveBatch,
  run: Run,
  part: Part,
): Promise<{ examined: number; oldestAt: number | null }> {
  const erased = await erasedAt(deps.db, run.workspace_id, run.channel_id, part.contactId);
  // Meta still has what was deleted here: only what was written since is missing.
  const events = erased === null ? part.events : part.events.filter((e) => (e.at ?? 0) > erased);
  const look = async (): Promise<Comparison> =>
    compare(events, await knownMessages(deps.db, run, events), {
      from: run.from_at.getTime(),
      until: part.until,
      newerAt: part.newerAt,
      readAt: deps.clock(),
    });
  let found = await look();
  // What Meta has delivered but nobody has worked off yet is not missing.
  if (found.missing.length > 0 && (await workedOff(deps))) found = await look();
  const told = [...found.missing, ...found.fuller, ...found.edits];
  if (told.length > 0)
    await deps.db.transaction().execute(async (tx) => {
      const { inserted } = await receive(tx, [
        { deliveryId: null, receivedAt: deps.clock(), origin: "recovered", replayed: false, events: told },
      ]);
      if (inserted.length === 0) return;
      await noteProgress(tx, run, { recovered: inserted.length });
      await countLost(tx, run, inserted);
      await writeLine(tx, deps, run, part.contactId, inserted);
      deps.metrics.messagesRecovered.inc({ platform: run.platform, reason: run.reason }, inserted.length);
    });
  return { examined: found.examined, oldestAt: found.oldestAt };
}

async function knownMessages(
  q: Q,
  run: Run,
  events: readonly MessageEvent[],
): Promise<ReadonlyMap<string, KnownMessage>> {
  const { rows } = await sql<Omit<KnownMessage, "at"> & { mid: string; sent_at: Date }>`
    select external_id as mid, sent_at, kind, direction, text, incomplete, deleted_at is not null as deleted, edition from message
    where workspace_id = ${run.workspace_id} and channel_id = ${run.channel_id} and external_id = any(${events.map((e) => e.mid)}::text[])`.execute(
    q,
  );
  return new Map(rows.map(({ mid, sent_at, ...one }) => [mid, { ...one, at: sent_at.getTime() }]));
}

const LONGEST_WAIT_MS = 5_000;

/** Waits until the deliveries that are here already have been worked off. Gives whether there were any. */
async function workedOff(deps: Pick<Deps, "db">): Promise<boolean> {
  const { rows } = await sql<{ last: number | null }>`
    select max(id) as last from delivery where state = 'pending'`.execute(deps.db);
  const last = rows[0]!.last;
  if (last === null) return false;
  const deadline = Date.now() + LONGEST_WAIT_MS;
  for (;;) {
    const { rows: waiting } = await sql`
      select 1 from delivery where state = 'pending' and id <= ${last} limit 1`.execute(deps.db);
    if (waiting.length === 0 || Date.now() > deadline) return true;
    await pause(25);
  }
}

/** Into the loss report, by Meta's hour of each. What was written before the channel was connected was not lost; Graph tells whole seconds. */
async function countLost(tx: Tx, run: Run, inserted: readonly InsertedMessage[]): Promise<void> {
  const connectedAt = Math.floor(run.connected_at.getTime() / 1000) * 1000;
  const lost = inserted.filter((m) => m.at >= connectedAt);
  if (lost.length === 0) return;
  await sql`
    insert into intake (workspace_id, channel_id, hour, field, recovered)
    select ${run.workspace_id}, ${run.channel_id}, date_trunc('hour', to_timestamp(i.at / 1000.0), 'UTC'), case when i.d = 'inbound' then 'message' else 'echo' end, count(*)
    from json_to_recordset(${JSON.stringify(lost.map((m) => ({ at: m.at, d: m.direction })))}::json) as i(at double precision, d text) group by 3, 4`.execute(
    tx,
  );
}

/** "3 messages recovered": one line for each conversation and run, growing while the run goes on. */
async function writeLine(
  tx: Tx,
  deps: Pick<Deps, "clock">,
  run: Run,
  contactId: string,
  inserted: readonly InsertedMessage[],
): Promise<void> {
  const dedup = `recovered:${run.id}:${contactId}`;
  const { rows } = await sql<{ data: { count: number; from: string; to: string } }>`
    select data from thread_event where workspace_id = ${run.workspace_id} and channel_id = ${run.channel_id} and dedup = ${dedup}`.execute(
    tx,
  );
  const before = rows[0]?.data;
  const times = [...inserted.map((m) => m.at), ...(before ? [Date.parse(before.from), Date.parse(before.to)] : [])];
  const written = await writeLines(tx, [
    {
      workspaceId: run.workspace_id,
      channelId: run.channel_id,
      contactExternalId: contactId,
      kind: "recovered",
      at: deps.clock(),
      deliveryId: null,
      text: null,
      data: {
        count: inserted.length + (before?.count ?? 0),
        from: new Date(Math.min(...times)).toISOString(),
        to: new Date(Math.max(...times)).toISOString(),
      },
      dedup,
    },
  ]);
  await writeEvents(
    tx,
    written.flatMap((w) => w.event ?? []),
  );
}
