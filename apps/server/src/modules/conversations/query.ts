import type { ConversationCounts, ConversationQuery } from "@firstline/contracts";
import { type RawBuilder, sql } from "kysely";
import type { Q } from "../../platform/db/pool.ts";
import { decodeCursor } from "../../platform/http/cursor.ts";
import { templatesAllowed } from "../channels/index.ts";
import { guestSince } from "../contacts/index.ts";
import { appName } from "./app-name.ts";
import type { ConversationRow } from "./present.ts";
import { BY_END, type EndPosition, endingSoon, noOpenWindow, openWindows, windowEnd } from "./window-end.ts";

export interface ListContext {
  memberId: string | null;
  now: number;
  /** Whether an ad keeps the reply window open for seven days (META_AD_WINDOW_7_DAYS). */
  adWindow: boolean;
}

/** A click alone opens nothing: only what the customer wrote with it or after it. A later source of another kind hides it. */
const adMessageAt = sql`case when c.referral->>'source' = 'ADS' and to_timestamp((c.referral->>'at')::float8 / 1000) <= v.last_inbound_at then to_timestamp((c.referral->>'at')::float8 / 1000) end`;
const SELECT = sql`
  select v.id, v.channel_id, v.status, v.assignee_id, v.unread_count, v.trouble_count, v.last_message_at, v.qualifying_at, v.window_corrected_at, v.private_reply_at, ${adMessageAt} as ad_message_at, v.held_by, v.control_requested_at, case when v.held_by->>'name' is null then ${appName("h.apps", "v.held_by->>'appId'")} end as held_app_name,
    h.platform, h.state as channel_state, h.human_agent_refused_at, ${templatesAllowed} as templates_allowed,
    c.id as contact_id, c.external_id as contact_external_id, c.own_name, c.meta_name, c.username, c.name_reason, c.picture_key, c.cannot_receive_since, c.is_guest, c.guest_ended_at, ${guestSince} as guest_since,
    m.id as lm_id, m.direction as lm_direction, m.kind as lm_kind, left(m.text, 160) as lm_text,
    case when m.kind in ('image', 'video', 'audio', 'file') then (select count(*)::int from attachment a where a.workspace_id = m.workspace_id and a.message_id = m.id and a.kind = m.kind) else 0 end as lm_attachments, m.source_kind as lm_source_kind, m.source_app_id as lm_source_app_id,
    coalesce(m.source_name, case when m.source_kind = 'other_app' then ${appName("h.apps", "m.source_app_id")} end) as lm_source_name, m.member_id as lm_member_id, m.state as lm_state, m.sent_at as lm_sent_at`;
const JOINS = sql`
  join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id
  join channel h on h.workspace_id = v.workspace_id and h.id = v.channel_id
  left join message m on m.workspace_id = v.workspace_id and m.id = v.last_message_id`;

export async function conversationsById(q: Q, workspaceId: string, ids: readonly string[]): Promise<ConversationRow[]> {
  if (ids.length === 0) return [];
  const { rows } =
    await sql<ConversationRow>`${SELECT} from conversation v ${JOINS} where v.workspace_id = ${workspaceId} and v.id = any(${ids}::uuid[])`.execute(
      q,
    );
  return rows;
}

/** Reads the rows that `where` leaves, in the order given. The page is cut before anything is joined: its order is an index's. */
async function read(q: Q, page: RawBuilder<unknown>, order: RawBuilder<unknown>): Promise<ConversationRow[]> {
  const { rows } = await sql<ConversationRow>`${SELECT} from ${page} v ${JOINS} order by ${order}`.execute(q);
  return rows;
}

const cut = (where: RawBuilder<unknown>[], order: RawBuilder<unknown>, limit: number) =>
  sql`(select v.* from conversation v where ${sql.join(where, sql` and `)} order by ${order} limit ${limit})`;

/**
 * The newest conversations that `where` leaves. The index of the newest is one per status, so a list of every status is merged
 * from both: an index of its own would be paid by every message.
 */
export function newest(where: RawBuilder<unknown>[], status: "open" | "resolved" | undefined, limit: number) {
  if (status) return cut(where, NEWEST, limit);
  const [open, resolved] = (["open", "resolved"] as const).map((one) =>
    cut([...where, sql`v.status = ${sql.lit(one)}`], NEWEST, limit),
  );
  return sql`(select v.* from (${open} union all ${resolved}) v order by ${NEWEST} limit ${limit})`;
}

export const NEWEST = sql`v.last_message_at desc, v.id desc`;

