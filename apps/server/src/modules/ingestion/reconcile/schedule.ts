import { sql } from "kysely";
import type { Deps } from "../../../deps.ts";
import type { Q } from "../../../platform/db/pool.ts";
import { GONE } from "./rows.ts";
import { RUN_JOB, type Runner } from "./run.ts";

/** How long after a comparison the next one is due. */
const EVERY = sql`interval '5 minutes'`;
const TICK_SECONDS = 60;
/** Channels that can be read; the others have nobody to ask for them. */
export const READABLE = sql`c.state in ('healthy', 'degraded', 'restricted')`;
/** Routine comparisons that found nothing are kept for two days, the others as long as anybody may ask. */
const KEPT = {
  empty: sql`interval '2 days'`,
  all: sql`interval '180 days'`,
};

/**
 * Every minute: the channels whose last comparison is five minutes old, spread over the minute, and the runs whose process is
 * gone. Each channel keeps its own minute, so that a thousand of them do not ask Meta at once.
 */
export function scheduleRuns(deps: Deps, runner: Runner): void {
  deps.jobs.define<{ workspaceId: string; id: string }>(
    RUN_JOB,
    { retryLimit: 6, concurrency: 8, lookEverySeconds: 3 },
    async (job) => {
      if (!(await runner.work(job.workspaceId, job.id))) throw new Error("somebody else is at this comparison");
    },
  );
  deps.jobs.define<{ workspaceId: string; channelId: string }>(
    "reconcile.due",
    { retryLimit: 1, concurrency: 8, lookEverySeconds: 5 },
    async ({ workspaceId, channelId }) => void (await runner.start(workspaceId, channelId, "scheduled")),
  );
  deps.jobs.define("reconcile.tick", { retryLimit: 0, schedule: "* * * * *" }, async () => {
    const due = await dueChannels(deps.db, new Date(deps.clock()));
    await deps.jobs.add(
      "reconcile.due",
      due.map((data, n) => ({ data, startAfterSeconds: Math.floor((n * TICK_SECONDS) / due.length) })),
    );
    await deps.jobs.add(
      RUN_JOB,
      (await abandonedRuns(deps.db)).map((data) => ({ data })),
    );
  });
  deps.jobs.define("reconcile.forget", { retryLimit: 1, schedule: "41 3 * * *" }, () =>
    forgetRuns(deps.db, new Date(deps.clock())),
  );
}

export async function dueChannels(q: Q, now: Date): Promise<{ workspaceId: string; channelId: string }[]> {
  const { rows } = await sql<{ workspaceId: string; channelId: string }>`
    select c.workspace_id as "workspaceId", c.id as "channelId" from channel c
    left join lateral (
      select r.started_at, r.state from reconciliation r where r.workspace_id = c.workspace_id and r.channel_id = c.id and r.contact_external_id is null
      order by r.started_at desc limit 1) last on true
    where ${READABLE} and coalesce(last.state, 'done') <> 'running' and coalesce(last.started_at, c.created_at) < ${now}::timestamptz - ${EVERY}
    order by c.id`.execute(q);
  return rows;
}

async function abandonedRuns(q: Q): Promise<{ workspaceId: string; id: string }[]> {
  const { rows } = await sql<{ workspaceId: string; id: string }>`
    select r.workspace_id as "workspaceId", r.id from reconciliation r
    where r.state = 'running' and (r.runner_at < clock_timestamp() - ${GONE} or (r.runner_at is null and r.started_at < clock_timestamp() - interval '1 hour'))`.execute(
    q,
  );
  return rows;
}

async function forgetRuns(q: Q, now: Date): Promise<void> {
  await sql`
    delete from reconciliation where state <> 'running' and (started_at < ${now}::timestamptz - ${KEPT.all}
      or (reason = 'scheduled' and recovered = 0 and started_at < ${now}::timestamptz - ${KEPT.empty}))`.execute(q);
}
