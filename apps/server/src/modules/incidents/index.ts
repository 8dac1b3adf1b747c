import type { Incident } from "@firstline/contracts";
import type { Deps } from "../../deps.ts";
import type { ModuleLife } from "../../life.ts";
import type { Q } from "../../platform/db/pool.ts";
import type { Locale } from "../../platform/http/problems.ts";
import type { App } from "../../platform/http/server.ts";
import type { ChannelsModule } from "../channels/index.ts";
import type { TeamModule } from "../team/index.ts";
import { incidentFigures } from "./figures.ts";
import { defineWatch } from "./look.ts";
import { incidentsById, presentIncidents } from "./present.ts";
import { incidentRoutes } from "./routes.ts";
import { createStateFollower } from "./states.ts";

export interface IncidentsModule extends ModuleLife {
  /** Incidents by id, as events show them; those nobody has been told of are left out. */
  load(q: Q, workspaceId: string, ids: readonly string[], locale: Locale): Promise<Map<string, Incident>>;
}

/** What is wrong with a channel, from when to when: opened and closed by looks, never by hand. */
export function registerIncidents(
  app: App,
  deps: Deps,
  modules: { channels: ChannelsModule; team: TeamModule },
): IncidentsModule {
  incidentRoutes(app, deps, modules);
  incidentFigures(deps);
  defineWatch(deps, modules.channels);
  return {
    ...createStateFollower(deps),
    async load(q, workspaceId, ids, locale) {
      const rows = await incidentsById(q, workspaceId, ids);
      const incidents = await presentIncidents(modules.team, workspaceId, rows, locale);
      return new Map(incidents.map((i) => [i.id, i]));
    },
  };
}
