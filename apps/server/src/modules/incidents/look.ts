import { checkChannel, judgeChecks, STATE_CODES } from "@firstline/core";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import { type ChannelsModule, noteDegraded } from "../channels/index.ts";
import { gatherFacts } from "../diagnostics/index.ts";
import { applyLook, lockIncidents } from "./apply.ts";

const LOOK_JOB = "incidents.look";
const KEPT_DAYS = 365;

/** Every connected channel's checks, every ten minutes; what they find opens and closes incidents. */
export function defineWatch(deps: Deps, channels: ChannelsModule): void {
  deps.jobs.define<{ workspaceId: string; channelId: string }>(
    LOOK_JOB,
    { retryLimit: 1, concurrency: 4 },
    ({ workspaceId, channelId }) => look(deps, channels, workspaceId, channelId),
  );
  deps.jobs.define("incidents.watch", { retryLimit: 0, schedule: "*/10 * * * *" }, async () => {
    const { rows } = await sql<{ workspaceId: string; channelId: string }>`
      select workspace_id as "workspaceId", id as "channelId" from channel where state <> 'disconnected'`.execute(
      deps.db,
    );
    await deps.jobs.add(
      LOOK_JOB,
      rows.map((data) => ({ data, singletonKey: data.channelId })),
    );
  });
  deps.jobs.define("incidents.forget", { retryLimit: 2, schedule: "52 4 * * *" }, async () => {
    await sql`delete from incident where until < ${new Date(deps.clock() - KEPT_DAYS * 86_400_000)}`.execute(deps.db);
  });
}

/**
 * Looks at one channel. A confirmed critical finding makes it *degraded*; without one it is healthy again. It is about what the
 * checks find: a channel that waits for reauthorisation, or that Meta restricts, keeps that state.
 */
async function look(deps: Deps, channels: ChannelsModule, workspaceId: string, channelId: string): Promise<void> {
  const facts = await gatherFacts(deps, channels, workspaceId, channelId);
  if (facts.state === "disconnected") return;
  const now = deps.clock();
  const found = judgeChecks(checkChannel(facts, now, "en"), checkChannel(facts, now, "zh-TW"));
  const app = `app:${facts.platform}`;
  await deps.db.transaction().execute(async (tx) => {
    await lockIncidents(tx, workspaceId);
    const at = (level: "channel" | "app") => found.filter((j) => j.level === level);
    await applyLook(tx, { workspaceId, subject: channelId, channelId }, at("channel"), now);
    await applyLook(tx, { workspaceId, subject: app, channelId: null }, at("app"), now);
    const { rows } = await sql`
      select 1 from incident where workspace_id = ${workspaceId} and subject in (${channelId}, ${app}) and until is null
        and confirmed_at is not null and severity = 'critical' and code <> all(${[...STATE_CODES]}::text[]) limit 1`.execute(
      tx,
    );
    await noteDegraded(tx, deps, workspaceId, channelId, rows.length > 0);
  });
}
