import type { DependentChannel } from "@firstline/contracts";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Q } from "../../platform/db/pool.ts";
import { ApiError, notFound } from "../../platform/http/problems.ts";
import { writeEvents } from "../../platform/outbox/index.ts";
import { setState } from "./authorizers.ts";

/**
 * Channels that live on the authorisation this member gave and on nobody else's. A system user's counts as nobody's: it stays when
 * people leave.
 */
export async function dependentChannels(q: Q, workspaceId: string, memberId: string): Promise<DependentChannel[]> {
  const { rows } = await sql<DependentChannel>`
    select c.id, c.name, json_agg(a.name order by a.granted_at) as authorizers from channel c
    join authorizer a on a.workspace_id = c.workspace_id and a.channel_id = c.id and a.state = 'live'
    where c.workspace_id = ${workspaceId} and c.state <> 'disconnected'
    group by c.id, c.name having bool_and(a.connected_by is not distinct from ${memberId}::uuid and a.kind <> 'system_user')
    order by c.name, c.id`.execute(q);
  return rows;
}

/**
 * Removes an authorisation by hand; its token is forgotten. The next one is used from then on; without one replies wait.
 * @throws ApiError 404; 409 for the last living one, unless that is confirmed
 */
export async function removeAuthorizer(
  deps: Pick<Deps, "db">,
  about: { workspaceId: string; channelId: string; authorizerId: string },
  confirmed: boolean,
): Promise<void> {
  const { workspaceId, channelId, authorizerId } = about;
  await deps.db.transaction().execute(async (tx) => {
    // Of two that are removed at once, the second is the last one.
    await sql`select 1 from channel where workspace_id = ${workspaceId} and id = ${channelId} for update`.execute(tx);
    const { rows } = await sql<{ id: string; state: string }>`
      select id, state from authorizer where workspace_id = ${workspaceId} and channel_id = ${channelId}`.execute(tx);
    const one = rows.find((row) => row.id === authorizerId);
    if (!one) throw notFound("authorisation of this channel");
    const last = one.state === "live" && rows.filter((row) => row.state === "live").length === 1;
    if (last && !confirmed) throw new ApiError(409, "last_authorizer");
    await sql`delete from authorizer where workspace_id = ${workspaceId} and channel_id = ${channelId} and id = ${authorizerId}`.execute(
      tx,
    );
    if (last) await setState(tx, workspaceId, channelId, "needs_reauthorization", "authorization_removed");
    else await writeEvents(tx, [{ workspaceId, type: "channel.updated", conversationId: null, subjectId: channelId }]);
  });
}
