import { sql } from "kysely";
import { adapterFor } from "../../adapters/index.ts";
import type { Deps } from "../../deps.ts";
import type { Tx } from "../../platform/db/pool.ts";
import { ApiError } from "../../platform/http/problems.ts";
import { writeEvents } from "../../platform/outbox/index.ts";
import { anyAuthorizer, keepAuthorizer } from "./authorizers.ts";
import { unsubscribe } from "./disconnect.ts";
import { lackingScopes } from "./scopes.ts";
import { startSelfTest } from "./self-test.ts";
import { appSubscription, pageSubscription } from "./subscription.ts";
import { SURVEY_JOB } from "./survey.ts";
import { bodyOf, type ProvedToken } from "./verify.ts";

export interface ConnectOptions {
  /** The member who connects; null: an API key, or somebody by a link. */
  connectedBy?: string | null;
  /** Done in the transaction that keeps the access: when it throws, nothing is kept. */
  within?: ((tx: Tx) => Promise<void>) | undefined;
}

/**
 * Connects or reconnects a Page or account with a proved token. The same account keeps its channel, history and routing and
 * gains one more authoriser. Subscribes both levels, because Meta delivers a field only where both have it.
 */
export async function connect(
  deps: Deps,
  workspaceId: string,
  proved: ProvedToken,
  { connectedBy = null, within }: ConnectOptions = {},
): Promise<{ channelId: string; created: boolean; revived: boolean }> {
  await claimRoute(deps, workspaceId, proved);
  await subscribe(deps, proved);
  const leftPage = await pageLeft(deps, workspaceId, proved);
  const connected = await deps.db.transaction().execute(async (tx) => {
    const before = await channelOf(tx, workspaceId, proved);
    const { rows } = await sql<{ id: string }>`
      insert into channel (workspace_id, platform, external_id, page_id, name, state) values (${workspaceId}, ${proved.platform}, ${proved.externalId}, ${proved.pageId}, ${proved.name}, 'healthy')
      on conflict (workspace_id, platform, external_id) do update set page_id = excluded.page_id, name = excluded.name, state = 'healthy', state_fault = null, human_agent_refused_at = null, history_deleted_at = null, history_deleted_by = null,
        state_since = case when channel.state = 'healthy' then channel.state_since else now() end
      returning id`.execute(tx);
    const channelId = rows[0]!.id;
    const { rows: route } = await sql`
      insert into channel_route as r (platform, external_id, workspace_id, channel_id) values (${proved.platform}, ${proved.externalId}, ${workspaceId}, ${channelId})
      on conflict (platform, external_id) do update set channel_id = excluded.channel_id where r.workspace_id = excluded.workspace_id returning 1`.execute(
      tx,
    );
    if (route.length === 0) throw takenElsewhere();
    // An Instagram account that moved: tokens of the Page it was linked to open nothing here.
    if (before && before.page_id !== proved.pageId)
      await sql`delete from authorizer where workspace_id = ${workspaceId} and channel_id = ${channelId}`.execute(tx);
    await keepAuthorizer(tx, deps, {
      workspaceId,
      channelId,
      kind: proved.kind,
      userId: proved.userId,
      name: proved.authorName,
      token: proved.token,
      scopes: proved.scopes,
      lacking: lackingScopes({ scopes: proved.scopes, granular_scopes: [] }, proved.platform, [
        proved.pageId,
        proved.externalId,
      ]),
      connectedBy,
      expiresAt: proved.expiresAt,
      dataAccessExpiresAt: proved.dataAccessExpiresAt,
    });
    await within?.(tx);
    await writeEvents(tx, [{ workspaceId, type: "channel.updated", conversationId: null, subjectId: channelId }]);
    await deps.jobs.add(SURVEY_JOB, [{ data: { workspaceId, channelId } }], tx);
    await startSelfTest(tx, deps, {
      workspaceId,
      channelId,
      reason: before ? "reauthorized" : "connected",
    });
    return { channelId, created: !before, revived: before !== undefined && before.state !== "healthy" };
  });
  if (leftPage) await leftPage();
  return connected;
}

/** The channel of the account, as it is, until the transaction ends. */
async function channelOf(
  tx: Tx,
  workspaceId: string,
  { platform, externalId }: ProvedToken,
): Promise<{ id: string; state: string; page_id: string } | undefined> {
  const { rows } = await sql<{ id: string; state: string; page_id: string }>`
    select id, state, page_id from channel where workspace_id = ${workspaceId} and platform = ${platform} and external_id = ${externalId} for update`.execute(
    tx,
  );
  return rows[0];
}

/**
 * For an Instagram account that moved to another Page: how the Page it left is unsubscribed, with the last token that may do that.
 * Null: it did not move, or there is no such token.
 */
async function pageLeft(
  deps: Deps,
  workspaceId: string,
  { platform, externalId, pageId }: ProvedToken,
): Promise<(() => Promise<void>) | null> {
  const { rows } = await sql<{ id: string; page_id: string }>`
    select id, page_id from channel where workspace_id = ${workspaceId} and platform = ${platform} and external_id = ${externalId} and page_id <> ${pageId}`.execute(
    deps.db,
  );
  const before = rows[0];
  const authorizer = before && (await anyAuthorizer(deps, workspaceId, before.id));
  if (!authorizer) return null;
  return () => unsubscribe(deps, { workspaceId, channelId: before.id, pageId: before.page_id }, authorizer.token);
}

/** An account belongs to one workspace at a time: looked up before anything is changed at Meta. */
async function claimRoute(deps: Deps, workspaceId: string, proved: ProvedToken): Promise<void> {
  const { rows } = await sql<{
    workspace_id: string;
  }>`select workspace_id from channel_route where platform = ${proved.platform} and external_id = ${proved.externalId}`.execute(
    deps.db,
  );
  if (rows[0] && rows[0].workspace_id !== workspaceId) throw takenElsewhere();
}

const takenElsewhere = () => new ApiError(409, "page_in_other_workspace");

/** Subscribes at app level and at Page level. @throws ApiError saying what Meta said. */
async function subscribe(deps: Deps, proved: ProvedToken): Promise<void> {
  const adapter = adapterFor(proved.platform);
  bodyOf(await deps.graph.callAsApp(appSubscription(deps, adapter)));
  bodyOf(await deps.graph.call(pageSubscription(adapter, proved.pageId, proved.scopes), proved.token));
}
