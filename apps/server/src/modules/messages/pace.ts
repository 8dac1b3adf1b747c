import { costMs, LIMIT_WAITS_MS, type Pace, type PrivateReplyOutcome, paceOf, restMs, spend } from "@firstline/core";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Q, Tx } from "../../platform/db/pool.ts";
import type { GraphAnswer } from "../../platform/graph/client.ts";

interface Paced {
  workspace_id: string;
  channel_id: string;
  kind: string;
}

type PaceDeps = Pick<Deps, "clock" | "config" | "random">;

/** A template and a sticker are as light as a text. */
const MEDIA = ["image", "audio", "video", "file"];
const isMedia = (kind: string) => MEDIA.includes(kind);
const paces = ({ config }: Pick<Deps, "config">): Record<"text" | "media", Pace> => ({
  text: paceOf(config.meta.sendsPerSecond),
  media: paceOf(config.meta.filesPerSecond),
});

/** Under this key of `installation` stands until when no Page may send: `{until, at, strikes}`, times in ms. */
const APP_PAUSE = "send_pause";

/** Of messages `m` with their pace `p`: those whose Page and app may send now. As {@link takeTurns} counts. */
export function mayGo(deps: PaceDeps, now: Date) {
  const { text, media } = paces(deps);
  const cost = sql`(case when m.kind = any(${MEDIA}) then ${costMs(media, 0)}::float8 else ${costMs(text, 0)}::float8 end * power(2, least(p.strikes, 5)) * interval '1 ms')`;
  return sql`(p.paused_until is null or p.paused_until <= ${now})
    and (p.channel_id is null or case when m.kind = any(${MEDIA}) then p.media_at else p.text_at end <= clock_timestamp() - ${cost})
    and not exists (select from installation where key = ${APP_PAUSE} and (value::jsonb->>'until')::float8 > ${now.getTime()})`;
}

/**
 * Takes a turn for each message whose Page has one left, in the order given; the others stay where they are. The buckets are rows
 * that all processes share. Comes last in its transaction: whoever holds a bucket waits for nobody. `nextMs`: when Pages named have
 * their next turn.
 */
export async function takeTurns<T extends Paced>(
  tx: Tx,
  deps: PaceDeps,
  wanted: readonly T[],
): Promise<{ ready: (T & { slowed: boolean })[]; nextMs: number[] }> {
  if (wanted.length === 0) return { ready: [], nextMs: [] };
  const keys = JSON.stringify(
    [...new Map(wanted.map((m) => [m.channel_id, m])).values()].map((m) => ({ w: m.workspace_id, ch: m.channel_id })),
  );
  const input = sql`json_to_recordset(${keys}::json) as i(w uuid, ch uuid)`;
  await sql`insert into send_pace (workspace_id, channel_id) select w, ch from ${input} order by ch on conflict do nothing`.execute(
    tx,
  );
  const { rows } = await sql<Bucket>`
    select p.channel_id, ${ms("p.text_at")} as text, ${ms("p.media_at")} as media, p.strikes, ${ms("clock_timestamp()")} as now,
      p.strikes > 0 or exists (select from installation where key = ${APP_PAUSE}) as slowed
    from send_pace p join ${input} on p.workspace_id = i.w and p.channel_id = i.ch order by p.channel_id for update of p`.execute(
    tx,
  );
  const limits = paces(deps);
  const ready: (T & { slowed: boolean })[] = [];
  const nextMs: number[] = [];
  for (const row of rows)
    for (const kind of ["text", "media"] as const) {
      const own = wanted.filter((m) => m.channel_id === row.channel_id && isMedia(m.kind) === (kind === "media"));
      if (own.length === 0) continue;
      const spent = spend(row[kind], row.now, limits[kind], row.strikes, own.length);
      row[kind] = spent.at;
      ready.push(...own.slice(0, spent.granted).map((m) => ({ ...m, slowed: row.slowed })));
      nextMs.push(Math.ceil(spent.at + costMs(limits[kind], row.strikes) - row.now));
    }
  await sql`
    update send_pace p set text_at = to_timestamp(i.t / 1000), media_at = to_timestamp(i.m / 1000)
    from json_to_recordset(${JSON.stringify(rows.map((r) => ({ ch: r.channel_id, t: r.text, m: r.media })))}::json) as i(ch uuid, t float8, m float8)
    where p.channel_id = i.ch`.execute(tx);
  return { ready, nextMs };
}

