import { findSilence, HABIT_WEEKS } from "@firstline/core";
import { sql } from "kysely";
import type { Deps } from "../../../deps.ts";
import type { Q } from "../../../platform/db/pool.ts";
import { writeEvents } from "../../../platform/outbox/index.ts";
import type { ChannelsModule } from "../../channels/index.ts";
import type { Runner } from "./run.ts";
import { READABLE } from "./schedule.ts";

/** Looks at one channel's subscription, see {@link checkSubscription}. */
export const SUBSCRIPTION_JOB = "channels.subscription";

interface Watched {
  workspaceId: string;
  channelId: string;
}

/**
 * Two ways in which Meta stops delivering without a word: it dropped the subscription, or nothing comes although the channel's
 * habit says it should. Both are looked for by themselves, and both end in a comparison with Meta's record.
 */
export function watchChannels(deps: Deps, channels: ChannelsModule, runner: Runner): void {
  deps.jobs.define("channels.watch", { retryLimit: 0, schedule: "*/15 * * * *" }, async () => {
    const { rows } = await sql<Watched>`
      select c.workspace_id as "workspaceId", c.id as "channelId" from channel c
      where ${READABLE} and c.created_at < ${new Date(deps.clock())}::timestamptz - interval '10 minutes'`.execute(
      deps.db,
    );
    await deps.jobs.add(
      SUBSCRIPTION_JOB,
      rows.map((data, n) => ({ data, startAfterSeconds: Math.floor((n * 600) / rows.length) })),
    );
  });
  deps.jobs.define<Watched>(SUBSCRIPTION_JOB, { retryLimit: 0, concurrency: 4 }, async (channel) => {
    await checkSubscription(channels, runner, channel);
  });
  deps.jobs.define("channels.silence", { retryLimit: 0, schedule: "*/10 * * * *" }, () =>
    lookForSilence(deps, channels, runner),
  );
}

/** Subscribes again where Meta has dropped it, and reads back what was missed. Gives whether that was so. */
export async function checkSubscription(
  channels: ChannelsModule,
  runner: Runner,
  { workspaceId, channelId }: Watched,
): Promise<boolean> {
  if ((await channels.keepSubscribed(workspaceId, channelId)) !== "remade") return false;
  await runner.queue(workspaceId, channelId, "resubscribed");
  return true;
}

/** Sets and clears the channels' silence. A new one is looked into at once. */
export async function lookForSilence(deps: Deps, channels: ChannelsModule, runner: Runner): Promise<void> {
  await clearEnded(deps.db);
  for (const channel of await quietChannels(deps.db, new Date(deps.clock()))) {
    const habit = await habitOf(deps.db, channel, new Date(deps.clock()));
    if (habit.since === null) continue;
    const silence = findSilence({
      hours: habit.hours,
      since: habit.since,
      lastEventAt: channel.lastEventAt.getTime(),
      now: deps.clock(),
    });
    if (!silence) continue;
    const isNew = await setSilence(deps.db, channel, {
      since: new Date(silence.since).toISOString(),
      expected: silence.expected,
    });
    if (!isNew) continue;
    deps.log.warn({ channelId: channel.channelId, ...silence }, "a channel is silent against its habit");
    if (!(await checkSubscription(channels, runner, channel)))
      await runner.queue(channel.workspaceId, channel.channelId, "silence");
  }
}

/** An event has come since, or nobody can receive any more for a reason that is shown already. */
async function clearEnded(q: Q): Promise<void> {
  const { rows } = await sql<Watched>`
    update channel c set silence = null
    where c.silence is not null and (not (${READABLE}) or c.last_event_at > (c.silence->>'since')::timestamptz)
    returning c.workspace_id as "workspaceId", c.id as "channelId"`.execute(q);
  await tellChannels(q, rows);
}

async function quietChannels(q: Q, now: Date): Promise<(Watched & { lastEventAt: Date })[]> {
  const { rows } = await sql<Watched & { lastEventAt: Date }>`
    select c.workspace_id as "workspaceId", c.id as "channelId", c.last_event_at as "lastEventAt" from channel c
    where ${READABLE} and c.last_event_at < ${now}::timestamptz - interval '3 minutes'`.execute(q);
  return rows;
}

/** Events Meta delivered by hour (UTC), and since when they are counted. */
async function habitOf(
  q: Q,
  { workspaceId, channelId }: Watched,
  now: Date,
): Promise<{ hours: Map<number, number>; since: number | null }> {
  const { rows } = await sql<{ hour: Date; n: number }>`
    select hour, sum(received) as n from intake
    where workspace_id = ${workspaceId} and channel_id = ${channelId} and hour >= ${now}::timestamptz - make_interval(weeks => ${2 * HABIT_WEEKS})
    group by hour having sum(received) > 0 order by hour`.execute(q);
  return { hours: new Map(rows.map((r) => [r.hour.getTime(), Number(r.n)])), since: rows[0]?.hour.getTime() ?? null };
}

/** Gives whether it was not silent before. What was expected meanwhile grows without a word. */
async function setSilence(
  db: Deps["db"],
  { workspaceId, channelId }: Watched,
  silence: { since: string; expected: number },
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ was: boolean }>`
      update channel set silence = ${JSON.stringify(silence)}::jsonb where workspace_id = ${workspaceId} and id = ${channelId}
      returning old.silence is not null as was`.execute(tx);
    const isNew = rows[0]?.was === false;
    if (isNew) await tellChannels(tx, [{ workspaceId, channelId }]);
    return isNew;
  });
}

const tellChannels = (q: Q, channels: readonly Watched[]) =>
  writeEvents(
    q,
    channels.map(({ workspaceId, channelId }) => ({
      workspaceId,
      type: "channel.updated" as const,
      conversationId: null,
      subjectId: channelId,
    })),
  );
