import type { Erasure } from "@firstline/contracts";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Q, Tx } from "../../platform/db/pool.ts";
import { writeEvents } from "../../platform/outbox/index.ts";
import { lockThreads } from "../conversations/index.ts";
import { eraseFiles, eraseMessages } from "./erase-messages.ts";
import { personMark } from "./erased.ts";

export const ERASE_JOB = "privacy.erase";

export interface Person {
  workspaceId: string;
  channelId: string;
  contactId: string;
  /** Meta's ids of the person on this channel: for messages, and under posts where that is another. */
  people: string[];
}

/** What the steps after the rows need; emptied when they are done. */
export interface EraseWork {
  people: string[];
  /** References of the checkbox plugin. */
  refs: string[];
  contactIds: string[];
  conversationIds: string[];
  files: string[];
  sending: string[];
}

/**
 * Deletes a contact: its rows now, in this transaction; its files, raw deliveries and jobs by a job that follows. A message that
 * comes later makes a new contact. Gives the id of the erasure; null: there is no such contact.
 */
export async function eraseContact(
  tx: Tx,
  deps: Pick<Deps, "jobs">,
  asked: { workspaceId: string; contactId: string; memberId: string | null },
): Promise<string | null> {
  const { workspaceId, contactId, memberId } = asked;
  const person = await findPerson(tx, workspaceId, contactId);
  if (!person) return null;
  await lockThreads(
    tx,
    person.people.map((contactExternalId) => ({ channelId: person.channelId, contactExternalId })),
  );
  const { work, counts } = await eraseRows(tx, person);
  const marks = person.people.map((id) => personMark(workspaceId, person.channelId, id));
  const all = { ...counts, deliveriesRewritten: 0, deliveriesRemoved: 0 } satisfies Erasure["counts"];
  const { rows } = await sql<{ id: string }>`
    insert into erasure (workspace_id, channel_id, person, asked_by, work, counts)
    values (${workspaceId}, ${person.channelId}, ${marks}::bytea[], ${memberId}, ${JSON.stringify(work)}::jsonb, ${JSON.stringify(all)}::jsonb) returning id`.execute(
    tx,
  );
  const id = rows[0]!.id;
  await deps.jobs.add(ERASE_JOB, [{ data: { workspaceId, id } }], tx);
  return id;
}

/** By which ids Meta knows a contact; null: there is no such contact. */
export async function findPerson(q: Q, workspaceId: string, contactId: string): Promise<Person | null> {
  const { rows } = await sql<{ channel_id: string; external_id: string; commented_as: string | null; under: string[] }>`
    select c.channel_id, c.external_id, c.commented_as, array(
      select distinct k.author_external_id from conversation v join message m on m.workspace_id = v.workspace_id and m.conversation_id = v.id
      join comment k on k.workspace_id = m.workspace_id and k.id = m.comment_id
      where v.workspace_id = c.workspace_id and v.contact_id = c.id and k.author_external_id is not null and not k.by_page) as under
    from contact c where c.workspace_id = ${workspaceId} and c.id = ${contactId}`.execute(q);
  const found = rows[0];
  if (!found) return null;
  const people = [...new Set([found.external_id, ...(found.commented_as ? [found.commented_as] : []), ...found.under])];
  return { workspaceId, channelId: found.channel_id, contactId, people };
}

/** Deletes every row about the person. The thread must be locked. */
export async function eraseRows(
  tx: Tx,
  { workspaceId, channelId, contactId, people }: Person,
): Promise<{ work: EraseWork; counts: Pick<Erasure["counts"], "messages" | "notes" | "comments" | "files"> }> {
  const { rows: threads } = await sql<{ id: string }>`
    select id from conversation where workspace_id = ${workspaceId} and contact_id = ${contactId} for update`.execute(
    tx,
  );
  const ids = threads.map((t) => t.id);
  const here = sql`workspace_id = ${workspaceId} and channel_id = ${channelId}`;
  const theirs = sql`${here} and contact_external_id = any(${people}::text[])`;
  const { rows: comments } = await sql`
    delete from comment where ${here} and not by_page and (author_external_id = any(${people}::text[])
      or id in (select comment_id from message where workspace_id = ${workspaceId} and conversation_id = any(${ids}::uuid[]))) returning id`.execute(
    tx,
  );
  const messages = await eraseMessages(tx, workspaceId, sql`m.conversation_id = any(${ids}::uuid[])`);
  const unsent = await eraseFiles(tx, workspaceId, sql`a.conversation_id = any(${ids}::uuid[])`);
  await sql`delete from message_effect where ${here} and actor = any(${people}::text[])`.execute(tx);
  const { rows: notes } = await sql`
    delete from activity where workspace_id = ${workspaceId} and conversation_id = any(${ids}::uuid[]) returning id`.execute(
    tx,
  );
  const { rows: refs } = await sql<{
    user_ref: string;
  }>`delete from user_ref where ${theirs} returning user_ref`.execute(tx);
  const refIds = refs.map((r) => r.user_ref);
  await sql`delete from thread_mark where ${theirs}`.execute(tx);
  await sql`delete from control_evidence where ${theirs}`.execute(tx);
  await sql`
    delete from thread_event where ${here} and (contact_external_id = any(${people}::text[]) or data->>'userRef' = any(${refIds}::text[]))`.execute(
    tx,
  );
  await sql`update reconciliation set contact_external_id = null, error = null where ${theirs}`.execute(tx);
  await sql`delete from search_entry where workspace_id = ${workspaceId} and conversation_id = any(${ids}::uuid[])`.execute(
    tx,
  );
  await sql`
    delete from event where workspace_id = ${workspaceId} and (conversation_id = any(${ids}::uuid[]) or subject_id = ${contactId})`.execute(
    tx,
  );
  await sql`delete from conversation where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])`.execute(tx);
  await sql`delete from contact where workspace_id = ${workspaceId} and id = ${contactId}`.execute(tx);
  await writeEvents(
    tx,
    ids.map((id) => ({ workspaceId, type: "conversation.removed" as const, conversationId: id, subjectId: id })),
  );
  const files = [...messages.files, ...unsent];
  return {
    work: { people, refs: refIds, contactIds: [contactId], conversationIds: ids, files, sending: messages.sending },
    counts: {
      messages: messages.count,
      notes: notes.length,
      comments: comments.length,
      // Each file has two places it may lie in beside the one written down.
      files: new Set(files.map((key) => key.split("/").at(-1))).size,
    },
  };
}
