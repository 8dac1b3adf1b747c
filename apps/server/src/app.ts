import type { Deps } from "./deps.ts";
import type { ModuleLife, Roles } from "./life.ts";
import { registerAlerts } from "./modules/alerts/index.ts";
import { registerChannels } from "./modules/channels/index.ts";
import { registerContacts } from "./modules/contacts/index.ts";
import { registerConversations } from "./modules/conversations/index.ts";
import { registerDiagnostics } from "./modules/diagnostics/index.ts";
import { registerIncidents } from "./modules/incidents/index.ts";
import { registerIngestion } from "./modules/ingestion/index.ts";
import { registerMessages } from "./modules/messages/index.ts";
import { registerPrivacy } from "./modules/privacy/index.ts";
import { registerRealtime } from "./modules/realtime/index.ts";
import { registerTeam } from "./modules/team/index.ts";
import { registerTemplates } from "./modules/templates/index.ts";
import { type App, createHttp } from "./platform/http/server.ts";
import { serveWeb } from "./platform/http/web.ts";
import { VERSION } from "./version.ts";

export interface BuiltApp {
  http: App;
  /** Starts workers, schedules and streams. The HTTP part works without it, as in tests of routes. */
  start(roles: Roles): Promise<void>;
  /** Stops taking work, finishes what is in hand, closes everything but the database. */
  stop(): Promise<void>;
}

/** The whole server without listening. */
export async function buildApp(deps: Deps): Promise<BuiltApp> {
  const team = await registerTeam(deps);
  const http = await createHttp({
    log: deps.log,
    authenticate: team.authenticate,
    version: VERSION,
    serverUrl: deps.config.publicUrl,
  });
  const lives: ModuleLife[] = [];

  await http.register(async (api) => {
    const app = api as unknown as App;
    lives.push(team.routes(app));
    const channels = registerChannels(app, deps, team);
    const templates = registerTemplates(app, deps, channels);
    const contacts = registerContacts(app, deps, channels);
    const conversations = registerConversations(app, deps, { channels, team });
    const messages = registerMessages(app, deps, { channels, conversations });
    const ingestion = registerIngestion(app, deps, { channels, contacts, messages });
    const incidents = registerIncidents(app, deps, { channels, team });
    const alerts = registerAlerts(app, deps);
    const realtime = registerRealtime(app, deps, {
      alerts,
      channels,
      contacts,
      conversations,
      incidents,
      messages,
      templates,
      authenticate: team.authenticate,
    });
    registerPrivacy(app, deps, { channels, team });
    registerDiagnostics(app, deps, { channels, ingestion, team });
    lives.push(channels, templates, contacts, conversations, messages, ingestion, incidents, alerts, realtime);
  });
  await serveWeb(http, deps.webRoot);

  return {
    http,
    async start(roles) {
      await deps.jobs.start({ work: roles.worker });
      for (const life of lives) await life.start?.(roles);
      await deps.signals.start();
    },
    async stop() {
      for (const life of lives.toReversed()) await life.stop?.();
      await http.close();
      await deps.signals.stop();
      await deps.jobs.stop();
      await deps.graph.close();
    },
  };
}
