import { sql } from "kysely";
import type { Deps } from "../../../deps.ts";
import type { Tx } from "../../../platform/db/pool.ts";
import { type NewEvent, writeEvents } from "../../../platform/outbox/index.ts";
import { lockThreads } from "../../conversations/index.ts";
import { refreshTrouble } from "../change.ts";
import { readProfile, type Thread, threadOf } from "./person.ts";

/** What the answer to a private reply, or its echo, tells of one of ours: the person's id for messages. */
export interface Reached {
  workspaceId: string;
  messageId: string;
  contactExternalId: string;
}

/** Brings private replies into the thread of who got them, where only their echo told who that is. */
export function definePrivateReplyPerson(deps: Deps): void {
  deps.jobs.define<Reached>("messages.private-reply-person", { retryLimit: 5 }, (reached) =>
    deps.db.transaction().execute(async (tx) => {
      await bringToPerson(tx, deps, reached);
    }),
  );
}

interface Held {
  channel_id: string;
  conversation_id: string;
  contact_id: string;
  external_id: string;
  /** Nothing but private replies stands there: the person is known by a comment alone. */
  provisional: boolean;
}

/**
 * Brings a private reply to the person who got it. Whoever was known by a comment alone gets the id for messages; if a thread with
 * that id has messages already, the reply moves there. Takes the locks of both threads. Gives the conversation it is in now.
 */
export async function bringToPerson(tx: Tx, deps: Pick<Deps, "clock" | "jobs">, reached: Reached): Promise<string> {
  const { workspaceId, messageId, contactExternalId } = reached;
  const before = await holder(tx, workspaceId, messageId);
  if (before.external_id === contactExternalId) return before.conversation_id;
  await lockThreads(tx, [
    { channelId: before.channel_id, contactExternalId: before.external_id },
    { channelId: before.channel_id, contactExternalId },
  ]);
  const from = await holder(tx, workspaceId, messageId);
  if (from.external_id === contactExternalId) return from.conversation_id;
  const { rows } = await sql<{ contact_id: string; conversation_id: string | null; empty: boolean }>`
    select c.id as contact_id, v.id as conversation_id, not exists (select from message m where m.workspace_id = c.workspace_id and m.conversation_id = v.id) as empty
    from contact c left join conversation v on v.workspace_id = c.workspace_id and v.contact_id = c.id
    where c.workspace_id = ${workspaceId} and c.channel_id = ${from.channel_id} and c.external_id = ${contactExternalId}`.execute(
    tx,
  );
  const there = rows[0];
  const here: Thread = { contactId: from.contact_id, conversationId: from.conversation_id };
  if (from.provisional && (!there || there.empty)) {
    if (there?.conversation_id) {
      await carryMarks(tx, workspaceId, there.conversation_id, from.conversation_id);
      await drop(tx, workspaceId, { contactId: there.contact_id, conversationId: there.conversation_id }, here);
    } else if (there)
      await sql`delete from contact where workspace_id = ${workspaceId} and id = ${there.contact_id}`.execute(tx);
    await rename(tx, deps, workspaceId, from, contactExternalId);
    return from.conversation_id;
  }
  const to = await threadOf(tx, deps, { workspaceId, channelId: from.channel_id }, contactExternalId);
  await moveReplies(tx, workspaceId, from.conversation_id, to.conversationId, from.provisional ? null : messageId);
  if (from.provisional) await drop(tx, workspaceId, here, to);
  return to.conversationId;
}

async function holder(tx: Tx, workspaceId: string, messageId: string): Promise<Held> {
  const { rows } = await sql<Held>`
    select m.channel_id, m.conversation_id, c.id as contact_id, c.external_id,
      v.last_inbound_at is null and not exists (select from message x where x.workspace_id = v.workspace_id and x.conversation_id = v.id and x.comment_id is null) as provisional
    from message m join conversation v on v.workspace_id = m.workspace_id and v.id = m.conversation_id
    join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id
    where m.workspace_id = ${workspaceId} and m.id = ${messageId}`.execute(tx);
  return rows[0]!;
}

