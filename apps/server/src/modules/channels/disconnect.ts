import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Tx } from "../../platform/db/pool.ts";
import { writeEvents } from "../../platform/outbox/index.ts";
import type { Secret } from "../../platform/secrets/index.ts";
import { endLinks } from "./reauthorize/links.ts";

/**
 * Ends the Page's subscription, unless another channel lives by it: it also carries the Instagram account linked to the Page, so
 * only the last channel takes it away.
 */
export async function unsubscribe(
  deps: Deps,
  { workspaceId, channelId, pageId }: { workspaceId: string; channelId: string; pageId: string },
  token: Secret,
): Promise<void> {
  const { rows: siblings } =
    await sql`select 1 from channel where workspace_id = ${workspaceId} and page_id = ${pageId} and id <> ${channelId} and state <> 'disconnected' limit 1`.execute(
      deps.db,
    );
  if (siblings.length > 0) return;
  const answer = await deps.graph.call({ method: "DELETE", path: `/${pageId}/subscribed_apps` }, token);
  if (answer.kind === "no_answer" || answer.error)
    deps.log.warn(
      { channelId, reason: answer.kind === "no_answer" ? answer.message : answer.error?.message },
      "the Page could not be unsubscribed; its events are refused from now on all the same",
    );
}

/** Disconnects: unsubscribed (as far as the token still can), tokens forgotten. `then`: in the transaction that ends it. */
export async function disconnect(
  deps: Deps,
  workspaceId: string,
  channelId: string,
  token: Secret | null,
  then?: (tx: Tx) => Promise<void>,
): Promise<void> {
  const { rows } = await sql<{
    page_id: string;
  }>`select page_id from channel where workspace_id = ${workspaceId} and id = ${channelId}`.execute(deps.db);
  if (token) await unsubscribe(deps, { workspaceId, channelId, pageId: rows[0]!.page_id }, token);
  await deps.db.transaction().execute(async (tx) => {
    // The channel before its authorisers, as everywhere: else two who change both wait for each other.
    await sql`select 1 from channel where workspace_id = ${workspaceId} and id = ${channelId} for update`.execute(tx);
    await sql`delete from authorizer where workspace_id = ${workspaceId} and channel_id = ${channelId}`.execute(tx);
    await sql`delete from channel_route where workspace_id = ${workspaceId} and channel_id = ${channelId}`.execute(tx);
    await endLinks(tx, deps, workspaceId, channelId);
    await sql`update channel set state = 'disconnected', state_fault = 'channel_disconnected', state_since = now() where workspace_id = ${workspaceId} and id = ${channelId}`.execute(
      tx,
    );
    await writeEvents(tx, [{ workspaceId, type: "channel.updated", conversationId: null, subjectId: channelId }]);
    await then?.(tx);
  });
}
