import { type RawBuilder, sql } from "kysely";
import type { Platform } from "../../../adapters/channel.ts";
import type { Tx } from "../../../platform/db/pool.ts";
import type { Folded, FoldedEffect, FoldedMessage, FoldedThread, Route } from "./fold.ts";

/**
 * The statements of receiving. Each takes a whole batch as one JSON parameter, so their number does not grow with the batch.
 * Times travel as milliseconds. Look-ups by unique key are `lateral … limit 1`: that leaves the planner nothing but the index,
 * also while a young table has no statistics (measured: 150 ms a batch of 500 without, 6 ms with it).
 */
const rows = (data: object[]): RawBuilder<unknown> => sql`${JSON.stringify(data)}::json`;
const time = (column: string) => sql.raw(`to_timestamp(${column} / 1000.0)`);

export async function routesOf(
  tx: Tx,
  accounts: { platform: Platform; accountId: string }[],
): Promise<(Route & { platform: Platform; accountId: string })[]> {
  const { rows: found } = await sql<Route & { platform: Platform; accountId: string }>`
    select r.workspace_id as "workspaceId", r.channel_id as "channelId", r.platform, r.external_id as "accountId"
    from json_to_recordset(${rows(accounts)}) as i(platform text, "accountId" text)
    join channel_route r on r.platform = i.platform and r.external_id = i."accountId"`.execute(tx);
  return found;
}

/** One writer per thread at a time, in one fixed order: no deadlock between workers, and nothing slips between a look and a write. */
export async function lockThreads(tx: Tx, threads: FoldedThread[]): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(k) from (
      select distinct hashtextextended(c || p, 7) as k from json_to_recordset(${rows(threads.map((t) => ({ c: t.channelId, p: t.contactId })))}) as i(c text, p text) order by 1
    ) s`.execute(tx);
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
    left join lateral (select id from conversation where workspace_id = i.w and channel_id = i.ch and contact_id = c.id limit 1) v on true`.execute(
    tx,
  );
  const ids: ThreadIds[] = threads.map(() => ({ contactId: null, conversationId: null, askAgain: false }));
  for (const f of found) ids[f.n] = { contactId: f.c, conversationId: f.v, askAgain: f.ask === true };
  return ids;
}

export async function insertContacts(tx: Tx, threads: FoldedThread[]): Promise<string[]> {
  const { rows: made } = await sql<{ id: string; ch: string; p: string }>`
    insert into contact (workspace_id, channel_id, external_id, is_guest, name_reason, referral)
    select i.w, i.ch, i.p, i.g or coalesce(g.is_guest, false), case when i.g or g.is_guest then 'guest' else 'pending' end, g.referral
    from json_to_recordset(${rows(threads.map((t) => ({ w: t.workspaceId, ch: t.channelId, p: t.contactId, g: t.isGuest })))}) as i(w uuid, ch uuid, p text, g boolean)
    left join thread_mark g on g.workspace_id = i.w and g.channel_id = i.ch and g.contact_external_id = i.p
    on conflict (workspace_id, channel_id, external_id) do update set external_id = excluded.external_id
    returning id, channel_id as ch, external_id as p`.execute(tx);
  const byKey = new Map(made.map((m) => [`${m.ch}|${m.p}`, m.id]));
  return threads.map((t) => byKey.get(`${t.channelId}|${t.contactId}`)!);
}

export async function insertConversations(
  tx: Tx,
  threads: (FoldedThread & { contactRow: string })[],
): Promise<string[]> {
  const { rows: made } = await sql<{ id: string; c: string }>`
    with i as (select * from json_to_recordset(${rows(threads.map((t) => ({ w: t.workspaceId, ch: t.channelId, p: t.contactId, c: t.contactRow, at: t.newestAt })))}) as i(w uuid, ch uuid, p text, c uuid, at double precision)),
    gone as (delete from thread_mark m using i where m.workspace_id = i.w and m.channel_id = i.ch and m.contact_external_id = i.p returning m.*)
    insert into conversation (workspace_id, channel_id, contact_id, last_message_at, qualifying_at, delivered_watermark, read_watermark)
    select i.w, i.ch, i.c, ${time("i.at")}, g.qualifying_at, g.delivered_watermark, g.read_watermark
    from i left join gone g on g.workspace_id = i.w and g.channel_id = i.ch and g.contact_external_id = i.p
    on conflict (workspace_id, channel_id, contact_id) do update set contact_id = excluded.contact_id
    returning id, contact_id as c`.execute(tx);
  const byContact = new Map(made.map((m) => [m.c, m.id]));
  return threads.map((t) => byContact.get(t.contactRow)!);
}

