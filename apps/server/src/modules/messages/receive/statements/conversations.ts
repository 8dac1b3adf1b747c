import { sql } from "kysely";
import type { Tx } from "../../../../platform/db/pool.ts";
import { rows, type ThreadKey, type Touched, time } from "./input.ts";

export interface ThreadChange {
  workspaceId: string;
  conversationId: string;
  contactId: string;
  /** Messages of the customer that count as unread and open a resolved conversation. */
  newInbound: number;
  newOutbound: number;
  /** The newest of the messages just inserted. */
  newest: { id: string; sentAt: number } | null;
  settled: boolean;
  inboundAt: number | null;
  qualifyingAt: number | null;
  primaryAt: number | null;
  deliveredAt: number | null;
  readAt: number | null;
}

const newer = sql.raw(
  "i.l is not null and (v.last_message_id is null or (to_timestamp(i.la / 1000.0), i.l) > (v.last_message_at, v.last_message_id))",
);

/**
 * Carries messages and marks over to their conversations. Gives which were resolved and are open again, and of which something
 * is known about who holds them.
 */
export async function updateConversations(
  tx: Tx,
  changes: ThreadChange[],
): Promise<(ThreadKey & { reopened: boolean; controlled: boolean; held: boolean })[]> {
  const input = changes.map((c) => ({
    w: c.workspaceId,
    v: c.conversationId,
    p: c.contactId,
    n: c.newInbound,
    s: c.settled,
    l: c.newest?.id ?? null,
    la: c.newest?.sentAt ?? null,
    i: c.inboundAt,
    q: c.qualifyingAt,
    pr: c.primaryAt,
    d: c.deliveredAt,
    r: c.readAt,
  }));
  const { rows: touched } = await sql<ThreadKey & { reopened: boolean; controlled: boolean; held: boolean }>`
    update conversation v set
      last_message_id = case when i.s then s.id when ${newer} then i.l else v.last_message_id end,
      last_message_at = case when i.s then s.sent_at when ${newer} then ${time("i.la")} else v.last_message_at end,
      unread_count = v.unread_count + i.n,
      status = case when i.n > 0 then 'open' else v.status end, resolved_at = case when i.n > 0 then null else v.resolved_at end,
      last_inbound_at = greatest(v.last_inbound_at, ${time("i.i")}), qualifying_at = greatest(v.qualifying_at, ${time("i.q")}),
      primary_at = greatest(v.primary_at, ${time("i.pr")}),
      delivered_watermark = greatest(v.delivered_watermark, ${time("i.d")}), read_watermark = greatest(v.read_watermark, ${time("i.r")}),
      trouble_count = case when i.s then (select count(*) from message m where m.workspace_id = v.workspace_id and m.conversation_id = v.id and m.state in ('held', 'uncertain', 'failed')) else v.trouble_count end
    from json_to_recordset(${rows(input)}) as i(w uuid, v uuid, p text, n int, s boolean, l uuid, la double precision, i double precision, q double precision, pr double precision, d double precision, r double precision)
    left join lateral (
      select m.id, m.sent_at from message m where i.s and m.workspace_id = i.w and m.conversation_id = i.v order by m.sent_at desc, m.id desc limit 1
    ) s on true
    where v.workspace_id = i.w and v.id = i.v
    returning v.workspace_id as "workspaceId", v.id as "conversationId", old.status = 'resolved' and new.status = 'open' as reopened, v.held_by is not null as held,
      (select true from control_evidence e where e.workspace_id = v.workspace_id and e.channel_id = v.channel_id and e.contact_external_id = i.p limit 1) is not null as controlled`.execute(
    tx,
  );
  return touched;
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

/** Meta's time of the newest message that went out in each thread: what was recovered and is older has been answered. */
export async function newestOutbound(tx: Tx, conversations: ThreadKey[]): Promise<Map<string, number>> {
  const { rows: found } = await sql<{ v: string; at: Date }>`
    select i.v, o.sent_at as at
    from json_to_recordset(${rows(conversations.map((c) => ({ w: c.workspaceId, v: c.conversationId })))}) as i(w uuid, v uuid)
    cross join lateral (
      select sent_at from message where workspace_id = i.w and conversation_id = i.v and direction = 'outbound' and state in ('sent', 'delivered', 'read')
      order by sent_at desc, id desc limit 1) o`.execute(tx);
  return new Map(found.map((f) => [f.v, f.at.getTime()]));
}