/** Counts files of a message beyond the first, which are calls too: what follows on this channel waits so much longer. */
export async function charge(q: Q, deps: PaceDeps, m: Omit<Paced, "kind">, files: number): Promise<void> {
  const cost = sql`${costMs(paces(deps).media, 0)}::float8 * power(2, least(strikes, 5)) * interval '1 ms'`;
  await sql`
    update send_pace set media_at = greatest(media_at, clock_timestamp() - ${cost}) + ${files}::int * ${cost}
    where workspace_id = ${m.workspace_id} and channel_id = ${m.channel_id}`.execute(q);
}

/** Times are ms of the database's clock. */
interface Bucket {
  channel_id: string;
  text: number;
  media: number;
  strikes: number;
  now: number;
  slowed: boolean;
}

/** `-infinity` is no number for JavaScript: what was never spent was spent in 1970. */
const ms = (at: string) => sql.raw(`(extract(epoch from greatest(${at}, 'epoch')) * 1000)::float8`);

/**
 * Heeds what an answer tells of Meta's limits. A limit reached is one strike, however many sends in flight meet it; a send that was
 * taken after the rest takes one away. Stands alone: whoever settles the message holds its thread.
 */
export async function heed(
  q: Q,
  deps: PaceDeps,
  m: Paced & { slowed: boolean },
  startedAt: number,
  answer: GraphAnswer | null,
  outcome: PrivateReplyOutcome,
): Promise<void> {
  const now = deps.clock();
  const told = answer?.kind === "answer" ? answer : null;
  const wish = Math.max(restMs(told?.usage ?? null), (told?.retryAfterSeconds ?? 0) * 1000);
  if (outcome.kind === "slowed") {
    const spread = 0.75 + 0.5 * deps.random();
    const waits = LIMIT_WAITS_MS.map((wait) => Math.round(Math.max(wait * spread, wish)));
    await (outcome.scope === "app" ? strikeApp(q, now, startedAt, waits) : strikePage(q, m, now, startedAt, waits));
    return;
  }
  if (wish > 0)
    await sql`
      insert into send_pace as p (workspace_id, channel_id, paused_until) values (${m.workspace_id}, ${m.channel_id}, ${new Date(now + wish)})
      on conflict (workspace_id, channel_id) do update set paused_until = greatest(p.paused_until, excluded.paused_until)`.execute(
      q,
    );
  if (outcome.kind !== "sent" || !m.slowed) return;
  await sql`
    update send_pace set strikes = strikes - 1
    where workspace_id = ${m.workspace_id} and channel_id = ${m.channel_id} and strikes > 0 and slowed_at < ${new Date(startedAt)}`.execute(
    q,
  );
  await sql`delete from installation where key = ${APP_PAUSE} and (value::jsonb->>'until')::float8 <= ${startedAt}`.execute(
    q,
  );
}

async function strikePage(q: Q, m: Paced, now: number, startedAt: number, waits: readonly number[]): Promise<void> {
  const wait = (strikes: string) =>
    sql`(${waits}::float8[])[least(${sql.raw(strikes)}, ${waits.length})] * interval '1 ms'`;
  await sql`
    insert into send_pace as p (workspace_id, channel_id, strikes, slowed_at, paused_until)
    values (${m.workspace_id}, ${m.channel_id}, 1, ${new Date(now)}, ${new Date(now)}::timestamptz + ${wait("1")})
    on conflict (workspace_id, channel_id) do update set strikes = p.strikes + 1, slowed_at = excluded.slowed_at,
      paused_until = greatest(p.paused_until, ${new Date(now)}::timestamptz + ${wait("p.strikes + 1")})
    where p.slowed_at is null or p.slowed_at < ${new Date(startedAt)}`.execute(q);
}

async function strikeApp(q: Q, now: number, startedAt: number, waits: readonly number[]): Promise<void> {
  await sql`
    with next as (
      select coalesce((select (value::jsonb->>'strikes')::int from installation where key = ${APP_PAUSE}), 0) + 1 as strikes)
    insert into installation as i (key, value)
    select ${APP_PAUSE}, jsonb_build_object('strikes', strikes, 'at', ${now}::float8, 'until', ${now}::float8 + (${waits}::float8[])[least(strikes, ${waits.length})])::text from next
    on conflict (key) do update set value = excluded.value where (i.value::jsonb->>'at')::float8 < ${startedAt}`.execute(
    q,
  );
}
