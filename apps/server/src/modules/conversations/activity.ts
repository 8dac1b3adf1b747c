import type { Activity } from "@firstline/contracts";
import { type RawBuilder, sql } from "kysely";
import type { Q } from "../../platform/db/pool.ts";
import type { CursorPart } from "../../platform/http/cursor.ts";
import { appName } from "./app-name.ts";
import type { ConversationRow } from "./present.ts";

export interface ActivityRow {
  id: string;
  conversation_id: string;
  kind: Activity["kind"];
  at: Date;
  member_id: string | null;
  target_member_id: string | null;
  text: string | null;
  data: Activity["data"];
}

/** Lines of `thread_event` that are shown in a thread; the others concern the channel. */
const SHOWN: readonly Activity["kind"][] = [
  "control_held",
  "control_returned",
  "control_requested",
  "recovered",
  "guest_ended",
  "optin",
  "account_linked",
  "account_unlinked",
  "label_added",
  "label_removed",
  "response_feedback",
  "lead_form_submitted",
];

// A token of an opt-in lets its holder write to the customer: it is kept, not shown.
const EVENT_DATA = sql`(t.data - 'token') || case when t.data ? 'appId' and t.data->>'appName' is null
  then jsonb_build_object('appName', (select ${appName("h.apps", "t.data->>'appId'")} from channel h where h.workspace_id = t.workspace_id and h.id = t.channel_id)) else '{}' end`;
const COMMENT_DATA = sql`jsonb_build_object('commentId', t.external_id, 'postId', t.post_id)`;

/** What stands in a thread beside messages has three sources: the team, Meta's events, and comments of the same person. */
const SOURCES: {
  table: RawBuilder<unknown>;
  columns: RawBuilder<unknown>;
  where: (of: Thread) => RawBuilder<unknown>;
  shown: RawBuilder<unknown>;
  conversation: RawBuilder<unknown>;
}[] = [
  {
    table: sql`activity t`,
    columns: sql`t.kind, t.at, t.member_id, t.target_member_id, t.text, '{}'::jsonb as data`,
    where: (of) => sql`t.conversation_id = ${of.id}`,
    shown: sql`true`,
    conversation: sql`select t.conversation_id as id`,
  },
  {
    table: sql`thread_event t`,
    columns: sql`t.kind, t.at, null::uuid as member_id, null::uuid as target_member_id, t.text, ${EVENT_DATA} as data`,
    where: (of) => sql`t.channel_id = ${of.channel_id} and t.contact_external_id = ${of.contact_external_id}`,
    shown: sql`t.kind = any(${SHOWN}::text[])`,
    conversation: conversationOf(sql`t.contact_external_id`),
  },
  {
    table: sql`comment t`,
    columns: sql`'comment' as kind, t.at, null::uuid as member_id, null::uuid as target_member_id, t.text, ${COMMENT_DATA} as data`,
    where: (of) =>
      sql`t.channel_id = ${of.channel_id} and (t.author_external_id = ${of.contact_external_id} or t.author_external_id = (select c.commented_as from conversation v join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id where v.workspace_id = t.workspace_id and v.id = ${of.id}))`,
    shown: sql`true`,
    conversation: conversationOf(sql`t.author_external_id`),
  },
];
type Thread = Pick<ConversationRow, "id" | "channel_id" | "contact_external_id">;

function conversationOf(contact: RawBuilder<unknown>) {
  return sql`select v.id from contact c join conversation v on v.workspace_id = c.workspace_id and v.contact_id = c.id
    where c.workspace_id = t.workspace_id and c.channel_id = t.channel_id and (c.external_id = ${contact} or c.commented_as = ${contact})`;
}

/** What happened beside messages, newest first. Gives one row more than `limit` when there is more. */
export async function listActivity(
  q: Q,
  workspaceId: string,
  of: Thread,
  after: CursorPart[] | null,
  limit: number,
): Promise<ActivityRow[]> {
  const older = after ? sql`and (t.at, t.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``;
  const parts = SOURCES.map(
    (s) => sql`(
      select t.id, ${of.id}::uuid as conversation_id, ${s.columns} from ${s.table} where t.workspace_id = ${workspaceId} and ${s.where(of)} and ${s.shown} ${older}
      order by t.at desc, t.id desc limit ${limit + 1})`,
  );
  const { rows } = await sql<ActivityRow>`${sql.join(parts, sql` union all `)} order by at desc, id desc limit ${
    limit + 1
  }`.execute(q);
  return rows;
}

export async function activitiesById(q: Q, workspaceId: string, ids: readonly string[]): Promise<ActivityRow[]> {
  if (ids.length === 0) return [];
  const parts = SOURCES.map(
    (s) => sql`
      select t.id, v.id as conversation_id, ${s.columns} from ${s.table} join lateral (${s.conversation}) v on true
      where t.workspace_id = ${workspaceId} and t.id = any(${ids}::uuid[]) and ${s.shown}`,
  );
  const { rows } = await sql<ActivityRow>`${sql.join(parts, sql` union all `)}`.execute(q);
  return rows;
}

export function presentActivity(row: ActivityRow, names: ReadonlyMap<string, string>): Activity {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    kind: row.kind,
    at: row.at.toISOString(),
    memberId: row.member_id,
    memberName: row.member_id ? (names.get(row.member_id) ?? null) : null,
    text: row.text,
    data: row.data,
    targetName: row.target_member_id ? (names.get(row.target_member_id) ?? null) : null,
  };
}
