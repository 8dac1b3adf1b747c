import type { ConversationCounts, ConversationQuery } from "@firstline/contracts";
import { type RawBuilder, sql } from "kysely";
import type { Q } from "../../platform/db/pool.ts";
import { decodeCursor } from "../../platform/http/cursor.ts";
import type { ConversationRow } from "./present.ts";

const HOUR = 3_600_000;
/** “Ending soon”: the standard window closes within this time. */
export const ENDING_SOON_MS = 2 * HOUR;
const WINDOW_MS = 24 * HOUR;

const SELECT = sql`
  select v.id, v.channel_id, v.status, v.assignee_id, v.unread_count, v.trouble_count, v.last_message_at, v.qualifying_at, v.window_corrected_at, v.held_by,
    h.platform, h.state as channel_state, h.human_agent_refused_at,
    c.id as contact_id, c.external_id as contact_external_id, c.own_name, c.meta_name, c.username, c.name_reason, c.picture_key, c.cannot_receive_since, c.is_guest, c.guest_ended_at,
    m.id as lm_id, m.direction as lm_direction, m.kind as lm_kind, left(m.text, 160) as lm_text, m.source_kind as lm_source_kind, m.source_app_id as lm_source_app_id,
    m.source_name as lm_source_name, m.member_id as lm_member_id, m.state as lm_state, m.sent_at as lm_sent_at`;
const FROM = sql`
  from conversation v
  join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id
  join channel h on h.workspace_id = v.workspace_id and h.id = v.channel_id
  left join message m on m.workspace_id = v.workspace_id and m.id = v.last_message_id`;

export async function conversationsById(q: Q, workspaceId: string, ids: readonly string[]): Promise<ConversationRow[]> {
  if (ids.length === 0) return [];
  const { rows } =
    await sql<ConversationRow>`${SELECT} ${FROM} where v.workspace_id = ${workspaceId} and v.id = any(${ids}::uuid[])`.execute(
      q,
    );
  return rows;
}

/** One page of the list. Gives one row more than `limit` when there is a next page. */
export async function listConversations(
  q: Q,
  workspaceId: string,
  query: ConversationQuery,
  context: { memberId: string | null; now: number },
): Promise<ConversationRow[]> {
  const where = filters(workspaceId, query, context);
  const page = query.sort === "window" ? byWindow(query, context.now) : byNewest(query);
  const { rows } =
    await sql<ConversationRow>`${SELECT} ${FROM} where ${sql.join([...where, ...page.where], sql` and `)} order by ${page.order} limit ${query.limit + 1}`.execute(
      q,
    );
  return rows;
}

function filters(
  workspaceId: string,
  query: ConversationQuery,
  context: { memberId: string | null; now: number },
): RawBuilder<unknown>[] {
  const where: RawBuilder<unknown>[] = [sql`v.workspace_id = ${workspaceId}`];
  if (query.channelId) where.push(sql`v.channel_id = ${query.channelId}`);
  if (query.status) where.push(sql`v.status = ${query.status}`);
  if (query.assignee === "none") where.push(sql`v.assignee_id is null`);
  else if (query.assignee === "me")
    where.push(context.memberId ? sql`v.assignee_id = ${context.memberId}` : sql`false`);
  else if (query.assignee) where.push(sql`v.assignee_id = ${query.assignee}`);
  if (query.unread) where.push(sql`v.unread_count > 0`);
  if (query.needsLook) where.push(sql`v.trouble_count > 0`);
  if (query.endingSoon) where.push(endingSoon(context.now));
  // Labels come with a later version; until a conversation can carry one, none matches.
  if (query.label) where.push(sql`false`);
  if (query.q) where.push(matches(query.q));
  return where;
}

const endingSoon = (now: number) =>
  sql`v.qualifying_at > ${new Date(now - WINDOW_MS)} and v.qualifying_at <= ${new Date(now - WINDOW_MS + ENDING_SOON_MS)}`;

function matches(text: string): RawBuilder<unknown> {
  const like = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  return sql`(c.own_name ilike ${like} or c.meta_name ilike ${like} or c.username ilike ${like} or c.external_id = ${text}
    or exists (select 1 from message s where s.workspace_id = v.workspace_id and s.conversation_id = v.id and s.text ilike ${like}))`;
}

function byNewest(query: ConversationQuery) {
  const after = decodeCursor(query.cursor, 2);
  return {
    where: after ? [sql`(v.last_message_at, v.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`] : [],
    order: sql`v.last_message_at desc, v.id desc`,
  };
}

/** Open windows, the one that ends first on top; then everything else, newest first. */
function byWindow(query: ConversationQuery, now: number) {
  const ends = sql`case when v.qualifying_at > ${new Date(now - WINDOW_MS)} then v.qualifying_at else 'infinity' end`;
  const after = decodeCursor(query.cursor, 3);
  return {
    where: after
      ? [
          sql`(${ends} > ${after[0]}::timestamptz or (${ends} = ${after[0]}::timestamptz and (v.last_message_at, v.id) < (${after[1]}::timestamptz, ${after[2]}::uuid)))`,
        ]
      : [],
    order: sql`${ends}, v.last_message_at desc, v.id desc`,
  };
}

/** Where the next page of a list begins: after this row. */
export function positionAfter(row: ConversationRow, query: ConversationQuery, now: number): (string | number)[] {
  const newest = [row.last_message_at.toISOString(), row.id];
  if (query.sort !== "window") return newest;
  const open = row.qualifying_at !== null && row.qualifying_at.getTime() > now - WINDOW_MS;
  return [open ? row.qualifying_at!.toISOString() : "infinity", ...newest];
}

export async function countConversations(
  q: Q,
  workspaceId: string,
  channelId: string | undefined,
  context: { memberId: string | null; now: number },
): Promise<ConversationCounts> {
  const mine = context.memberId ? sql`v.assignee_id = ${context.memberId}` : sql`false`;
  const { rows } = await sql<ConversationCounts>`
    select count(*) filter (where ${mine}) as mine, count(*) filter (where v.assignee_id is null) as unassigned, count(*) as "all",
      count(*) filter (where ${endingSoon(context.now)}) as "endingSoon", count(*) filter (where v.trouble_count > 0) as "needsLook",
      count(*) filter (where v.unread_count > 0 and (${mine} or v.assignee_id is null)) as unread
    from conversation v where v.workspace_id = ${workspaceId} and v.status = 'open' ${channelId ? sql`and v.channel_id = ${channelId}` : sql``}`.execute(
    q,
  );
  return rows[0]!;
}
