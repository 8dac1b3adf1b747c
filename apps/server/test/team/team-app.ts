import { registerTeam, type TeamModule } from "../../src/modules/team/index.ts";
import { type App, createHttp } from "../../src/platform/http/server.ts";
import type { Build } from "../harness/index.ts";

/** Only the team's part of the server, with room for routes of a test's own. */
export function teamOnly(extra: (app: App, team: TeamModule) => void = () => {}): Build {
  return async (deps) => {
    const team = await registerTeam(deps);
    const http = await createHttp({
      log: deps.log,
      authenticate: team.authenticate,
      version: "test",
      serverUrl: deps.config.publicUrl,
    });
    await http.register(async (api) => {
      const app = api as unknown as App;
      team.routes(app);
      extra(app, team);
    });
    return { http, start: async () => {}, stop: () => http.close() };
  };
}
