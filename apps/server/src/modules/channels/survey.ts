import { DAY_MS } from "@firstline/core";
import { SubscribedApps } from "@firstline/meta-wire";
import { sql } from "kysely";
import type { ThreadOwner } from "../../adapters/channel.ts";
import { adapterFor } from "../../adapters/index.ts";
import type { Deps } from "../../deps.ts";
import type { Tx } from "../../platform/db/pool.ts";
import type { GraphAnswer } from "../../platform/graph/client.ts";
import { writeEvents } from "../../platform/outbox/index.ts";
import type { ChannelsModule } from "./index.ts";

/** An app on the Page, ours included, with the fields it gets. */
export interface SurveyedApp {
  id: string;
  name: string | null;
  fields: string[];
}

/** What is known of how a Page routes conversations. Members are missing until they are learned. */
export interface StoredRouting {
  /** Conversation Routing; null: Meta did not tell. */
  enabled?: boolean | null;
  /** Whether the default app is ours. Meta names it nowhere; its answers about owners give it away. */
  defaultOurs?: boolean | null;
  /** What came of the last attempt to take a conversation over (ms). */
  takeover?: { allowed: boolean; at: number } | null;
}

/** What the survey could read just now; null: not readable. */
export interface Survey {
  apps: SurveyedApp[] | null;
  enabled: boolean | null;
}

export const SURVEY_JOB = "channels.survey";

/** Looks at every Page twice an hour, and at one when it is connected or somebody asks. */
export function defineSurvey(deps: Deps, channels: ChannelsModule): void {
  deps.jobs.define<{ workspaceId?: string; channelId?: string }>(
    SURVEY_JOB,
    { retryLimit: 3, concurrency: 4, schedule: "*/30 * * * *" },
    async ({ workspaceId, channelId }) => {
      if (workspaceId && channelId) return void (await survey(deps, channels, workspaceId, channelId));
      const { rows } = await sql<{ workspaceId: string; channelId: string }>`
        select workspace_id as "workspaceId", id as "channelId" from channel where state in ('healthy', 'degraded', 'restricted')`.execute(
        deps.db,
      );
      await deps.jobs.add(
        SURVEY_JOB,
        rows.map((data) => ({ data })),
      );
    },
  );
}

/** Reads which apps are on the Page and whether routing is on, and keeps both. What cannot be read leaves what was known. */
export async function survey(
  deps: Deps,
  channels: ChannelsModule,
  workspaceId: string,
  channelId: string,
): Promise<Survey> {
  const channel = await channels.row(workspaceId, channelId);
  if (channel.state === "disconnected") return { apps: null, enabled: null };
  const { page_id: pageId } = channel;
  const adapter = adapterFor(channel.platform);
  const read = (path: string, fields: string) =>
    channels.call(workspaceId, channelId, { method: "GET", path, query: { fields } });
  const [appsAnswer, modeAnswer] = await Promise.all([
    read(`/${pageId}/subscribed_apps`, "id,name,subscribed_fields"),
    read(`/${pageId}`, "messaging_feature_status"),
  ]);
  const apps = readApps(appsAnswer);
  const enabled = isGood(modeAnswer) ? adapter.readRouting(modeAnswer.body) : null;
  if (apps !== null || enabled !== null) await keep(deps, { workspaceId, channelId }, { apps, enabled });
  if (enabled) {
    const owner = await ownerOfSomeThread(deps, channels, workspaceId, channelId);
    if (owner) await noteDefaultApp(deps, workspaceId, channelId, owner);
  }
  return { apps, enabled };
}

const isGood = (answer: GraphAnswer | null): answer is Extract<GraphAnswer, { kind: "answer" }> =>
  answer?.kind === "answer" && answer.error === null;

function readApps(answer: GraphAnswer | null): SurveyedApp[] | null {
  if (!isGood(answer)) return null;
  const read = SubscribedApps.safeParse(answer.body);
  return read.success
    ? read.data.data.map((app) => ({ id: app.id, name: app.name ?? null, fields: app.subscribed_fields }))
    : null;
}

