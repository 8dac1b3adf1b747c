import { sql } from "kysely";
import type { Platform } from "../../../../adapters/channel.ts";
import type { Q, Tx } from "../../../../platform/db/pool.ts";
import type { FoldedThread, Route } from "../folded.ts";
import { laterReferral, rows, time } from "./input.ts";

export async function routesOf(
  q: Q,
  accounts: { platform: Platform; accountId: string }[],
): Promise<(Route & { platform: Platform; accountId: string })[]> {
  const { rows: found } = await sql<Route & { platform: Platform; accountId: string }>`
    select r.workspace_id as "workspaceId", r.channel_id as "channelId", r.platform, r.external_id as "accountId"
    from json_to_recordset(${rows(accounts)}) as i(platform text, "accountId" text)
    join channel_route r on r.platform = i.platform and r.external_id = i."accountId"`.execute(q);
  return found;
}

export interface ThreadIds {
  contactId: string | null;
  conversationId: string | null;
  /** The contact's profile is worth another read. */
  askAgain: boolean;
}

/** Without a name for a reason that a new message may have ended: consent is given by writing, the rest is asked once a day (O1). */
const ASK_AGAIN = sql.raw(`(name_reason = 'no_consent'
  or name_reason in ('unknown', 'no_access', 'permission_missing') and profile_read_at < now() - interval '1 day'
  or name_reason = 'pending' and created_at < now() - interval '1 hour')`);

export async function findThreads(tx: Tx, threads: FoldedThread[]): Promise<ThreadIds[]> {
  const { rows: found } = await sql<{ n: number; c: string | null; v: string | null; ask: boolean | null }>`
    select i.n, c.id as c, v.id as v, c.ask
    from json_to_recordset(${rows(threads.map((t, n) => ({ n, w: t.workspaceId, ch: t.channelId, p: t.contactId })))}) as i(n int, w uuid, ch uuid, p text)
    left join lateral (select id, ${ASK_AGAIN} as ask from contact where workspace_id = i.w and channel_id = i.ch and external_id = i.p limit 1) c on true
    left join lateral (select id from conversation where workspace_id = i.w and contact_id = c.id limit 1) v on true`.execute(
    tx,
  );
  const ids: ThreadIds[] = threads.map(() => ({ contactId: null, conversationId: null, askAgain: false }));
  for (const f of found) ids[f.n] = { contactId: f.c, conversationId: f.v, askAgain: f.ask === true };
  return ids;
}

export async function insertContacts(
  tx: Tx,
  threads: Pick<FoldedThread, "workspaceId" | "channelId" | "contactId" | "isGuest">[],
): Promise<string[]> {
  const { rows: made } = await sql<{ id: string; ch: string; p: string }>`
    insert into contact (workspace_id, channel_id, external_id, is_guest, guest_ended_at, name_reason, referral)
    select i.w, i.ch, i.p, i.g or coalesce(g.is_guest, false), g.guest_ended_at, case when i.g or g.is_guest then 'guest' else 'pending' end, g.referral
    from json_to_recordset(${rows(threads.map((t) => ({ w: t.workspaceId, ch: t.channelId, p: t.contactId, g: t.isGuest })))}) as i(w uuid, ch uuid, p text, g boolean)
    left join thread_mark g on g.workspace_id = i.w and g.channel_id = i.ch and g.contact_external_id = i.p
    on conflict (workspace_id, channel_id, external_id) do update set external_id = excluded.external_id
    returning id, channel_id as ch, external_id as p`.execute(tx);
  const byKey = new Map(made.map((m) => [`${m.ch}|${m.p}`, m.id]));
  return threads.map((t) => byKey.get(`${t.channelId}|${t.contactId}`)!);
}

export async function insertConversations(
  tx: Tx,
  threads: (Pick<FoldedThread, "workspaceId" | "channelId" | "contactId" | "newestAt"> & { contactRow: string })[],
): Promise<string[]> {
  const { rows: made } = await sql<{ id: string; c: string }>`
    with i as (select * from json_to_recordset(${rows(threads.map((t) => ({ w: t.workspaceId, ch: t.channelId, p: t.contactId, c: t.contactRow, at: t.newestAt })))}) as i(w uuid, ch uuid, p text, c uuid, at double precision)),
    gone as (delete from thread_mark m using i where m.workspace_id = i.w and m.channel_id = i.ch and m.contact_external_id = i.p returning m.*)
    insert into conversation (workspace_id, channel_id, contact_id, last_message_at, qualifying_at, primary_at, delivered_watermark, read_watermark)
    select i.w, i.ch, i.c, ${time("i.at")}, g.qualifying_at, g.primary_at, g.delivered_watermark, g.read_watermark
    from i left join gone g on g.workspace_id = i.w and g.channel_id = i.ch and g.contact_external_id = i.p
    on conflict (workspace_id, contact_id) do update set contact_id = excluded.contact_id
    returning id, contact_id as c`.execute(tx);
  const byContact = new Map(made.map((m) => [m.c, m.id]));
  return threads.map((t) => byContact.get(t.contactRow)!);
}

export async function upsertThreadMarks(tx: Tx, threads: FoldedThread[]): Promise<void> {
  const input = threads.map((t) => ({
    w: t.workspaceId,
    ch: t.channelId,
    p: t.contactId,
    q: t.qualifyingAt,
    pr: t.primaryAt,
    d: t.deliveredAt,
    r: t.readAt,
    g: t.isGuest,
    ge: t.guestEndedAt,
    f: t.referral,
  }));
  await sql`
    insert into thread_mark as t (workspace_id, channel_id, contact_external_id, qualifying_at, primary_at, delivered_watermark, read_watermark, is_guest, guest_ended_at, referral)
    select i.w, i.ch, i.p, ${time("i.q")}, ${time("i.pr")}, ${time("i.d")}, ${time("i.r")}, i.g, ${time("i.ge")}, i.f
    from json_to_recordset(${rows(input)}) as i(w uuid, ch uuid, p text, q double precision, pr double precision, d double precision, r double precision, g boolean, ge double precision, f jsonb)
    on conflict (workspace_id, channel_id, contact_external_id) do update set qualifying_at = greatest(t.qualifying_at, excluded.qualifying_at), primary_at = greatest(t.primary_at, excluded.primary_at),
      delivered_watermark = greatest(t.delivered_watermark, excluded.delivered_watermark), read_watermark = greatest(t.read_watermark, excluded.read_watermark),
      is_guest = t.is_guest or excluded.is_guest, guest_ended_at = least(t.guest_ended_at, excluded.guest_ended_at), referral = ${laterReferral("t.referral", "excluded.referral")}`.execute(
    tx,
  );
}