/** One page of the list. Gives one row more than `limit` when there is a next page. */
export async function listConversations(
  q: Q,
  workspaceId: string,
  query: ConversationQuery,
  context: ListContext,
): Promise<ConversationRow[]> {
  const where = filters(workspaceId, query, context);
  if (query.sort === "window") return byWindow(q, workspaceId, where, query, context);
  const after = decodeCursor(query.cursor, 2);
  return read(q, newest(after ? [...where, olderThan(after)] : where, query.status, query.limit + 1), NEWEST);
}

/** What holds for every row of a list, but for the text searched. */
export function filters(workspaceId: string, query: ConversationQuery, context: ListContext): RawBuilder<unknown>[] {
  const where: RawBuilder<unknown>[] = [sql`v.workspace_id = ${workspaceId}`];
  if (query.channelId) where.push(sql`v.channel_id = ${query.channelId}`);
  if (query.status) where.push(sql`v.status = ${query.status}`);
  if (query.assignee === "none") where.push(sql`v.assignee_id is null`);
  else if (query.assignee === "me")
    where.push(context.memberId ? sql`v.assignee_id = ${context.memberId}` : sql`false`);
  else if (query.assignee) where.push(sql`v.assignee_id = ${query.assignee}`);
  if (query.unread) where.push(sql`v.unread_count > 0`);
  if (query.needsLook) where.push(needsLook);
  if (query.endingSoon) where.push(endingSoon(sql`${workspaceId}`, context.now, context.adWindow));
  // Labels come with a later version; until a conversation can carry one, none matches.
  if (query.label) where.push(sql`false`);
  return where;
}

const needsLook = sql`(v.trouble_count > 0 or v.held_by is not null)`;
export const olderThan = (position: readonly (string | number)[]) =>
  sql`(v.last_message_at, v.id) < (${position[0]}::timestamptz, ${position[1]}::uuid)`;

/**
 * Open windows, the one that ends first on top; then everything else, newest first. Two walks along two indexes: one sort over
 * both would read every conversation there is.
 */
async function byWindow(
  q: Q,
  workspaceId: string,
  where: RawBuilder<unknown>[],
  query: ConversationQuery,
  context: ListContext,
): Promise<ConversationRow[]> {
  const after = decodeCursor(query.cursor, 3);
  const position: EndPosition | null = after && [after[0]!, after[1]!, after[2]!];
  const rest: RawBuilder<unknown>[] = [...where, noOpenWindow(context)];
  const wanted = query.limit + 1;
  let rows: ConversationRow[] = [];
  if (position?.[0] !== "infinity")
    rows = await read(q, openWindows(workspaceId, where, context, position, wanted), BY_END);
  else rest.push(olderThan([position[1], position[2]]));
  return rows.length === wanted
    ? rows
    : [...rows, ...(await read(q, newest(rest, query.status, wanted - rows.length), NEWEST))];
}

/** Where the next page of a list begins: after this row. */
export function positionAfter(
  row: ConversationRow,
  query: ConversationQuery,
  { now, adWindow }: ListContext,
): (string | number)[] {
  const newest = [row.last_message_at.toISOString(), row.id];
  if (query.sort !== "window") return newest;
  const end = windowEnd(row, adWindow);
  return [end !== null && end > now ? new Date(end).toISOString() : "infinity", ...newest];
}

/** Nobody counts further than this by eye, and counting a million rows would cost more than the list. */
export const MOST_COUNTED = 1_000;

export async function countConversations(
  q: Q,
  workspaceId: string,
  channelId: string | undefined,
  context: ListContext,
): Promise<ConversationCounts> {
  const mine = context.memberId ? sql`v.assignee_id = ${context.memberId}` : sql`false`;
  const upTo = (...more: RawBuilder<unknown>[]) => {
    const where = [sql`v.workspace_id = ${workspaceId} and v.status = 'open'`, ...more];
    if (channelId) where.push(sql`v.channel_id = ${channelId}`);
    return sql`(select count(*) from (select from conversation v where ${sql.join(where, sql` and `)} limit ${MOST_COUNTED}) n)`;
  };
  const { rows } = await sql<ConversationCounts>`
    select ${upTo(mine)} as mine, ${upTo(sql`v.assignee_id is null`)} as unassigned, ${upTo()} as "all", ${upTo(endingSoon(sql`${workspaceId}`, context.now, context.adWindow))} as "endingSoon",
      ${upTo(needsLook)} as "needsLook", least(${upTo(sql`v.unread_count > 0`, mine)} + ${upTo(sql`v.unread_count > 0 and v.assignee_id is null`)}, ${MOST_COUNTED}) as unread`.execute(
    q,
  );
  return rows[0]!;
}
