import { sql } from "kysely";
import type { Tx } from "../../../../platform/db/pool.ts";

/** Of these messages those that answer a comment and have gone out: their comments are answered, and nothing may follow for now. */
export async function notePrivateReplies(tx: Tx, messageIds: readonly string[]): Promise<void> {
  await sql`
    with sent as (
      select workspace_id, id, conversation_id, comment_id, sent_at from message
      where id = any(${messageIds}::uuid[]) and comment_id is not null and state in ('sent', 'delivered', 'read')),
    answered as (
      update comment o set replied_at = s.sent_at, reply_message_id = s.id, reply_refusal = null
      from sent s where o.workspace_id = s.workspace_id and o.id = s.comment_id and (o.replied_at is null or o.reply_message_id is null or o.reply_message_id = s.id))
    update conversation v set private_reply_at = greatest(v.private_reply_at, s.sent_at)
    from sent s where v.workspace_id = s.workspace_id and v.id = s.conversation_id`.execute(tx);
}
