import type { ConversationQuery } from "@firstline/contracts";
import { type RawBuilder, sql } from "kysely";
import type { Q } from "../../../platform/db/pool.ts";
import { decodeCursor } from "../../../platform/http/cursor.ts";
import type { ConversationRow } from "../present.ts";
import { conversationsById, filters, type ListContext, NEWEST, newest, olderThan } from "../query.ts";

/** So many of the newest conversations are read directly: a common word is found among them at once, and so is one written this second. */
const NEWEST_READ = 1_000;
/** Hits of the index are looked at in portions of this size, newest first. */
const PORTION = 200;

interface Hit {
  id: string;
  last_message_at: Date;
  matches: boolean;
}

/**
 * Conversations in which a person or a message holds the text, newest first: one row more than `limit` when there are more. A
 * conversation counts when the text stands in it as written, letters of either case alike. In older conversations it is found at
 * the beginning of words only, for there an index of words narrows the search.
 */
export async function searchConversations(
  q: Q,
  workspaceId: string,
  text: string,
  query: ConversationQuery,
  context: ListContext,
): Promise<ConversationRow[]> {
  const where = filters(workspaceId, query, context);
  const wanted = query.limit + 1;
  let position = decodeCursor(query.cursor, 2);
  const found: string[] = [];
  const take = async (more: RawBuilder<unknown>[], limit: number): Promise<boolean> => {
    const all = position ? [...where, ...more, olderThan(position)] : [...where, ...more];
    const hits = await look(q, all, query.status, text, limit);
    for (const hit of hits) if (hit.matches && found.length < wanted) found.push(hit.id);
    const last = hits.at(-1);
    if (last) position = [last.last_message_at.toISOString(), last.id];
    return hits.length === limit && found.length < wanted;
  };
  if (await take([], NEWEST_READ)) {
    const indexed = sql`v.id in (select e.conversation_id from search_entry e where e.workspace_id = ${workspaceId} and e.tokens @@ search_query(${text}))`;
    while (await take([indexed], PORTION));
  }
  const rows = new Map((await conversationsById(q, workspaceId, found)).map((r) => [r.id, r]));
  return found.flatMap((id) => rows.get(id) ?? []);
}

async function look(
  q: Q,
  where: RawBuilder<unknown>[],
  status: ConversationQuery["status"],
  text: string,
  limit: number,
): Promise<Hit[]> {
  const like = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  const { rows } = await sql<Hit>`
    select v.id, v.last_message_at, (c.own_name ilike ${like} or c.meta_name ilike ${like} or c.username ilike ${like} or c.external_id = ${text}
      or exists (select 1 from message s where s.workspace_id = v.workspace_id and s.conversation_id = v.id and s.text ilike ${like})) is true as matches
    from ${newest(where, status, limit)} v
    join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id order by ${NEWEST}`.execute(q);
  return rows;
}
