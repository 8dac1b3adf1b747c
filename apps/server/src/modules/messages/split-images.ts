import type { FaultCode } from "@firstline/core";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Tx } from "../../platform/db/pool.ts";
import { writeEvents } from "../../platform/outbox/index.ts";
import type { Sending } from "./claim.ts";
import { lockThread } from "./settle.ts";

/** Meta opens several images account by account: after so long one message is tried as a whole again. */
const TRY_AGAIN_MS = 30 * 86_400_000;

/**
 * Makes one message of several images into one message each, in the order they had, and puts them back into their lane. The first
 * stays the row it was; the others take the times between it and the next message. Only for what surely was not sent.
 */
export async function splitImages(tx: Tx, deps: Pick<Deps, "clock">, m: Sending, fault: FaultCode): Promise<void> {
  const { workspace_id: workspaceId, conversation_id: conversationId } = m;
  await lockThread(tx, m.conversation);
  await sql`select 1 from conversation where workspace_id = ${workspaceId} and id = ${conversationId} for update`.execute(
    tx,
  );
  const { rows: mine } = await sql`
    update message set state = 'queued', attempts = 0, failure = null, next_attempt_at = null, called_at = null
    where workspace_id = ${workspaceId} and id = ${m.id} and state = 'sending' returning id`.execute(tx);
  if (mine.length === 0) return;
  if (fault === "images_one_by_one")
    await sql`update channel set several_images_refused_at = ${new Date(deps.clock())} where workspace_id = ${workspaceId} and id = ${m.channel_id}`.execute(
      tx,
    );
  const { rows: made } = await sql<{ id: string; n: number }>`
    insert into message (workspace_id, conversation_id, channel_id, client_id, direction, kind, source_kind, source_name, source_app_id, member_id, way, state, sent_at)
    select m.workspace_id, m.conversation_id, m.channel_id, m.id || '/' || a.position, m.direction, a.kind, m.source_kind, m.source_name, m.source_app_id, m.member_id, m.way, 'queued',
      m.sent_at + a.position * interval '1 ms'
    from message m join attachment a on a.workspace_id = m.workspace_id and a.message_id = m.id and a.position > 0
    where m.workspace_id = ${workspaceId} and m.id = ${m.id} order by a.position
    returning id, split_part(client_id, '/', -1)::int as n`.execute(tx);
  await sql`
    update attachment a set message_id = i.id, position = 0
    from json_to_recordset(${JSON.stringify(made)}::json) as i(id uuid, n smallint)
    where a.workspace_id = ${workspaceId} and a.message_id = ${m.id} and a.position = i.n`.execute(tx);
  await sql`
    update conversation v set last_message_id = l.id, last_message_at = l.sent_at
    from (select id, sent_at from message where workspace_id = ${workspaceId} and conversation_id = ${conversationId} order by sent_at desc, id desc limit 1) l
    where v.workspace_id = ${workspaceId} and v.id = ${conversationId}`.execute(tx);
  await writeEvents(tx, [
    { workspaceId, type: "message.updated", conversationId, subjectId: m.id },
    ...made.map(({ id }) => ({ workspaceId, type: "message.created" as const, conversationId, subjectId: id })),
  ]);
  await sql`select pg_notify('firstline_send', '')`.execute(tx);
}

/** Whether several images may go in one message of this channel: not while Meta has refused it lately (100/2534068). */
export async function mayGoTogether(
  tx: Tx,
  deps: Pick<Deps, "clock">,
  workspaceId: string,
  channelId: string,
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from channel where workspace_id = ${workspaceId} and id = ${channelId}
      and several_images_refused_at > ${new Date(deps.clock() - TRY_AGAIN_MS)}`.execute(tx);
  return rows.length === 0;
}