export interface Touched {
  id: string;
  workspaceId: string;
  conversationId: string;
}

/** Echoes of our own messages: found by our id in `metadata`, else by the id the Send API answered. Gives the mids that were ours. */
export async function settleOwnEchoes(tx: Tx, messages: FoldedMessage[]): Promise<(Touched & { key: string })[]> {
  const { rows: settled } = await sql<Touched & { key: string }>`
    with i as (select * from json_to_recordset(${rows(messages.map((m) => ({ w: m.workspaceId, ch: m.channelId, mid: m.mid, own: m.ownId, at: m.sentAt })))}) as i(w uuid, ch uuid, mid text, own uuid, at double precision)),
    found as (
      select i.*, coalesce(a.id, b.id) as id from i
      left join message a on a.workspace_id = i.w and a.id = i.own and a.channel_id = i.ch and a.client_id is not null
      left join message b on b.workspace_id = i.w and b.channel_id = i.ch and b.external_id = i.mid and b.client_id is not null)
    update message m set external_id = coalesce(m.external_id, f.mid), sent_at = ${time("f.at")},
      state = case when m.state in ('delivered', 'read') then m.state else 'sent' end, failure = null, next_attempt_at = null
    from found f where m.workspace_id = f.w and m.id = f.id
    returning m.id, m.workspace_id as "workspaceId", m.conversation_id as "conversationId", m.channel_id || '|' || f.mid as key`.execute(
    tx,
  );
  return settled;
}

export async function insertMessages(
  tx: Tx,
  messages: (FoldedMessage & { conversationId: string })[],
): Promise<(Touched & { key: string; direction: FoldedMessage["direction"] })[]> {
  const input = messages.map((m) => ({
    w: m.workspaceId,
    v: m.conversationId,
    ch: m.channelId,
    mid: m.mid,
    d: m.direction,
    k: m.kind,
    t: m.text,
    p: m.payload,
    sk: m.sourceKind,
    sa: m.appId,
    sn: m.sourceName,
    at: m.sentAt,
    ar: m.arrivedAt,
    di: m.deliveryId,
    ic: m.incomplete,
    sb: m.standby,
    rt: m.replyTo,
  }));
  const { rows: inserted } = await sql<Touched & { key: string; direction: FoldedMessage["direction"] }>`
    insert into message (workspace_id, conversation_id, channel_id, external_id, direction, kind, text, payload, source_kind, source_app_id, source_name, state, sent_at, arrived_at, delivery_id, incomplete, standby, reply_to)
    select i.w, i.v, i.ch, i.mid, i.d, i.k, i.t, i.p, i.sk, i.sa, i.sn, case when i.d = 'inbound' then 'received' else 'sent' end, ${time("i.at")}, ${time("i.ar")}, i.di, i.ic, i.sb, i.rt
    from json_to_recordset(${rows(input)}) as i(w uuid, v uuid, ch uuid, mid text, d text, k text, t text, p text, sk text, sa text, sn text, at double precision, ar double precision, di bigint, ic boolean, sb boolean, rt text)
    on conflict (workspace_id, channel_id, external_id) do nothing
    returning id, workspace_id as "workspaceId", conversation_id as "conversationId", channel_id || '|' || external_id as key, direction`.execute(
    tx,
  );
  return inserted;
}

export async function insertAttachments(
  tx: Tx,
  messages: (FoldedMessage & { id: string; conversationId: string })[],
): Promise<{ workspaceId: string; id: string; state: string }[]> {
  const input = messages.flatMap((m) =>
    m.attachments.map((a, n) => ({
      w: m.workspaceId,
      v: m.conversationId,
      m: m.id,
      n,
      k: a.kind,
      mt: a.type,
      u: a.url,
      ti: a.title,
      l: a.link,
    })),
  );
  if (input.length === 0) return [];
  const { rows: made } = await sql<{ workspaceId: string; id: string; state: string }>`
    insert into attachment (workspace_id, conversation_id, message_id, position, kind, meta_type, remote_url, title, link, state)
    select i.w, i.v, i.m, i.n, i.k, i.mt, i.u, i.ti, i.l, case when i.u is null then 'none' else 'pending' end
    from json_to_recordset(${rows(input)}) as i(w uuid, v uuid, m uuid, n smallint, k text, mt text, u text, ti text, l text)
    returning workspace_id as "workspaceId", id, state`.execute(tx);
  return made;
}

