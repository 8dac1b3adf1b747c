import type { ReplyToComment } from "@firstline/contracts";
import { decidePrivateReply, measureText } from "@firstline/core";
import { sql } from "kysely";
import type { Deps } from "../../../deps.ts";
import type { Tx } from "../../../platform/db/pool.ts";
import type { Actor } from "../../../platform/http/actor.ts";
import { ApiError, notFound } from "../../../platform/http/problems.ts";
import { writeEvents } from "../../../platform/outbox/index.ts";
import { canSend } from "../../channels/index.ts";
import { conversationsById, replyFacts } from "../../conversations/index.ts";
import { commentById, commentFacts } from "./comment.ts";
import { threadOfAuthor } from "./person.ts";

/**
 * Takes the private answer to a comment in: the person's thread, a row that is the queue, and the comment's note of it, in one
 * transaction. The same `clientId` again gives the same message.
 * @throws ApiError 404; 409 with the deciding reason; 422 for a text that can never be sent
 */
export async function composePrivateReply(
  deps: Deps,
  actor: Actor,
  commentId: string,
  body: ReplyToComment,
): Promise<string> {
  const { workspaceId } = actor;
  return deps.db.transaction().execute(async (tx) => {
    const unlocked = await commentById(tx, workspaceId, commentId);
    if (!unlocked) throw notFound("comment");
    const same = await existing(tx, workspaceId, commentId, body.clientId);
    if (same) return same;
    const scope = { workspaceId, channelId: unlocked.channel_id };
    // One private reply at a time for a comment; threads are locked before their comments, as by receiving.
    const { conversationId } = await threadOfAuthor(tx, deps, scope, unlocked);
    await sql`select 1 from comment where workspace_id = ${workspaceId} and id = ${commentId} for update`.execute(tx);
    const raced = await existing(tx, workspaceId, commentId, body.clientId);
    if (raced) return raced;
    await sql`select 1 from conversation where workspace_id = ${workspaceId} and id = ${conversationId} for update`.execute(
      tx,
    );
    const comment = (await commentById(tx, workspaceId, commentId))!;
    const [conversation] = await conversationsById(tx, workspaceId, [conversationId]);

    const text = body.text.trim().toWellFormed().replaceAll("\0", "");
    const { length, limit, unit } = measureText(conversation!.platform, text);
    if (length > limit) throw new ApiError(422, "message_too_long", null, { length, limit, unit });
    const facts = replyFacts(conversation!, deps.config.meta, actor.member ? "person" : "api");
    const decision = decidePrivateReply({ ...facts, comment: commentFacts(comment) }, deps.clock());
    if (decision.state === "refused" && !decision.holds) throw new ApiError(409, decision.reason);
    const held =
      decision.state === "refused" && !(await canSend(tx, workspaceId, scope.channelId)) ? decision.reason : null;
    const failure = held && { fault: held, code: null, subcode: null, traceId: null, raw: null };
    const at = Math.max(deps.clock(), conversation!.last_message_at.getTime() + 1);
    const source = actor.member
      ? { kind: "agent", name: actor.member.name }
      : { kind: "api", name: actor.apiKey?.name ?? null };
    const { rows } = await sql<{ id: string }>`
      insert into message (workspace_id, conversation_id, channel_id, client_id, direction, kind, text, source_kind, source_name, source_app_id, member_id, way, state, failure, sent_at, comment_id)
      values (${workspaceId}, ${conversationId}, ${scope.channelId}, ${body.clientId}, 'outbound', 'text', ${text},
        ${source.kind}, ${source.name}, ${deps.config.meta.appId}, ${actor.member?.id ?? null}, 'private_reply', ${held ? "held" : "queued"}, ${failure && JSON.stringify(failure)}::jsonb, ${new Date(at)}, ${commentId})
      on conflict (workspace_id, conversation_id, client_id) where client_id is not null do nothing returning id`.execute(
      tx,
    );
    const id = rows[0]?.id;
    if (!id) throw new ApiError(409, "conflict", "This clientId belongs to another message of the conversation.");
    await sql`update comment set reply_message_id = ${id} where workspace_id = ${workspaceId} and id = ${commentId}`.execute(
      tx,
    );
    await sql`
      update conversation set last_message_id = ${id}, last_message_at = ${new Date(at)}, trouble_count = trouble_count + ${held ? 1 : 0}
      where workspace_id = ${workspaceId} and id = ${conversationId}`.execute(tx);
    await writeEvents(tx, [{ workspaceId, type: "message.created", conversationId, subjectId: id }]);
    await sql`select pg_notify('firstline_send', '')`.execute(tx);
    return id;
  });
}

async function existing(tx: Tx, workspaceId: string, commentId: string, clientId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from message where workspace_id = ${workspaceId} and comment_id = ${commentId} and client_id = ${clientId}`.execute(
    tx,
  );
  return rows[0]?.id ?? null;
}
