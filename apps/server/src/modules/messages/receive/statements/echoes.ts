import { sql } from "kysely";
import type { Tx } from "../../../../platform/db/pool.ts";
import type { FoldedMessage } from "../folded.ts";
import { rows, type Touched, time } from "./input.ts";

export interface SettledEcho extends Touched {
  key: string;
  /** It answers a comment. */
  privateReply: boolean;
  /** The echo said what was known already. */
  same: boolean;
  /** The same message stands here a second time, read back before anybody knew that it is ours. */
  doubled: boolean;
  /** No echo of this one: it had the id by its text alone, is another's and uncertain again. Told beside the settled one. */
  takenBack: boolean;
}

/**
 * Echoes of our own messages: found by our id in `metadata`, else by the id the Send API answered. Gives the mids that were
 * ours. What was read back knows whole seconds only: it never moves a message whose time Meta has told.
 */
export async function settleOwnEchoes(tx: Tx, messages: FoldedMessage[], now: number): Promise<SettledEcho[]> {
  const settled = await settleProven(tx, messages);
  const guessed = settled.filter((s) => s.takenBack);
  if (guessed.length === 0) return settled;
  for (const { workspaceId, id } of guessed) await takeBack(tx, workspaceId, [id], now);
  const again = new Set(guessed.map((g) => g.key));
  const proven = await settleProven(
    tx,
    messages.filter((m) => again.has(`${m.channelId}|${m.mid}`)),
  );
  return [...settled, ...proven];
}

async function settleProven(tx: Tx, messages: FoldedMessage[]): Promise<SettledEcho[]> {
  const { rows: settled } = await sql<SettledEcho>`
    with i as (select * from json_to_recordset(${rows(messages.map((m) => ({ w: m.workspaceId, ch: m.channelId, mid: m.mid, own: m.ownId, at: m.sentAt, rc: m.recovered })))}) as i(w uuid, ch uuid, mid text, own uuid, at double precision, rc boolean)),
    found as (
      select i.*, coalesce(a.id, b.id) as id, c.id is not null as doubled, case when a.id <> b.id then b.id end as guessed from i
      left join message a on a.workspace_id = i.w and a.id = i.own and a.channel_id = i.ch and a.client_id is not null
      left join message b on b.workspace_id = i.w and b.channel_id = i.ch and b.external_id = i.mid and b.client_id is not null
      left join message c on c.workspace_id = i.w and c.channel_id = i.ch and c.external_id = i.mid and c.client_id is null),
    settled as (
    update message m set external_id = coalesce(m.external_id, case when not f.doubled then f.mid end),
      sent_at = case when f.rc and m.state in ('sent', 'delivered', 'read') then m.sent_at else ${time("f.at")} end,
      state = case when m.state in ('delivered', 'read') then m.state else 'sent' end, failure = null, next_attempt_at = null
    from found f where m.workspace_id = f.w and m.id = f.id and f.guessed is null
    returning m.id, m.workspace_id as "workspaceId", m.conversation_id as "conversationId", m.channel_id || '|' || f.mid as key, f.doubled,
      old.state in ('sent', 'delivered', 'read') and old.external_id is not null and old.sent_at = new.sent_at as same, false as "takenBack", m.comment_id is not null as "privateReply")
    select * from settled union all
    select m.id, m.workspace_id, m.conversation_id, f.ch || '|' || f.mid, false, false, true, false from found f join message m on m.workspace_id = f.w and m.id = f.guessed`.execute(
    tx,
  );
  return settled;
}

/** Replies of ours that got an id of Meta's by their text, and it is proven to be another's: nobody knows of them again. */
export async function takeBack(tx: Tx, workspaceId: string, ids: readonly string[], now: number): Promise<void> {
  const failure = { fault: "outcome_unknown", code: null, subcode: null, traceId: null, raw: null };
  await sql`
    update message set external_id = null, sent_at = coalesce(called_at, sent_at), state = 'uncertain', failure = ${JSON.stringify(failure)}::jsonb, looks = 0, looked = null, look_at = ${new Date(now)}
    where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])`.execute(tx);
}

