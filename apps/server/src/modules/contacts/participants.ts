import { sql } from "kysely";
import type { Platform } from "../../adapters/channel.ts";
import { adapterFor } from "../../adapters/index.ts";
import type { Deps } from "../../deps.ts";
import { writeEvents } from "../../platform/outbox/index.ts";
import type { ChannelsModule } from "../channels/index.ts";

/** Somebody in a conversation of Meta's own record, by the name people see there. */
export interface Participant {
  id: string;
  name: string | null;
  username: string | null;
}

interface Scope {
  workspaceId: string;
  channelId: string;
}

/**
 * Names contacts whose profile Meta keeps closed by what stands in their conversation, as Meta advises (O1; Messenger updates
 * for Europe, 2020-12). Each by their own id, never by name. A name of the profile stays, and so does our own; the reason why
 * the profile is closed stays too.
 */
export async function nameParticipants(
  deps: Pick<Deps, "db">,
  { workspaceId, channelId }: Scope,
  people: readonly Participant[],
): Promise<void> {
  const named = people.filter((one) => (one.name ?? one.username) !== null);
  if (named.length === 0) return;
  const input = JSON.stringify(named.map((one) => ({ p: one.id, n: one.name, u: one.username })));
  // Looked first, without a lock: as a rule there is nothing to name.
  const changed = sql`((c.meta_name is null and c.username is null) or c.name_source = 'participants')
    and (coalesce(i.n, c.meta_name), coalesce(i.u, c.username)) is distinct from (c.meta_name, c.username)`;
  const joined = sql`json_to_recordset(${input}::json) as i(p text, n text, u text)
    where c.workspace_id = ${workspaceId} and c.channel_id = ${channelId} and c.external_id = i.p and ${changed}`;
  const { rows: worth } = await sql`select 1 from contact c, ${joined} limit 1`.execute(deps.db);
  if (worth.length === 0) return;
  await deps.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: string; conversation_id: string | null }>`
      update contact c set meta_name = coalesce(i.n, c.meta_name), username = coalesce(i.u, c.username), name_source = 'participants'
      from ${joined}
      returning c.id, (select v.id from conversation v where v.workspace_id = c.workspace_id and v.channel_id = c.channel_id and v.contact_id = c.id) as conversation_id`.execute(
      tx,
    );
    await writeEvents(
      tx,
      rows.flatMap(({ id, conversation_id: conversationId }) => [
        { workspaceId, type: "contact.updated" as const, conversationId, subjectId: id },
        ...(conversationId
          ? [{ workspaceId, type: "conversation.updated" as const, conversationId, subjectId: conversationId }]
          : []),
      ]),
    );
  });
}

/** Asks Meta's record for one person's name. Best effort: what is not told now comes with the next comparison. */
export async function askParticipants(
  deps: Pick<Deps, "db">,
  channels: ChannelsModule,
  scope: Scope & { platform: Platform; accountId: string; pageId: string; contactExternalId: string },
): Promise<void> {
  const adapter = adapterFor(scope.platform);
  const answer = await channels.readRecord(
    scope.workspaceId,
    scope.channelId,
    adapter.buildConversationsRead(scope.pageId, { limit: 1, contactId: scope.contactExternalId }),
  );
  if (answer.kind !== "answer") return;
  const threads = adapter.readConversations(answer.body, scope.accountId)?.threads ?? [];
  await nameParticipants(
    deps,
    scope,
    threads.flatMap((thread) => thread.contact ?? []),
  );
}
