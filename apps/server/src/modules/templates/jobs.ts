import { type FaultCode, faultOf } from "@firstline/core";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Tx } from "../../platform/db/pool.ts";
import type { ChannelsModule } from "../channels/index.ts";
import { SYNC_JOB } from "./status.ts";
import { syncTemplates } from "./sync.ts";

interface Sync {
  workspaceId: string;
  channelId: string;
  /** How often it was looked for the end of a review. */
  look?: number;
}

/** A review takes seconds as a rule (Utility messages, 2026-03-13); a lost webhook must not keep a template waiting for a day. */
const LOOK_AFTER_SECONDS = [15, 60, 300, 1_200, 3_600, 6 * 3_600];
/** The daily look is spread over an hour. */
const SPREAD_SECONDS = 3_600;

/** Looks again and again, with growing waits, until Meta has judged every template of the channel. */
export async function watchReview(deps: Pick<Deps, "jobs">, of: Sync, tx?: Tx): Promise<void> {
  const look = of.look ?? 0;
  const startAfterSeconds = LOOK_AFTER_SECONDS[look];
  if (startAfterSeconds === undefined) return;
  await deps.jobs.add(SYNC_JOB, [{ data: { ...of, look: look + 1 }, startAfterSeconds }], tx);
}

export function defineTemplateJobs(deps: Deps, channels: ChannelsModule): void {
  deps.jobs.define<Sync>(SYNC_JOB, { retryLimit: 4, concurrency: 2 }, async (of) => {
    const fault = await syncTemplates(deps, channels, of.workspaceId, of.channelId);
    if (fault && passes(fault)) throw new Error(`templates could not be read: ${fault}`);
    if (of.look !== undefined && fault === null && (await isUnderReview(deps, of))) await watchReview(deps, of);
  });
  deps.jobs.define("templates.daily", { retryLimit: 2, schedule: "37 4 * * *" }, async () => {
    const { rows } = await sql<Sync>`
      select workspace_id as "workspaceId", id as "channelId" from channel where platform = 'messenger' and state <> 'disconnected'`.execute(
      deps.db,
    );
    await deps.jobs.add(
      SYNC_JOB,
      rows.map((data) => ({ data, startAfterSeconds: Math.floor(deps.random() * SPREAD_SECONDS) })),
    );
  });
}

function passes(fault: FaultCode): boolean {
  const { retry } = faultOf(fault);
  return retry === "backoff" || retry === "after_wait" || retry === "once";
}

async function isUnderReview(deps: Pick<Deps, "db">, { workspaceId, channelId }: Sync): Promise<boolean> {
  const { rows } = await sql`
    select 1 from template where workspace_id = ${workspaceId} and channel_id = ${channelId} and deleted_at is null and status = 'PENDING' limit 1`.execute(
    deps.db,
  );
  return rows.length > 0;
}
