import type { ControlEvidence } from "@firstline/core";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Tx } from "../../platform/db/pool.ts";
import { writeEvents } from "../../platform/outbox/index.ts";
import { refreshControl } from "./control-reading.ts";
import { lockThreads } from "./lock.ts";

/** Something that tells who holds a thread; what each kind means stands at `ControlEvidence` of core. Times are ms. */
export interface ControlNote extends Omit<ControlEvidence, "primaryAt"> {
  workspaceId: string;
  channelId: string;
  contactExternalId: string;
}

/**
 * Keeps what we did or learned of who holds a thread, reads it anew and tells the clients. Takes the lock of the threads:
 * nothing else of them may be locked before by the same transaction.
 */
export async function noteControl(
  tx: Tx,
  deps: Pick<Deps, "clock" | "config" | "jobs">,
  notes: readonly ControlNote[],
): Promise<void> {
  if (notes.length === 0) return;
  await lockThreads(tx, notes);
  await writeControlEvidence(tx, notes);
  const keys = JSON.stringify(notes.map((n) => ({ w: n.workspaceId, ch: n.channelId, p: n.contactExternalId })));
  const { rows: threads } = await sql<{ workspaceId: string; conversationId: string }>`
    select distinct v.workspace_id as "workspaceId", v.id as "conversationId"
    from json_to_recordset(${keys}::json) as i(w uuid, ch uuid, p text)
    join contact c on c.workspace_id = i.w and c.channel_id = i.ch and c.external_id = i.p
    join conversation v on v.workspace_id = i.w and v.contact_id = c.id`.execute(tx);
  await writeEvents(tx, await refreshControl(tx, deps, threads));
}

/** Keeps evidence, each once; the same told twice with more beside it keeps what is more. Gives which of them were new. */
export async function writeControlEvidence(tx: Tx, notes: readonly ControlNote[]): Promise<boolean[]> {
  const input = notes.map((n, i) => ({
    n: i,
    w: n.workspaceId,
    ch: n.channelId,
    p: n.contactExternalId,
    at: n.at,
    k: n.kind,
    h: n.holder,
    pr: n.previous,
    u: n.until,
    m: n.metadata,
  }));
  // One order of texts everywhere, whatever the database's own: the same evidence in any order stays the same.
  const greater = (column: string) => sql.raw(`greatest(e.${column} collate "C", excluded.${column} collate "C")`);
  const { rows } = await sql<{ key: string }>`
    insert into control_evidence as e (workspace_id, channel_id, contact_external_id, at, kind, holder, previous, until, metadata)
    select distinct on (i.w, i.ch, i.p, i.at, i.k, i.h) i.w, i.ch, i.p, to_timestamp(i.at / 1000.0), i.k, i.h, i.pr, to_timestamp(i.u / 1000.0), i.m
    from json_to_recordset(${JSON.stringify(input)}::json) as i(w uuid, ch uuid, p text, at double precision, k text, h text, pr text, u double precision, m text)
    order by i.w, i.ch, i.p, i.at, i.k, i.h, i.u desc nulls last
    on conflict (workspace_id, channel_id, contact_external_id, at, kind, holder) do update set
      previous = ${greater("previous")}, until = greatest(e.until, excluded.until), metadata = ${greater("metadata")}
    where (e.previous, e.until, e.metadata) is distinct from (${greater("previous")}, greatest(e.until, excluded.until), ${greater("metadata")})
    returning concat_ws('|', channel_id, contact_external_id, (extract(epoch from at) * 1000)::bigint, kind, holder) as key`.execute(
    tx,
  );
  const written = new Set(rows.map((r) => r.key));
  return notes.map((n) => written.delete([n.channelId, n.contactExternalId, n.at, n.kind, n.holder].join("|")));
}
