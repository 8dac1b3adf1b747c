import { type Comment, CommentList, CommentQuery } from "@firstline/contracts";
import { type FaultCode, hasArrived, type MessageState, privateReplyEnd, privateReplyRefusal } from "@firstline/core";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import { decodeCursor, encodeCursor } from "../../platform/http/cursor.ts";
import type { Locale } from "../../platform/http/problems.ts";
import { reason } from "../../platform/http/reason.ts";
import type { App } from "../../platform/http/server.ts";

interface CommentRow {
  id: string;
  channel_id: string;
  external_id: string;
  post_id: string | null;
  parent_id: string | null;
  author_external_id: string | null;
  author_name: string | null;
  contact_id: string | null;
  by_page: boolean;
  text: string | null;
  at: Date;
  changed_at: Date;
  edition: number;
  removed_at: Date | null;
  replied_at: Date | null;
  reply_message_id: string | null;
  reply_refusal: FaultCode | null;
  reply_state: MessageState | null;
  reply_sent_at: Date | null;
  reply_conversation_id: string | null;
}

/** Comments under posts of the Pages and accounts: no messages, but where conversations begin. */
export function commentRoutes(app: App, deps: Pick<Deps, "db" | "clock">): void {
  app.get(
    "/api/v1/comments",
    {
      config: { permission: "conversations:read" },
      schema: {
        tags: ["conversations"],
        summary: "Comments under posts, newest first",
        querystring: CommentQuery,
        response: { 200: CommentList },
      },
    },
    async (request) => {
      const { channelId, externalId, cursor, limit } = request.query;
      const after = decodeCursor(cursor, 2);
      const { rows } = await sql<CommentRow>`
        select m.id, m.channel_id, m.external_id, m.post_id, m.parent_id, m.author_external_id, m.author_name, coalesce(
            (select id from contact where workspace_id = m.workspace_id and channel_id = m.channel_id and external_id = m.author_external_id),
            (select id from contact where workspace_id = m.workspace_id and channel_id = m.channel_id and commented_as = m.author_external_id order by id limit 1),
            rv.contact_id) as contact_id, m.by_page, m.text,
          m.at, m.changed_at, m.edition, m.removed_at, m.replied_at, m.reply_message_id, m.reply_refusal, r.state as reply_state, r.sent_at as reply_sent_at, r.conversation_id as reply_conversation_id
        from comment m
        left join message r on r.workspace_id = m.workspace_id and r.id = m.reply_message_id
        left join conversation rv on rv.workspace_id = r.workspace_id and rv.id = r.conversation_id
        where m.workspace_id = ${request.actor.workspaceId} ${channelId ? sql`and m.channel_id = ${channelId}` : sql``}
          ${externalId ? sql`and m.external_id = ${externalId}` : sql``}
          ${after ? sql`and (m.at, m.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
        order by m.at desc, m.id desc limit ${limit + 1}`.execute(deps.db);
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        data: page.map((r) => present(r, deps.clock(), request.locale)),
        nextCursor: rows.length > limit && last ? encodeCursor([last.at.toISOString(), last.id]) : null,
      };
    },
  );
}

const present = (r: CommentRow, now: number, locale: Locale): Comment => ({
  id: r.id,
  channelId: r.channel_id,
  externalId: r.external_id,
  postId: r.post_id,
  parentId: r.parent_id,
  author: { externalId: r.author_external_id, name: r.author_name, contactId: r.contact_id },
  byPage: r.by_page,
  text: r.text,
  at: r.at.toISOString(),
  editedAt: r.edition > 0 ? r.changed_at.toISOString() : null,
  removedAt: r.removed_at?.toISOString() ?? null,
  privateReply: presentPrivateReply(r, now, locale),
});

/** Meta allows one private message, within seven days of the comment (Send messages, 2026-05-05). */
function presentPrivateReply(r: CommentRow, now: number, locale: Locale): Comment["privateReply"] {
  const arrived = r.reply_state !== null && hasArrived(r.reply_state);
  const base = {
    until: null,
    at: (r.replied_at ?? (arrived ? r.reply_sent_at : null))?.toISOString() ?? null,
    ours: r.reply_message_id !== null,
    reason: null,
    conversationId: r.reply_conversation_id,
    messageId: r.reply_message_id,
  };
  if (r.replied_at || arrived)
    return { ...base, state: "replied", reason: base.ours ? null : reason("private_reply_used", locale) };
  if (r.reply_message_id && r.reply_state !== "failed" && r.reply_state !== "cancelled")
    return { ...base, state: "sending" };
  const at = r.at.getTime();
  const facts = { at, removed: r.removed_at !== null, byPage: r.by_page, replied: false, refusal: r.reply_refusal };
  const refusal = privateReplyRefusal(facts, now);
  return refusal
    ? { ...base, state: "impossible", reason: reason(refusal, locale) }
    : { ...base, state: "possible", until: new Date(privateReplyEnd(at)).toISOString() };
}
