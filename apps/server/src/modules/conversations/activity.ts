import type { Activity } from "@firstline/contracts";
import { sql } from "kysely";
import type { Q } from "../../platform/db/pool.ts";
import type { CursorPart } from "../../platform/http/cursor.ts";

export interface ActivityRow {
  id: string;
  conversation_id: string;
  kind: Activity["kind"];
  at: Date;
  member_id: string | null;
  target_member_id: string | null;
  text: string | null;
}

export async function listActivity(
  q: Q,
  workspaceId: string,
  conversationId: string,
  after: CursorPart[] | null,
  limit: number,
): Promise<ActivityRow[]> {
  const { rows } = await sql<ActivityRow>`
    select id, conversation_id, kind, at, member_id, target_member_id, text from activity
    where workspace_id = ${workspaceId} and conversation_id = ${conversationId} ${after ? sql`and (at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by at desc, id desc limit ${limit + 1}`.execute(q);
  return rows;
}

export async function activitiesById(q: Q, workspaceId: string, ids: readonly string[]): Promise<ActivityRow[]> {
  if (ids.length === 0) return [];
  const { rows } =
    await sql<ActivityRow>`select id, conversation_id, kind, at, member_id, target_member_id, text from activity where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])`.execute(
      q,
    );
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
    data: {},
    targetName: row.target_member_id ? (names.get(row.target_member_id) ?? null) : null,
  };
}
