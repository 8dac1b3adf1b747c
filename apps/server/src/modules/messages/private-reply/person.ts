import { sql } from "kysely";
import type { Deps } from "../../../deps.ts";
import type { Tx } from "../../../platform/db/pool.ts";
import { lockThreads } from "../../conversations/index.ts";
import { insertContacts, insertConversations } from "../receive/statements/index.ts";
import type { CommentRow } from "./comment.ts";

/** A person's thread on a channel. */
export interface Thread {
  contactId: string;
  conversationId: string;
}

interface Scope {
  workspaceId: string;
  channelId: string;
}

/** Stands for a person whose id nobody knows until the answer to the private reply tells it. */
const nameless = (comment: CommentRow) => `comment:${comment.external_id}`;

/**
 * The thread of who wrote a comment, made where there is none: open, with nothing unread, as nobody has written into it. Takes the
 * lock of the thread. Their id under posts may be another than the one for messages (Facebook).
 */
export async function threadOfAuthor(
  tx: Tx,
  deps: Pick<Deps, "clock" | "jobs">,
  scope: Scope,
  comment: CommentRow,
): Promise<Thread> {
  const author = comment.author_external_id ?? nameless(comment);
  const known = await find(tx, scope, author);
  const contactExternalId = known?.externalId ?? author;
  await lockThreads(tx, [{ channelId: scope.channelId, contactExternalId }]);
  const again = await find(tx, scope, author);
  if (again?.conversationId) return { contactId: again.contactId, conversationId: again.conversationId };
  const thread = await threadOf(tx, deps, scope, again?.externalId ?? author);
  await sql`
    update contact c set name_source = 'participants', username = case when h.platform = 'instagram' then ${comment.author_name} end, meta_name = case when h.platform = 'messenger' then ${comment.author_name} end
    from channel h where c.workspace_id = ${scope.workspaceId} and c.id = ${thread.contactId} and h.workspace_id = c.workspace_id and h.id = c.channel_id
      and ${comment.author_name}::text is not null and c.meta_name is null and c.username is null`.execute(tx);
  if (comment.author_external_id !== null) await readProfile(tx, deps, scope.workspaceId, thread.contactId);
  return thread;
}

/** Contact and conversation by an id of Meta's, made where there are none. The caller has the lock of the thread. */
export async function threadOf(
  tx: Tx,
  deps: Pick<Deps, "clock">,
  scope: Scope,
  contactExternalId: string,
): Promise<Thread> {
  const base = { ...scope, contactId: contactExternalId };
  const [contactId] = await insertContacts(tx, [{ ...base, isGuest: false }]);
  const [conversationId] = await insertConversations(tx, [{ ...base, contactRow: contactId!, newestAt: deps.clock() }]);
  return { contactId: contactId!, conversationId: conversationId! };
}

interface Found {
  contactId: string;
  externalId: string;
  conversationId: string | null;
}

async function find(tx: Tx, { workspaceId, channelId }: Scope, author: string): Promise<Found | undefined> {
  const { rows } = await sql<Found>`
    select c.id as "contactId", c.external_id as "externalId", v.id as "conversationId" from contact c
    left join conversation v on v.workspace_id = c.workspace_id and v.contact_id = c.id
    where c.workspace_id = ${workspaceId} and c.channel_id = ${channelId} and (c.external_id = ${author} or c.commented_as = ${author})
    order by c.external_id = ${author} desc limit 1`.execute(tx);
  return rows[0];
}

export const readProfile = (tx: Tx, deps: Pick<Deps, "jobs">, workspaceId: string, contactId: string): Promise<void> =>
  deps.jobs.add("contacts.profile", [{ data: { workspaceId, contactId } }], tx);
