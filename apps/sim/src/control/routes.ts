import type { FastifyInstance } from "fastify";
import type { Sim } from "../sim.ts";
import { appSettingsRoutes } from "./app-settings.ts";
import { automationRoutes } from "./automation.ts";
import { callbackRoutes } from "./callbacks.ts";
import { commentRoutes } from "./comments.ts";
import { contentRoutes } from "./content.ts";
import { customerRoutes } from "./customers.ts";
import { faultRoutes } from "./faults.ts";
import { logRoutes } from "./logs.ts";
import { appRoutes } from "./page-apps.ts";
import { pageEventRoutes } from "./page-events.ts";
import { pageSettingsRoutes } from "./page-settings.ts";
import { peopleRoutes } from "./people.ts";
import { privateReplyRoutes } from "./private-replies.ts";
import { routingRoutes } from "./routing.ts";
import { sendingRoutes } from "./sending.ts";
import { stateRoutes } from "./state.ts";
import { strangerRoutes } from "./strangers.ts";
import { suiteRoutes } from "./suite.ts";
import { pageSwitchRoutes } from "./switches-of-page.ts";
import { templateRoutes } from "./templates.ts";
import { tokenRoutes } from "./tokens.ts";
import { userRoutes } from "./users.ts";
import { worldRoutes } from "./world.ts";

/** The control API under `/_sim`; see docs/simulator.md. */
export function controlRoutes(app: FastifyInstance, sim: Sim): void {
  stateRoutes(app, sim);
  faultRoutes(app, sim);
  peopleRoutes(app, sim);
  userRoutes(app, sim);
  tokenRoutes(app, sim);
  appSettingsRoutes(app, sim);
  callbackRoutes(app, sim);
  pageSettingsRoutes(app, sim);
  pageSwitchRoutes(app, sim);
  customerRoutes(app, sim);
  contentRoutes(app, sim);
  strangerRoutes(app, sim);
  commentRoutes(app, sim);
  privateReplyRoutes(app, sim);
  sendingRoutes(app, sim);
  templateRoutes(app, sim);
  pageEventRoutes(app, sim);
  appRoutes(app, sim);
  routingRoutes(app, sim);
  suiteRoutes(app, sim);
  automationRoutes(app, sim);
  logRoutes(app, sim);
  worldRoutes(app, sim);
  app.all("/_sim/*", async (request, reply) =>
    reply.code(404).send({ error: `There is no ${request.method} ${request.url} here; see docs/simulator.md.` }),
  );
}
