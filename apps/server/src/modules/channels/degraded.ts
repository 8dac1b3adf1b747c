import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Q } from "../../platform/db/pool.ts";
import { writeEvents } from "../../platform/outbox/index.ts";

/**
 * Marks a channel that works in part, or well again. Sending goes on either way, and a channel that needs reauthorisation, is
 * restricted or disconnected stays what it is.
 */
export async function noteDegraded(
  q: Q,
  deps: Pick<Deps, "clock">,
  workspaceId: string,
  channelId: string,
  degraded: boolean,
): Promise<void> {
  const { rows } = await sql`
    update channel set state = ${degraded ? "degraded" : "healthy"}, state_fault = null, state_since = ${new Date(deps.clock())}
    where workspace_id = ${workspaceId} and id = ${channelId} and state = ${degraded ? "healthy" : "degraded"} returning id`.execute(
    q,
  );
  if (rows.length > 0)
    await writeEvents(q, [{ workspaceId, type: "channel.updated", conversationId: null, subjectId: channelId }]);
}