export async function upsertEffects(tx: Tx, effects: FoldedEffect[]): Promise<void> {
  const input = effects.map((e) => ({
    w: e.workspaceId,
    ch: e.channelId,
    mid: e.mid,
    k: e.kind,
    a: e.actor,
    at: e.at,
    ed: e.edition,
    v: e.value,
  }));
  await sql`
    insert into message_effect as e (workspace_id, channel_id, external_id, kind, actor, at, edition, value)
    select i.w, i.ch, i.mid, i.k, i.a, ${time("i.at")}, i.ed, i.v
    from json_to_recordset(${rows(input)}) as i(w uuid, ch uuid, mid text, k text, a text, at double precision, ed int, v text)
    order by 1, 2, 3, 4, 5
    on conflict (workspace_id, channel_id, external_id, kind, actor) do update set at = excluded.at, edition = excluded.edition, value = excluded.value
    where (excluded.edition, excluded.at, coalesce(excluded.value, '') collate "C") > (e.edition, e.at, coalesce(e.value, '') collate "C")`.execute(
    tx,
  );
}

/** Makes the messages show their effects, whichever of the two came first. */
export async function showEffects(
  tx: Tx,
  keys: { workspaceId: string; channelId: string; mid: string }[],
): Promise<(Touched & { unsent: boolean; seenAt: Date | null })[]> {
  const { rows: changed } = await sql<Touched & { unsent: boolean; seenAt: Date | null }>`
    with k as (select distinct * from json_to_recordset(${rows(keys.map((k) => ({ w: k.workspaceId, ch: k.channelId, mid: k.mid })))}) as i(w uuid, ch uuid, mid text)),
    e as (
      select e.workspace_id as w, e.channel_id as ch, e.external_id as mid,
        coalesce(jsonb_agg(jsonb_build_object('by', e.actor, 'emoji', e.value) order by e.actor) filter (where e.kind = 'reaction' and e.value is not null), '[]') as reactions,
        max(e.value) filter (where e.kind = 'edit') as edited_text, max(e.at) filter (where e.kind = 'edit') as edited_at, max(e.edition) filter (where e.kind = 'edit') as edition,
        max(e.at) filter (where e.kind = 'unsend') as unsent_at, bool_or(e.kind = 'seen') as seen
      from k join message_effect e on e.workspace_id = k.w and e.channel_id = k.ch and e.external_id = k.mid group by 1, 2, 3)
    update message m set reactions = e.reactions, edited_at = e.edited_at, edition = coalesce(e.edition, 0), deleted_at = e.unsent_at,
      text = case when e.unsent_at is not null then null when e.edited_at is not null then e.edited_text else m.text end,
      payload = case when e.unsent_at is not null then null else m.payload end,
      kind = case when e.unsent_at is not null then 'deleted' else m.kind end
    from e where m.workspace_id = e.w and m.channel_id = e.ch and m.external_id = e.mid
    returning m.id, m.workspace_id as "workspaceId", m.conversation_id as "conversationId", m.deleted_at is not null as unsent, case when e.seen and m.direction = 'outbound' then m.sent_at end as "seenAt"`.execute(
    tx,
  );
  return changed;
}

/** Content taken back by its author is not kept: the rows stay as a trace, without address. Gives the stored files to remove. */
export async function forgetAttachments(tx: Tx, messages: Touched[]): Promise<string[]> {
  const { rows: gone } = await sql<{ key: string | null }>`
    with i as (select * from json_to_recordset(${rows(messages.map((m) => ({ w: m.workspaceId, m: m.id })))}) as i(w uuid, m uuid)),
    old as (select a.workspace_id, a.id, a.blob_key from attachment a join i on a.workspace_id = i.w and a.message_id = i.m)
    update attachment a set state = 'none', remote_url = null, blob_key = null, title = null, link = null, name = null
    from old where a.workspace_id = old.workspace_id and a.id = old.id returning old.blob_key as key`.execute(tx);
  return gone.flatMap((g) => g.key ?? []);
}

