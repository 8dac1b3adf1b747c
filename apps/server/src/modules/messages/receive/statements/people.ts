import { sql } from "kysely";
import type { Tx } from "../../../../platform/db/pool.ts";
import type { Folded, FoldedThread, FoldedUserRef } from "../folded.ts";
import { laterReferral, rows, time } from "./input.ts";

/** What the customer's action tells about the person. Gives the contacts that look different now. */
export async function updateContacts(
  tx: Tx,
  changes: {
    workspaceId: string;
    contactRow: string;
    inboundAt: number | null;
    isGuest: boolean;
    guestEndedAt: number | null;
    referral: FoldedThread["referral"];
  }[],
): Promise<Set<string>> {
  const input = changes.map((c) => ({
    w: c.workspaceId,
    c: c.contactRow,
    i: c.inboundAt,
    g: c.isGuest,
    ge: c.guestEndedAt,
    r: c.referral,
  }));
  const { rows: changed } = await sql<{ id: string }>`
    update contact c set
      cannot_receive_since = case when c.cannot_receive_since <= ${time("i.i")} then null else c.cannot_receive_since end,
      is_guest = c.is_guest or i.g, guest_ended_at = least(c.guest_ended_at, ${time("i.ge")}),
      referral = ${laterReferral("c.referral", "i.r")}, name_reason = case when i.g and c.name_reason = 'pending' then 'guest' else c.name_reason end
    from json_to_recordset(${rows(input)}) as i(w uuid, c uuid, i double precision, g boolean, ge double precision, r jsonb)
    where c.workspace_id = i.w and c.id = i.c
      and (c.cannot_receive_since <= ${time("i.i")} or (i.g and not c.is_guest) or (i.ge is not null and (c.guest_ended_at is null or c.guest_ended_at > ${time("i.ge")})) or i.r is not null)
    returning c.id`.execute(tx);
  return new Set(changed.map((r) => r.id));
}

/**
 * Joins what is known by a reference of the checkbox plugin to the customer whose first message named it, whichever came first;
 * what the website gave along becomes a referral of the contact. Gives the contacts that look different now.
 *
 * A reference may lead to a customer whose thread another process has: with an order for each side the two would wait for each
 * other. So references come before contacts everywhere, and contacts are locked in one order, those of `people` with them.
 */
export async function joinUserRefs(
  tx: Tx,
  refs: FoldedUserRef[],
  people: readonly { workspaceId: string; contactRow: string }[],
): Promise<{ workspaceId: string; contactId: string }[]> {
  const input = refs.map((r) => ({
    w: r.workspaceId,
    ch: r.channelId,
    u: r.userRef,
    r: r.ref,
    at: r.at,
    p: r.contactId,
  }));
  await sql`
    insert into user_ref as u (workspace_id, channel_id, user_ref, ref, at, contact_external_id)
    select i.w, i.ch, i.u, i.r, ${time("i.at")}, i.p
    from json_to_recordset(${rows(input)}) as i(w uuid, ch uuid, u text, r text, at double precision, p text) order by 1, 2, 3
    on conflict (workspace_id, channel_id, user_ref) do update set at = greatest(u.at, excluded.at),
      ref = case when u.at is null or (excluded.at, coalesce(excluded.ref, '') collate "C") > (u.at, coalesce(u.ref, '') collate "C") then excluded.ref else u.ref end,
      contact_external_id = greatest(u.contact_external_id collate "C", excluded.contact_external_id collate "C")`.execute(
    tx,
  );
  // One lookup by key for each: joined, two tables the planner knows nothing of yet are read whole.
  const known = sql`json_to_recordset(${rows(input)}) as i(w uuid, ch uuid, u text)
    cross join lateral (select ref, at, contact_external_id from user_ref where workspace_id = i.w and channel_id = i.ch and user_ref = i.u limit 1) k
    cross join lateral (select workspace_id, id from contact where workspace_id = i.w and channel_id = i.ch and external_id = k.contact_external_id limit 1) p`;
  await sql`
    select 1 from (
      select p.workspace_id as w, p.id as c from ${known}
      union select i.w, i.c from json_to_recordset(${rows(people.map((one) => ({ w: one.workspaceId, c: one.contactRow })))}) as i(w uuid, c uuid)
      order by c) t
    cross join lateral (select 1 from contact where workspace_id = t.w and id = t.c for no key update) locked`.execute(
    tx,
  );
  const { rows: joined } = await sql<{ workspaceId: string; contactId: string }>`
    with given as (
      select p.workspace_id, p.id, jsonb_build_object('source', 'checkbox_plugin', 'type', null, 'ref', k.ref, 'adId', null,
        'adTitle', null, 'productId', null, 'isGuest', false, 'at', (extract(epoch from k.at) * 1000)::bigint) as referral
      from ${known} where k.ref is not null)
    update contact c set referral = ${laterReferral("c.referral", "g.referral")} from given g
    where c.workspace_id = g.workspace_id and c.id = g.id
    returning c.workspace_id as "workspaceId", c.id as "contactId"`.execute(tx);
  return joined;
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
