import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { App } from "../../platform/http/server.ts";
import type { ChannelsModule } from "../channels/index.ts";
import type { TeamModule } from "../team/index.ts";
import { callbackRoutes } from "./callbacks.ts";
import { deletionRequestRoutes } from "./deletion-requests.ts";
import { defineChannelDeletion } from "./erase-channel.ts";
import { eraseRoutes } from "./erase-routes.ts";
import { eraseSteps } from "./erase-steps.ts";
import { retentionRoutes } from "./retention.ts";
import { retentionJobs } from "./retention-run.ts";
import { statusPage } from "./status-page.ts";

export { erasedAt } from "./erased.ts";
export { eventsOfErased, forgetLate } from "./late-events.ts";
export { reseal } from "./rotate-key.ts";

/** What people ask about their data: Meta's callbacks, the tasks they leave, the page that tells how far they are. */
export function registerPrivacy(app: App, deps: Deps, modules: { channels: ChannelsModule; team: TeamModule }): void {
  callbackRoutes(app, deps, modules.channels);
  deletionRequestRoutes(app, deps, modules.team);
  eraseRoutes(app, deps, modules.team);
  eraseSteps(deps);
  retentionRoutes(app, deps, modules.team);
  retentionJobs(deps);
  defineChannelDeletion(deps);
  statusPage(app, deps);
  deps.jobs.define("privacy.callbacks", { retryLimit: 2, schedule: "23 4 * * *" }, async () => {
    await sql`delete from callback_seen where received_at < ${new Date(deps.clock() - 90 * 86_400_000)}`.execute(
      deps.db,
    );
  });
}