/** Two bubbles of one message become ours. Gives the stored files to remove. */
export async function joinDoubles(tx: Tx, doubles: (SettledEcho & { mid: string })[]): Promise<string[]> {
  const input = rows(doubles.map((d) => ({ w: d.workspaceId, m: d.id, mid: d.mid })));
  const { rows: gone } = await sql<{ key: string | null }>`
    with i as (select * from json_to_recordset(${input}) as i(w uuid, m uuid, mid text)),
    other as (
      delete from message x using i join message m on m.workspace_id = i.w and m.id = i.m
      where x.workspace_id = m.workspace_id and x.channel_id = m.channel_id and x.external_id = i.mid and x.client_id is null
      returning x.workspace_id, x.conversation_id, x.id, i.m as ours),
    last as (
      update conversation v set last_message_id = o.ours from other o
      where v.workspace_id = o.workspace_id and v.id = o.conversation_id and v.last_message_id = o.id),
    files as (delete from attachment a using other o where a.workspace_id = o.workspace_id and a.message_id = o.id returning a.blob_key)
    select o.id, f.blob_key as key from other o left join files f on true`.execute(tx);
  await sql`
    update message m set external_id = coalesce(m.external_id, i.mid) from json_to_recordset(${input}) as i(w uuid, m uuid, mid text)
    where m.workspace_id = i.w and m.id = i.m`.execute(tx);
  return gone.flatMap((g) => g.key ?? []);
}

/** A reply whose fate is unknown and a message read back are the same, where text and thread are and the times this close. */
const SAME_WITHIN_MS = 10 * 60_000;

/**
 * Messages of the Page's side, nobody's so far: one with the text of a reply whose outcome is unknown, or that somebody knows to
 * have arrived, is that reply, not a second bubble. The first of several like it takes the first. What was read back may also be one
 * on its way; an echo may not, for the answer that names it comes at any moment. A private reply waits in its lane while nobody knows.
 */
export async function settleByText(
  tx: Tx,
  messages: (FoldedMessage & { conversationId: string })[],
): Promise<(Touched & Pick<SettledEcho, "key" | "privateReply">)[]> {
  const input = messages.map((m) => ({
    w: m.workspaceId,
    v: m.conversationId,
    ch: m.channelId,
    mid: m.mid,
    t: m.text,
    at: m.sentAt,
    rc: m.recovered,
  }));
  const { rows: settled } = await sql<Touched & Pick<SettledEcho, "key" | "privateReply">>`
    with i as (
      select *, row_number() over (partition by v, t order by at, mid) as n
      from json_to_recordset(${rows(input)}) as i(w uuid, v uuid, ch uuid, mid text, t text, at double precision, rc boolean)
      where not exists (select from message x where x.workspace_id = i.w and x.channel_id = i.ch and x.external_id = i.mid)),
    waiting as (
      select m.workspace_id, m.id, m.conversation_id, m.text, coalesce(m.called_at, m.sent_at) as at, row_number() over (partition by m.conversation_id, m.text order by m.sent_at, m.id) as n
      from message m join (select w, v, min(at) as first, bool_or(rc) as rc from i group by 1, 2) t on m.workspace_id = t.w and m.conversation_id = t.v
      where m.direction = 'outbound' and m.client_id is not null and m.external_id is null
        and (m.state = 'uncertain' or m.state = 'queued' and m.comment_id is not null and m.called_at is not null or m.state = 'sending' and m.called_at is not null and t.rc or m.state in ('sent', 'delivered', 'read') and m.sent_at >= ${time("t.first")} - interval '1 hour'))
    update message m set external_id = i.mid, sent_at = ${time("i.at")}, state = case when m.state in ('delivered', 'read') then m.state else 'sent' end, failure = null, next_attempt_at = null
    from i join waiting u on u.workspace_id = i.w and u.conversation_id = i.v and u.text = i.t and u.n = i.n
      and abs(extract(epoch from u.at) * 1000 - i.at) <= ${SAME_WITHIN_MS}
    where m.workspace_id = u.workspace_id and m.id = u.id
    returning m.id, m.workspace_id as "workspaceId", m.conversation_id as "conversationId", i.ch || '|' || i.mid as key, m.comment_id is not null as "privateReply"`.execute(
    tx,
  );
  return settled;
}