export async function upsertThreadMarks(tx: Tx, threads: FoldedThread[]): Promise<void> {
  const input = threads.map((t) => ({
    w: t.workspaceId,
    ch: t.channelId,
    p: t.contactId,
    q: t.qualifyingAt,
    d: t.deliveredAt,
    r: t.readAt,
    g: t.isGuest,
    f: t.referral,
  }));
  await sql`
    insert into thread_mark as t (workspace_id, channel_id, contact_external_id, qualifying_at, delivered_watermark, read_watermark, is_guest, referral)
    select i.w, i.ch, i.p, ${time("i.q")}, ${time("i.d")}, ${time("i.r")}, i.g, i.f
    from json_to_recordset(${rows(input)}) as i(w uuid, ch uuid, p text, q double precision, d double precision, r double precision, g boolean, f jsonb)
    on conflict (workspace_id, channel_id, contact_external_id) do update set qualifying_at = greatest(t.qualifying_at, excluded.qualifying_at),
      delivered_watermark = greatest(t.delivered_watermark, excluded.delivered_watermark), read_watermark = greatest(t.read_watermark, excluded.read_watermark),
      is_guest = t.is_guest or excluded.is_guest, referral = ${laterReferral("t.referral", "excluded.referral")}`.execute(
    tx,
  );
}

/** The referral of the later time; of two at the same time, one fixed by its content, so that order never matters. */
const laterReferral = (a: string, b: string) =>
  sql.raw(
    `case when ${b} is null then ${a} when ${a} is null then ${b} when ${referralRank(b)} > ${referralRank(a)} then ${b} else ${a} end`,
  );
/** The order of `compareReferrals` in ./fold.ts. */
const referralRank = (r: string) =>
  `((${r}->>'at')::double precision, concat(${["ref", "source", "type", "adId", "adTitle", "isGuest"].map((k) => `${r}->>'${k}'`).join(", chr(1), ")}) collate "C")`;

export interface ThreadChange {
  workspaceId: string;
  conversationId: string;
  newInbound: number;
  newMessages: number;
  /** The newest of the messages just inserted. */
  newest: { id: string; sentAt: number } | null;
  settled: boolean;
  inboundAt: number | null;
  qualifyingAt: number | null;
  deliveredAt: number | null;
  readAt: number | null;
}

const newer = sql.raw(
  "i.l is not null and (v.last_message_id is null or (to_timestamp(i.la / 1000.0), i.l) > (v.last_message_at, v.last_message_id))",
);

interface ThreadKey {
  workspaceId: string;
  conversationId: string;
}

/** Carries messages and marks over to their conversations. Gives those that were resolved and are open again. */
export async function updateConversations(tx: Tx, changes: ThreadChange[]): Promise<ThreadKey[]> {
  const input = changes.map((c) => ({
    w: c.workspaceId,
    v: c.conversationId,
    n: c.newInbound,
    s: c.settled,
    l: c.newest?.id ?? null,
    la: c.newest?.sentAt ?? null,
    i: c.inboundAt,
    q: c.qualifyingAt,
    d: c.deliveredAt,
    r: c.readAt,
  }));
  const { rows: touched } = await sql<ThreadKey & { reopened: boolean }>`
    update conversation v set
      last_message_id = case when i.s then s.id when ${newer} then i.l else v.last_message_id end,
      last_message_at = case when i.s then s.sent_at when ${newer} then ${time("i.la")} else v.last_message_at end,
      unread_count = v.unread_count + i.n,
      status = case when i.n > 0 then 'open' else v.status end, resolved_at = case when i.n > 0 then null else v.resolved_at end,
      last_inbound_at = greatest(v.last_inbound_at, ${time("i.i")}), qualifying_at = greatest(v.qualifying_at, ${time("i.q")}),
      delivered_watermark = greatest(v.delivered_watermark, ${time("i.d")}), read_watermark = greatest(v.read_watermark, ${time("i.r")}),
      trouble_count = case when i.s then (select count(*) from message m where m.workspace_id = v.workspace_id and m.conversation_id = v.id and m.state in ('held', 'uncertain', 'failed')) else v.trouble_count end
    from json_to_recordset(${rows(input)}) as i(w uuid, v uuid, n int, s boolean, l uuid, la double precision, i double precision, q double precision, d double precision, r double precision)
    left join lateral (
      select m.id, m.sent_at from message m where i.s and m.workspace_id = i.w and m.conversation_id = i.v order by m.sent_at desc, m.id desc limit 1
    ) s on true
    where v.workspace_id = i.w and v.id = i.v
    returning v.workspace_id as "workspaceId", v.id as "conversationId", old.status = 'resolved' and new.status = 'open' as reopened`.execute(
    tx,
  );
  return touched.filter((t) => t.reopened);
}

