import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Tx } from "../../platform/db/pool.ts";

/** Why a self-test is made. `reauthorized`: the channel had been connected before. */
export type SelfTestReason = "connected" | "reauthorized" | "asked";

/** Worked off by the diagnostics module, which gathers what the steps judge. */
export const SELF_TEST_JOB = "channels.self_test";
export interface SelfTestJob {
  workspaceId: string;
  channelId: string;
  id: string;
}

/** Self-tests kept for each channel. */
const KEPT = 20;
/** A running one that is older was left behind by a process that died. */
const RUNS_AT_MOST_MS = 5 * 60_000;

/**
 * Begins a self-test of a channel in the caller's transaction; it runs once that commits. Asked for while one runs, that one
 * counts; after connecting or reauthorising a running one is thrown away, for what it found may be over. Gives its id.
 */
export async function startSelfTest(
  tx: Tx,
  deps: Pick<Deps, "jobs" | "clock">,
  about: { workspaceId: string; channelId: string; reason: SelfTestReason; askedBy?: string | null },
): Promise<string> {
  const { workspaceId, channelId, reason, askedBy = null } = about;
  const now = deps.clock();
  // Two who ask at once wait for each other here.
  await sql`select 1 from channel where workspace_id = ${workspaceId} and id = ${channelId} for update`.execute(tx);
  const { rows: running } = await sql<{ id: string; started_at: Date }>`
    select id, started_at from self_test where workspace_id = ${workspaceId} and channel_id = ${channelId} and finished_at is null`.execute(
    tx,
  );
  const before = running[0];
  if (before && reason === "asked" && now - before.started_at.getTime() < RUNS_AT_MOST_MS) return before.id;
  await sql`
    delete from self_test where workspace_id = ${workspaceId} and channel_id = ${channelId} and (finished_at is null or id in (
      select id from self_test where workspace_id = ${workspaceId} and channel_id = ${channelId}
      order by started_at desc, id desc offset ${KEPT - 1}))`.execute(tx);
  const { rows } = await sql<{ id: string }>`
    insert into self_test (workspace_id, channel_id, reason, asked_by, started_at)
    values (${workspaceId}, ${channelId}, ${reason}, ${askedBy}, ${new Date(now)}) returning id`.execute(tx);
  const { id } = rows[0]!;
  await deps.jobs.add<SelfTestJob>(SELF_TEST_JOB, [{ data: { workspaceId, channelId, id } }], tx);
  return id;
}
