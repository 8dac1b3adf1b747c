import { sql } from "kysely";
import type { Tx } from "../../platform/db/pool.ts";
import type { NewEvent } from "../../platform/outbox/index.ts";

/** A quiet line that Meta's events, or what we did with Meta, leave in a thread or on a channel (`thread_event`). */
export interface NewLine {
  workspaceId: string;
  channelId: string;
  /** null: it concerns the channel, no customer. */
  contactExternalId: string | null;
  kind: string;
  /** Meta's time, ms. */
  at: number;
  deliveryId: number | null;
  text: string | null;
  data: Record<string, string | number | null>;
  /** The same line again has the same; unique in the channel. */
  dedup: string;
}

/** The events of lines that stand in a conversation. A line before its conversation, or of a channel, has none yet. */
interface Written {
  dedup: string;
  event: NewEvent | null;
}

const inputOf = (lines: readonly NewLine[]) =>
  JSON.stringify(
    lines.map((l) => ({
      w: l.workspaceId,
      ch: l.channelId,
      p: l.contactExternalId,
      k: l.kind,
      at: l.at,
      di: l.deliveryId,
      t: l.text,
      d: l.data,
      dd: l.dedup,
    })),
  );

/** Writes lines, each once. Gives those that were new or say something else now. */
export async function writeLines(tx: Tx, lines: readonly NewLine[]): Promise<Written[]> {
  if (lines.length === 0) return [];
  const { rows } = await sql<{ id: string; w: string; ch: string; dedup: string; v: string | null }>`
    with made as (
      insert into thread_event as t (workspace_id, channel_id, contact_external_id, kind, at, delivery_id, text, data, dedup)
      select distinct on (i.ch, i.dd) i.w, i.ch, i.p, i.k, to_timestamp(i.at / 1000.0), i.di, i.t, i.d, i.dd
      from json_to_recordset(${inputOf(lines)}::json) as i(w uuid, ch uuid, p text, k text, at double precision, di bigint, t text, d jsonb, dd text)
      order by i.ch, i.dd
      on conflict (workspace_id, channel_id, dedup) do update set text = excluded.text, data = excluded.data
        where (t.text, t.data) is distinct from (excluded.text, excluded.data)
      returning id, workspace_id, channel_id, contact_external_id, dedup)
    select m.id, m.workspace_id as w, m.channel_id as ch, m.dedup, v.id as v from made m
    left join contact c on c.workspace_id = m.workspace_id and c.channel_id = m.channel_id and c.external_id = m.contact_external_id
    left join conversation v on v.workspace_id = c.workspace_id and v.contact_id = c.id`.execute(tx);
  return rows.map((r) => ({
    dedup: `${r.ch}|${r.dedup}`,
    event: r.v === null ? null : { workspaceId: r.w, type: "activity.created", conversationId: r.v, subjectId: r.id },
  }));
}

/** Makes the lines of some kinds in each thread, later than `from`, exactly these. Gives the events of what was not there. */
export async function replaceLines(
  tx: Tx,
  scopes: readonly {
    workspaceId: string;
    channelId: string;
    contactExternalId: string;
    kinds: readonly string[];
    from: number | null;
    lines: readonly NewLine[];
  }[],
): Promise<NewEvent[]> {
  if (scopes.length === 0) return [];
  const input = scopes.map((s) => ({
    w: s.workspaceId,
    ch: s.channelId,
    p: s.contactExternalId,
    k: s.kinds,
    f: s.from,
    keep: s.lines.map((l) => l.dedup),
  }));
  await sql`
    delete from thread_event t
    using json_to_recordset(${JSON.stringify(input)}::json) as i(w uuid, ch uuid, p text, k text[], f double precision, keep text[])
    where t.workspace_id = i.w and t.channel_id = i.ch and t.contact_external_id = i.p and t.kind = any(i.k)
      and (i.f is null or t.at > to_timestamp(i.f / 1000.0)) and t.dedup <> all(i.keep)`.execute(tx);
  const written = await writeLines(
    tx,
    scopes.flatMap((s) => s.lines),
  );
  return written.flatMap((w) => w.event ?? []);
}
