import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Q } from "../../platform/db/pool.ts";
import type { ChannelsModule } from "../channels/index.ts";

const PROFILE_JOB = "contacts.profile";
/** A failure nobody can explain is asked about once a day, for a week. */
const DAILY_TRIES = 7;
const AT_ONCE = 500;

/**
 * When a closed profile is worth another question (O1): after the person's own message (receiving asks then), after the channel
 * is authorised again, when another profile of the channel opens although a permission was missing, and once a day while nobody
 * knows why it is closed.
 */
export function askAgain(deps: Deps, channels: ChannelsModule): void {
  const ask = (workspaceId: string, ids: readonly string[]) =>
    deps.jobs.add(
      PROFILE_JOB,
      ids.map((contactId) => ({ data: { workspaceId, contactId } })),
    );

  channels.onRevived(async (workspaceId, channelId) => {
    await closedProfiles(deps.db, workspaceId, channelId)
      .then((ids) => ask(workspaceId, ids))
      .catch((err) => deps.log.error({ err, channelId }, "profiles are not asked for after reconnecting"));
  });
  deps.jobs.define("contacts.names", { retryLimit: 1, schedule: "23 4 * * *" }, async () => {
    for (const { workspaceId, ids } of await unexplained(deps.db)) await ask(workspaceId, ids);
  });
}

const CLOSED = sql`(c.name_reason in ('pending', 'unknown', 'no_access', 'no_consent', 'permission_missing') and not c.is_guest
  and (c.meta_name is null and c.username is null or c.name_source = 'participants'))`;

/** People of a channel without a name of their own, who wrote last first. */
async function closedProfiles(q: Q, workspaceId: string, channelId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from contact c join conversation v on v.workspace_id = c.workspace_id and v.channel_id = c.channel_id and v.contact_id = c.id
    where c.workspace_id = ${workspaceId} and c.channel_id = ${channelId} and ${CLOSED} order by v.last_message_at desc limit ${AT_ONCE}`.execute(
    q,
  );
  return rows.map((r) => r.id);
}

async function unexplained(q: Q): Promise<{ workspaceId: string; ids: string[] }[]> {
  const { rows } = await sql<{ workspaceId: string; ids: string[] }>`
    with asked as (
      update contact c set name_tries = c.name_tries + 1
      from channel h where h.workspace_id = c.workspace_id and h.id = c.channel_id and h.state in ('healthy', 'degraded', 'restricted')
        and c.name_reason = 'unknown' and ${CLOSED} and c.name_tries < ${DAILY_TRIES} and c.profile_read_at < now() - interval '20 hours'
      returning c.workspace_id, c.id)
    select workspace_id as "workspaceId", array_agg(id) as ids from asked group by workspace_id`.execute(q);
  return rows;
}

/** A profile has been read: those closed for want of a permission may be open now. */
export async function askThoseWithoutPermission(deps: Deps, workspaceId: string, channelId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update contact c set profile_read_at = now()
    where c.workspace_id = ${workspaceId} and c.id in (
      select c.id from contact c where c.workspace_id = ${workspaceId} and c.channel_id = ${channelId} and c.name_reason = 'permission_missing'
        and c.profile_read_at < now() - interval '1 hour' order by c.profile_read_at desc limit ${AT_ONCE})
    returning c.id`.execute(deps.db);
  await deps.jobs.add(
    PROFILE_JOB,
    rows.map(({ id }) => ({ data: { workspaceId, contactId: id } })),
  );
}