/** A thread that an echo or a receipt has just made for the person: what it knows of them comes along. */
async function carryMarks(tx: Tx, workspaceId: string, from: string, to: string): Promise<void> {
  await sql`
    update conversation v set qualifying_at = greatest(v.qualifying_at, o.qualifying_at), primary_at = greatest(v.primary_at, o.primary_at),
      delivered_watermark = greatest(v.delivered_watermark, o.delivered_watermark), read_watermark = greatest(v.read_watermark, o.read_watermark), held_by = coalesce(o.held_by, v.held_by)
    from conversation o where v.workspace_id = ${workspaceId} and v.id = ${to} and o.workspace_id = v.workspace_id and o.id = ${from}`.execute(
    tx,
  );
}

async function rename(
  tx: Tx,
  deps: Pick<Deps, "jobs">,
  workspaceId: string,
  from: Held,
  contactExternalId: string,
): Promise<void> {
  await sql`
    update contact set external_id = ${contactExternalId}, commented_as = case when external_id like 'comment:%' then commented_as else external_id end, name_reason = 'pending'
    where workspace_id = ${workspaceId} and id = ${from.contact_id}`.execute(tx);
  await readProfile(tx, deps, workspaceId, from.contact_id);
  await writeEvents(tx, [
    {
      workspaceId,
      type: "contact.updated",
      conversationId: from.conversation_id,
      subjectId: from.contact_id,
    },
    {
      workspaceId,
      type: "conversation.updated",
      conversationId: from.conversation_id,
      subjectId: from.conversation_id,
    },
  ]);
}

/** `only`: that one; null: all of them. A client id that the other thread has already is made another. */
async function moveReplies(tx: Tx, workspaceId: string, from: string, to: string, only: string | null): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update message m set conversation_id = ${to},
      client_id = case when exists (select from message x where x.workspace_id = m.workspace_id and x.conversation_id = ${to} and x.client_id = m.client_id) then m.client_id || '#' || m.id else m.client_id end
    where m.workspace_id = ${workspaceId} and m.conversation_id = ${from} and m.comment_id is not null ${only ? sql`and m.id = ${only}` : sql``} returning id`.execute(
    tx,
  );
  const ids = rows.map((r) => r.id);
  await sql`
    update conversation v set private_reply_at = greatest(v.private_reply_at, o.private_reply_at) from conversation o
    where v.workspace_id = ${workspaceId} and v.id = ${to} and o.workspace_id = v.workspace_id and o.id = ${from}`.execute(
    tx,
  );
  await sql`delete from search_entry where workspace_id = ${workspaceId} and conversation_id = ${from} and id = any(${ids}::uuid[])`.execute(
    tx,
  );
  for (const conversationId of [to, from]) await refreshTrouble(tx, workspaceId, conversationId);
  await writeEvents(tx, [
    ...ids.map((id): NewEvent => ({ workspaceId, type: "message.created", conversationId: to, subjectId: id })),
    { workspaceId, type: "conversation.updated", conversationId: to, subjectId: to },
  ]);
}

/** Removes a thread without messages: what the team wrote, chose and named there goes to the other one. */
async function drop(tx: Tx, workspaceId: string, gone: Thread, to: Thread): Promise<void> {
  await sql`
    update conversation v set assignee_id = coalesce(v.assignee_id, o.assignee_id) from conversation o
    where v.workspace_id = ${workspaceId} and v.id = ${to.conversationId} and o.workspace_id = v.workspace_id and o.id = ${gone.conversationId}`.execute(
    tx,
  );
  await sql`
    update contact c set own_name = coalesce(c.own_name, o.own_name) from contact o
    where c.workspace_id = ${workspaceId} and c.id = ${to.contactId} and o.workspace_id = c.workspace_id and o.id = ${gone.contactId}`.execute(
    tx,
  );
  for (const table of ["activity", "attachment"] as const)
    await sql`update ${sql.table(table)} set conversation_id = ${to.conversationId} where workspace_id = ${workspaceId} and conversation_id = ${gone.conversationId}`.execute(
      tx,
    );
  await sql`delete from search_entry where workspace_id = ${workspaceId} and conversation_id = ${gone.conversationId}`.execute(
    tx,
  );
  await sql`delete from conversation where workspace_id = ${workspaceId} and id = ${gone.conversationId}`.execute(tx);
  await sql`delete from contact where workspace_id = ${workspaceId} and id = ${gone.contactId}`.execute(tx);
}