async function keep(
  deps: Deps,
  { workspaceId, channelId }: { workspaceId: string; channelId: string },
  { apps, enabled }: Survey,
): Promise<void> {
  const known = apps && JSON.stringify(apps);
  // With routing off there is no default app and no take-over: what was learned of them is over.
  const routing =
    enabled === null ? null : JSON.stringify(enabled ? { enabled } : { enabled, defaultOurs: null, takeover: null });
  await deps.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ renamed: boolean; changed: boolean }>`
      with old as (select apps, routing from channel where workspace_id = ${workspaceId} and id = ${channelId} for update)
      update channel c set apps = coalesce(${known}::jsonb, c.apps), routing = coalesce(c.routing, '{}') || coalesce(${routing}::jsonb, '{}'), surveyed_at = ${new Date(deps.clock())}
      from old where c.workspace_id = ${workspaceId} and c.id = ${channelId}
      returning old.apps is distinct from c.apps as renamed, (old.apps, old.routing) is distinct from (c.apps, c.routing) as changed`.execute(
      tx,
    );
    if (rows[0]?.changed)
      await writeEvents(tx, [{ workspaceId, type: "channel.updated", conversationId: null, subjectId: channelId }]);
    if (rows[0]?.renamed) await tellHeld(tx, workspaceId, channelId);
  });
}

/** Who holds a thread is shown by the app's name, which may only be known now. */
async function tellHeld(tx: Tx, workspaceId: string, channelId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from conversation where workspace_id = ${workspaceId} and channel_id = ${channelId} and held_by->>'kind' = 'other_app' and held_by is not null order by last_message_at desc limit 200`.execute(
    tx,
  );
  await writeEvents(
    tx,
    rows.map(({ id }) => ({ workspaceId, type: "conversation.updated" as const, conversationId: id, subjectId: id })),
  );
}

/** The owner of a thread somebody holds, else of the busiest; null: no such thread, or not told. */
async function ownerOfSomeThread(
  deps: Deps,
  channels: ChannelsModule,
  workspaceId: string,
  channelId: string,
): Promise<ThreadOwner | null> {
  const { rows } = await sql<{ contact: string }>`
    select c.external_id as contact from conversation v join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id
    where v.workspace_id = ${workspaceId} and v.channel_id = ${channelId} and v.last_inbound_at > ${new Date(deps.clock() - DAY_MS)}
    order by (v.held_by is not null) desc, v.last_message_at desc limit 1`.execute(deps.db);
  return rows[0] ? readOwner(channels, workspaceId, channelId, rows[0].contact) : null;
}

/** Asks Meta who owns a thread; null: not told. */
export async function readOwner(
  channels: ChannelsModule,
  workspaceId: string,
  channelId: string,
  contactId: string,
): Promise<ThreadOwner | null> {
  const { platform, page_id: pageId } = await channels.row(workspaceId, channelId);
  const adapter = adapterFor(platform);
  const answer = await channels.call(workspaceId, channelId, adapter.buildOwnerRead(pageId, contactId));
  return isGood(answer) ? adapter.readOwner(answer.body) : null;
}

/**
 * Learns from Meta's answer whose default app it is: another owner's id is told to the default app alone, and whoever is told
 * of an owner without the id is neither owner nor default (Conversation Routing, 2025-09-24). Only with routing on.
 */
export async function noteDefaultApp(
  deps: Pick<Deps, "db" | "config">,
  workspaceId: string,
  channelId: string,
  owner: ThreadOwner,
): Promise<void> {
  if (owner.idle || owner.appId === deps.config.meta.appId) return;
  await noteRouting(deps, workspaceId, channelId, { defaultOurs: owner.appId !== null });
}

/** Keeps what was learned about a Page's routing beside the survey. Without routing there is nothing to learn. */
export async function noteRouting(
  deps: Pick<Deps, "db">,
  workspaceId: string,
  channelId: string,
  learned: Pick<StoredRouting, "defaultOurs" | "takeover">,
): Promise<void> {
  await sql`
    update channel set routing = routing || ${JSON.stringify(learned)}::jsonb
    where workspace_id = ${workspaceId} and id = ${channelId} and routing->>'enabled' = 'true' and not routing @> ${JSON.stringify(learned)}::jsonb`.execute(
    deps.db,
  );
}
