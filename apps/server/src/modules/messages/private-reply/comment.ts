import { type CommentFacts, type FaultCode, hasArrived, type MessageState } from "@firstline/core";
import { sql } from "kysely";
import type { OutgoingMessage } from "../../../adapters/channel.ts";
import type { Q } from "../../../platform/db/pool.ts";

/** A comment as a private reply needs it. */
export interface CommentRow {
  id: string;
  channel_id: string;
  external_id: string;
  post_id: string | null;
  author_external_id: string | null;
  author_name: string | null;
  by_page: boolean;
  at: Date;
  removed_at: Date | null;
  replied_at: Date | null;
  reply_message_id: string | null;
  reply_refusal: FaultCode | null;
  reply_state: MessageState | null;
}

/** Null: there is none in this workspace. */
export async function commentById(q: Q, workspaceId: string, id: string): Promise<CommentRow | null> {
  const { rows } = await sql<CommentRow>`
    select o.id, o.channel_id, o.external_id, o.post_id, o.author_external_id, o.author_name, o.by_page, o.at, o.removed_at, o.replied_at, o.reply_message_id, o.reply_refusal, r.state as reply_state
    from comment o left join message r on r.workspace_id = o.workspace_id and r.id = o.reply_message_id
    where o.workspace_id = ${workspaceId} and o.id = ${id}`.execute(q);
  return rows[0] ?? null;
}

/** What decides whether it may be answered, by this message of ours or, without one, by a new one. */
export function commentFacts(row: CommentRow, messageId?: string): CommentFacts {
  const state = row.reply_state;
  const other = row.reply_message_id !== null && row.reply_message_id !== messageId;
  return {
    at: row.at.getTime(),
    removed: row.removed_at !== null,
    byPage: row.by_page,
    replied: row.replied_at !== null || (state !== null && (hasArrived(state) || (other && isPending(state)))),
    refusal: row.reply_refusal,
  };
}

const isPending = (state: MessageState) => state !== "failed" && state !== "cancelled";

/** How Meta is told what is answered: a visitor's post is a comment that is its own post. */
export const answersOf = (row: CommentRow): NonNullable<OutgoingMessage["answers"]> => ({
  kind: row.external_id === row.post_id ? "post" : "comment",
  id: row.external_id,
});
