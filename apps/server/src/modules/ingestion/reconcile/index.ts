import { sql } from "kysely";
import type { Deps } from "../../../deps.ts";
import type { ModuleLife } from "../../../life.ts";
import type { App } from "../../../platform/http/server.ts";
import { RETURNED_JOB, type Returned } from "../../conversations/index.ts";
import type { DeliveryStore } from "../store.ts";
import { AFTER_REFUSALS_SECONDS, createHeartbeat, noticeRefusals } from "./outage.ts";
import { reconcileRoutes } from "./routes.ts";
import { createRunner, type Runner } from "./run.ts";
import { READABLE, scheduleRuns } from "./schedule.ts";
import type { WalkModules } from "./walk.ts";
import { watchChannels } from "./watch.ts";

export type { Runner } from "./run.ts";

export interface Reconcile {
  runner: Runner;
  life: Required<ModuleLife>;
  /** The store of deliveries, watched: what it had to refuse is read back if Meta does not repeat it. */
  watch(store: DeliveryStore): DeliveryStore;
}

/**
 * Comparing with Meta's own record (R5): Meta loses webhooks, for single people and for hours, and says so nowhere. Whatever
 * its Conversations API has and we do not is taken in as *recovered*. Runs are rows, worked off in stretches by jobs; the calls
 * of all processes take turns per channel.
 */
export function registerReconcile(app: App, deps: Deps, modules: WalkModules): Reconcile {
  const { channels } = modules;
  const runner = createRunner(deps, modules);
  scheduleRuns(deps, runner);
  watchChannels(deps, channels, runner);
  reconcileRoutes(app, deps, channels, runner);
  deps.jobs.define<{ workspaceId: string; channelId: string }>(
    "reconcile.outage",
    { retryLimit: 3, concurrency: 8 },
    async ({ workspaceId, channelId }) => void (await runner.queue(workspaceId, channelId, "outage")),
  );
  deps.jobs.define<Returned>(
    RETURNED_JOB,
    { retryLimit: 3, concurrency: 4 },
    async ({ workspaceId, channelId, contactExternalId, from }) =>
      void (await runner.queue(workspaceId, channelId, "outage", { contactExternalId, from: new Date(from) })),
  );
  channels.onRevived(async (workspaceId, channelId) => {
    await runner
      .queue(workspaceId, channelId, "reconnected")
      .catch((err) => deps.log.error({ err, channelId }, "no comparison after reconnecting"));
  });

  const everyChannel = async (startAfterSeconds: number) => {
    const { rows } = await sql<{ workspaceId: string; channelId: string }>`
      select c.workspace_id as "workspaceId", c.id as "channelId" from channel c where ${READABLE}`.execute(deps.db);
    await deps.jobs.add(
      "reconcile.outage",
      rows.map((data) => ({ data, startAfterSeconds })),
    );
  };
  const heartbeat = createHeartbeat(deps, () => everyChannel(0));
  return {
    runner,
    life: {
      start: async (roles) => {
        if (roles.web) await heartbeat.start();
      },
      stop: () => heartbeat.stop(),
    },
    watch: (store) =>
      noticeRefusals(store, () => {
        everyChannel(AFTER_REFUSALS_SECONDS).catch((err) => deps.log.error({ err }, "no comparison after refusals"));
      }),
  };
}
