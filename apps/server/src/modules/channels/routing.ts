import { type ChannelRouting, ChannelRouting as ChannelRoutingSchema, Flag, Id } from "@firstline/contracts";
import { routingClicks } from "@firstline/core";
import { z } from "zod";
import type { Deps } from "../../deps.ts";
import type { Locale } from "../../platform/http/problems.ts";
import type { App } from "../../platform/http/server.ts";
import type { ChannelRow, ChannelsModule } from "./index.ts";

/** Who else is on the Page, who answers first, and where a person changes it. */
export function routingRoute(app: App, deps: Deps, channels: ChannelsModule): void {
  app.get(
    "/api/v1/channels/:id/routing",
    {
      config: { permission: "channels:read" },
      schema: {
        tags: ["channels"],
        summary: "Apps on the Page, routing mode and default app, as last read; refresh=true reads them now",
        params: z.object({ id: Id }),
        querystring: z.object({ refresh: Flag.optional() }),
        response: { 200: ChannelRoutingSchema },
      },
    },
    async (request) => {
      const { workspaceId } = request.actor;
      if (request.query.refresh) await channels.survey(workspaceId, request.params.id);
      const row = await channels.row(workspaceId, request.params.id);
      return presentRouting(row, deps.config.meta.appId, request.locale);
    },
  );
}

export function presentRouting(row: ChannelRow, ownAppId: string | null, locale: Locale): ChannelRouting {
  const routing = row.routing ?? {};
  const mode = { true: "routing", false: "all_apps" } as const;
  const apps = (row.apps ?? []).map(({ id, name, fields }) => ({ appId: id, name, ours: id === ownAppId, fields }));
  const ours = routing.enabled ? routing.defaultOurs : null;
  return {
    surveyedAt: row.surveyed_at?.toISOString() ?? null,
    mode: typeof routing.enabled === "boolean" ? mode[`${routing.enabled}`] : "unknown",
    defaultApp:
      typeof ours === "boolean"
        ? {
            appId: ours ? ownAppId : null,
            name: ours ? (apps.find((a) => a.ours)?.name ?? null) : null,
            ours,
          }
        : null,
    apps,
    clicks: routingClicks(row.platform, locale),
  };
}
