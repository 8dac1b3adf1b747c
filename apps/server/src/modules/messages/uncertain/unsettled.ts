import type { FaultCode, LookResult, UnsettledMessage } from "@firstline/core";
import { sql } from "kysely";
import type { Q, Tx } from "../../../platform/db/pool.ts";

/** A conversation with messages of unknown outcome that are to be looked up. */
export interface ToLookUp {
  workspaceId: string;
  conversationId: string;
  messageIds: string[];
}

/** Whoever claimed it and died: somebody else looks after this long. */
const LEASE_MS = 2 * 60_000;

/** Claims what is due, for one process alone. */
export async function claimDue(q: Q, now: number, limit: number): Promise<ToLookUp[]> {
  const { rows } = await sql<{ workspaceId: string; conversationId: string; id: string }>`
    with due as (
      select workspace_id, id from message where state = 'uncertain' and look_at <= ${new Date(now)}
      order by look_at limit ${limit} for update skip locked)
    update message m set look_at = ${new Date(now + LEASE_MS)} from due d where m.workspace_id = d.workspace_id and m.id = d.id
    returning m.workspace_id as "workspaceId", m.conversation_id as "conversationId", m.id`.execute(q);
  const found = new Map<string, ToLookUp>();
  for (const { id, ...thread } of rows) {
    const one = found.get(thread.conversationId) ?? { ...thread, messageIds: [] };
    one.messageIds.push(id);
    found.set(thread.conversationId, one);
  }
  return [...found.values()];
}

export interface Unsettled extends UnsettledMessage {
  /** `sent`: somebody knows that it arrived, which gave it no id. */
  state: "uncertain" | "sending" | "sent" | "delivered" | "read";
  sentAt: number;
}

const COLUMNS = sql`
  m.id, m.state, m.text, (extract(epoch from coalesce(m.called_at, m.sent_at)) * 1000)::float8 as "calledAt", (extract(epoch from m.sent_at) * 1000)::float8 as "sentAt",
  case when m.text is null or m.kind = 'template' then coalesce(
    (select json_agg(a.kind) from attachment a where a.workspace_id = m.workspace_id and a.message_id = m.id), json_build_array(m.kind)) else '[]' end as kinds`;
const NAMELESS = sql`m.direction = 'outbound' and m.client_id is not null and m.external_id is null`;

/** When the calls of these messages began, the first of them, ms; null: none of them is uncertain any more. */
export async function firstCall(q: Q, { workspaceId, messageIds }: ToLookUp): Promise<number | null> {
  const { rows } = await sql<{ at: number | null }>`
    select min(extract(epoch from coalesce(called_at, sent_at)) * 1000)::float8 as at from message
    where workspace_id = ${workspaceId} and id = any(${messageIds}::uuid[]) and state = 'uncertain'`.execute(q);
  return rows[0]!.at;
}

/**
 * Every message of the thread whose id at Meta is unknown, locked: those on their way and those known to have arrived too, for they
 * may be what the record holds. Of the latter only what was written since `since` (ms).
 */
export async function unsettledOf(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  since: number,
): Promise<Unsettled[]> {
  const { rows } = await sql<Unsettled>`
    select ${COLUMNS} from message m where m.workspace_id = ${workspaceId} and m.conversation_id = ${conversationId} and ${NAMELESS}
      and (m.state = 'uncertain' or m.state = 'sending' and m.called_at is not null or m.state in ('sent', 'delivered', 'read') and m.sent_at >= ${new Date(since)}) for update of m`.execute(
    tx,
  );
  return rows;
}

/** Which of these ids of Meta's belong to another message: one of ours that is settled, or one another app is known to have sent. */
export async function takenIds(
  tx: Tx,
  key: { workspaceId: string; channelId: string; ownAppId: string | null },
  mids: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ mid: string }>`
    select external_id as mid from message where workspace_id = ${key.workspaceId} and channel_id = ${key.channelId} and external_id = any(${mids}::text[])
      and (client_id is not null or source_app_id is distinct from ${key.ownAppId} and source_app_id is not null)`.execute(
    tx,
  );
  return new Set(rows.map((r) => r.mid));
}

/** Keeps what a look has shown, unless the message was settled meanwhile. */
export async function noteLook(
  tx: Tx,
  workspaceId: string,
  id: string,
  look: { at: number; result: LookResult; fault: FaultCode | null; nextAt: number | null },
): Promise<void> {
  const looked = { at: new Date(look.at).toISOString(), result: look.result, fault: look.fault };
  await sql`
    update message set looks = looks + 1, looked = ${JSON.stringify(looked)}::jsonb, look_at = ${look.nextAt === null ? null : new Date(look.nextAt)}
    where workspace_id = ${workspaceId} and id = ${id} and state = 'uncertain'`.execute(tx);
}

/** Others read the record now: the look itself is put off. */
export async function putOff(q: Q, { workspaceId, messageIds }: ToLookUp, until: number): Promise<void> {
  await sql`update message set look_at = ${new Date(until)} where workspace_id = ${workspaceId} and id = any(${messageIds}::uuid[]) and state = 'uncertain'`.execute(
    q,
  );
}

/** The channel can be read again: what could not be looked up is looked up now. */
export async function lookAgain(q: Q, workspaceId: string, channelId: string, now: number): Promise<void> {
  await sql`
    update message set look_at = ${new Date(now)} where workspace_id = ${workspaceId} and channel_id = ${channelId} and state = 'uncertain'
      and looked->>'result' = 'unreadable'`.execute(q);
}
