import { Id, IncidentList, IncidentQuery, Incident as IncidentSchema } from "@firstline/contracts";
import { sql } from "kysely";
import { z } from "zod";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../platform/http/problems.ts";
import type { App } from "../../platform/http/server.ts";
import { writeEvents } from "../../platform/outbox/index.ts";
import type { ChannelsModule } from "../channels/index.ts";
import type { TeamModule } from "../team/index.ts";
import { incidentPage, incidentsById, presentIncidents, timelineOf } from "./present.ts";

export function incidentRoutes(app: App, deps: Deps, modules: { channels: ChannelsModule; team: TeamModule }): void {
  const { channels, team } = modules;
  const tags = ["incidents"];
  const params = z.object({ id: Id });

  app.get(
    "/api/v1/incidents",
    {
      config: { permission: "channels:read" },
      schema: {
        tags,
        summary: "What is or was wrong with the channels, newest first",
        querystring: IncidentQuery,
        response: { 200: IncidentList },
      },
    },
    async (request) => {
      const { workspaceId } = request.actor;
      const { rows, nextCursor } = await incidentPage(deps.db, workspaceId, request.query);
      return { data: await presentIncidents(team, workspaceId, rows, request.locale), nextCursor };
    },
  );

  app.get(
    "/api/v1/channels/:id/incidents",
    {
      config: { permission: "channels:read" },
      schema: {
        tags,
        summary: "What concerned a channel in the last 30 days, newest first, at most 200",
        params,
        response: { 200: IncidentList },
      },
    },
    async (request) => {
      const { workspaceId } = request.actor;
      const channel = await channels.row(workspaceId, request.params.id);
      const rows = await timelineOf(deps.db, workspaceId, channel, deps.clock());
      return { data: await presentIncidents(team, workspaceId, rows, request.locale), nextCursor: null };
    },
  );

  app.post(
    "/api/v1/incidents/:id/acknowledge",
    {
      config: { permission: "channels:write" },
      schema: {
        tags,
        summary: "Says that somebody has seen it and looks after it; it stays open until it is over",
        params,
        response: { 200: IncidentSchema },
      },
    },
    async (request) => {
      const { workspaceId, member } = request.actor;
      const { id } = request.params;
      await deps.db.transaction().execute(async (tx) => {
        const { rows } = await sql`
          update incident set acknowledged_at = ${new Date(deps.clock())}, acknowledged_by = ${member?.id ?? null}::uuid
          where workspace_id = ${workspaceId} and id = ${id} and confirmed_at is not null and acknowledged_at is null returning id`.execute(
          tx,
        );
        if (rows.length > 0)
          await writeEvents(tx, [{ workspaceId, type: "incident.updated", conversationId: null, subjectId: id }]);
      });
      const [incident] = await presentIncidents(
        team,
        workspaceId,
        await incidentsById(deps.db, workspaceId, [id]),
        request.locale,
      );
      if (!incident) throw notFound("incident");
      return incident;
    },
  );
}
