import type { Deps } from "../../../deps.ts";
import type { App } from "../../../platform/http/server.ts";
import { type ChannelsModule, SELF_TEST_JOB, type SelfTestJob } from "../../channels/index.ts";
import type { TeamModule } from "../../team/index.ts";
import { selfTestRoutes } from "./routes.ts";
import { runSelfTest } from "./run.ts";

/** Self-tests of channels: after every connection and reauthorisation, and whenever somebody asks. */
export function registerSelfTest(app: App, deps: Deps, modules: { channels: ChannelsModule; team: TeamModule }): void {
  selfTestRoutes(app, deps, modules);
  deps.jobs.define<SelfTestJob>(SELF_TEST_JOB, { retryLimit: 2, concurrency: 4 }, (job) =>
    runSelfTest(deps, modules.channels, job),
  );
}