/** The quiet line that says why a resolved conversation is back. Gives its ids. */
export async function noteReopened(tx: Tx, reopened: ThreadKey[]): Promise<(ThreadKey & { id: string })[]> {
  const { rows: lines } = await sql<ThreadKey & { id: string }>`
    insert into activity (workspace_id, conversation_id, kind, at)
    select i.w, i.v, 'reopened', date_trunc('milliseconds', clock_timestamp())
    from json_to_recordset(${rows(reopened.map((c) => ({ w: c.workspaceId, v: c.conversationId })))}) as i(w uuid, v uuid)
    returning id, workspace_id as "workspaceId", conversation_id as "conversationId"`.execute(tx);
  return lines;
}

/** Everything sent up to a watermark is delivered or read, whichever of message and receipt came first. */
export async function applyWatermarks(
  tx: Tx,
  conversations: { workspaceId: string; conversationId: string }[],
): Promise<Touched[]> {
  const { rows: changed } = await sql<Touched>`
    update message m set state = case when m.sent_at <= v.read_watermark then 'read' else 'delivered' end
    from json_to_recordset(${rows(conversations.map((c) => ({ w: c.workspaceId, v: c.conversationId })))}) as i(w uuid, v uuid)
    join conversation v on v.workspace_id = i.w and v.id = i.v
    where m.workspace_id = i.w and m.conversation_id = i.v and m.direction = 'outbound' and m.state in ('sent', 'delivered')
      and (m.sent_at <= v.read_watermark or (m.state = 'sent' and m.sent_at <= v.delivered_watermark))
    returning m.id, m.workspace_id as "workspaceId", m.conversation_id as "conversationId"`.execute(tx);
  return changed;
}

/** What the customer's action tells about the person. Gives the contacts that look different now. */
export async function updateContacts(
  tx: Tx,
  changes: {
    workspaceId: string;
    contactRow: string;
    inboundAt: number | null;
    isGuest: boolean;
    referral: FoldedThread["referral"];
  }[],
): Promise<Set<string>> {
  const input = changes.map((c) => ({
    w: c.workspaceId,
    c: c.contactRow,
    i: c.inboundAt,
    g: c.isGuest,
    r: c.referral,
  }));
  const { rows: changed } = await sql<{ id: string }>`
    update contact c set
      cannot_receive_since = case when c.cannot_receive_since <= ${time("i.i")} then null else c.cannot_receive_since end,
      is_guest = c.is_guest or i.g,
      referral = ${laterReferral("c.referral", "i.r")}, name_reason = case when i.g and c.name_reason = 'pending' then 'guest' else c.name_reason end
    from json_to_recordset(${rows(input)}) as i(w uuid, c uuid, i double precision, g boolean, r jsonb)
    where c.workspace_id = i.w and c.id = i.c
      and (c.cannot_receive_since <= ${time("i.i")} or (i.g and not c.is_guest) or i.r is not null)
    returning c.id`.execute(tx);
  return new Set(changed.map((r) => r.id));
}

/** A row another process holds is passed over: it is writing the same, and two that wait for each other's rows would block. */
export async function noteChannelEvents(tx: Tx, folded: Folded): Promise<void> {
  const input = [...folded.lastEventAt.values()].map((r) => ({ w: r.workspaceId, ch: r.channelId, at: r.at }));
  await sql`
    with free as (
      select c.workspace_id, c.id, i.at
      from json_to_recordset(${rows(input)}) as i(w uuid, ch uuid, at double precision)
      join channel c on c.workspace_id = i.w and c.id = i.ch
      where c.last_event_at is null or c.last_event_at < ${time("i.at - 1000")} for no key update of c skip locked)
    update channel c set last_event_at = ${time("f.at")} from free f where c.workspace_id = f.workspace_id and c.id = f.id`.execute(
    tx,
  );
}
