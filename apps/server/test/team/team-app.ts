import { registerTeam, type TeamModule } from "../../src/modules/team/index.ts";
import { type App, createHttp } from "../../src/platform/http/server.ts";
import type { Build, TestApp } from "../harness/index.ts";

export interface TeamOnly {
  /** Routes of a test's own beside the team's. */
  extra?(app: App, team: TeamModule): void;
}

/** Only the team's part of the server. */
export function teamOnly({ extra }: TeamOnly = {}): Build {
  return async (deps) => {
    const team = await registerTeam(deps);
    const { authenticate } = team;
    const http = await createHttp({ log: deps.log, authenticate, version: "test", serverUrl: deps.config.publicUrl });
    await http.register(async (api) => {
      const app = api as unknown as App;
      team.routes(app);
      extra?.(app, team);
    });
    return { http, start: async () => {}, stop: () => http.close() };
  };
}

export const OWNER = {
  workspaceName: "Blue Door",
  name: "Olivia",
  email: "Olivia@Example.test",
  password: "correct horse battery",
};

/** Signs in as a browser on the server's own page would. */
export function signIn(t: TestApp, email: string, password: string, headers: Record<string, string> = {}) {
  return t.call<{ code?: string }>("POST", "/api/auth/sign-in/email", {
    headers: { origin: "http://localhost", ...headers },
    body: { email, password },
  });
}

/** What a browser sends back of the cookies it was given. */
export function cookieOf(headers: Record<string, unknown>): { cookie: string } {
  const given = [(headers["set-cookie"] as string[] | string | undefined) ?? []].flat();
  return { cookie: given.map((c) => c.split(";")[0]).join("; ") };
}
