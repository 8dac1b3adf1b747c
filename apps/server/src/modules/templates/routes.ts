import {
  CloneTemplate,
  CreateTemplate,
  Id,
  LibraryList,
  LibraryQuery,
  TemplateList,
  TemplateQuery,
  Template as TemplateSchema,
} from "@firstline/contracts";
import { parametersOf } from "@firstline/core";
import { sql } from "kysely";
import { z } from "zod";
import type { ToldLibraryTemplate } from "../../adapters/templates.ts";
import type { Deps } from "../../deps.ts";
import type { Locale } from "../../platform/http/problems.ts";
import { reason } from "../../platform/http/reason.ts";
import type { App } from "../../platform/http/server.ts";
import type { ChannelsModule } from "../channels/index.ts";
import { cloneTemplate, createTemplate, deleteTemplate, readLibrary } from "./manage.ts";
import { templatesAt } from "./meta.ts";
import { presentTemplate } from "./present.ts";
import { templatesById, templatesOf } from "./rows.ts";
import { SYNC_JOB } from "./status.ts";
import { syncTemplates } from "./sync.ts";

export function templateRoutes(app: App, deps: Deps, channels: ChannelsModule): void {
  const tags = ["templates"];
  const params = z.object({ id: Id });
  const one = async (workspaceId: string, id: string, locale: Locale) => {
    const [row] = await templatesById(deps.db, workspaceId, [id]);
    return presentTemplate(row!, templatesAt("messenger"), locale);
  };

  app.get(
    "/api/v1/channels/:id/templates",
    {
      config: { permission: "channels:read" },
      schema: {
        tags,
        summary: "Utility templates of a Page, newest first; `refresh` asks Meta now",
        params,
        querystring: TemplateQuery,
        response: { 200: TemplateList },
      },
    },
    async (request) => {
      const { workspaceId } = request.actor;
      const { id } = request.params;
      const channel = await channels.row(workspaceId, id);
      const adapter = templatesAt(channel.platform);
      const before = await readState(deps, workspaceId, id);
      if (request.query.refresh || (before.at === null && before.fault === null))
        await syncTemplates(deps, channels, workspaceId, id);
      // What is known is shown at once, and Meta is asked behind it.
      else if (before.fault !== null) await deps.jobs.add(SYNC_JOB, [{ data: { workspaceId, channelId: id } }]);
      const { at, fault } = await readState(deps, workspaceId, id);
      return {
        data: (await templatesOf(deps.db, workspaceId, id)).map((row) => presentTemplate(row, adapter, request.locale)),
        readAt: at?.toISOString() ?? null,
        problem: fault && reason(fault, request.locale),
      };
    },
  );

  app.post(
    "/api/v1/channels/:id/templates",
    {
      config: { permission: "templates:write" },
      schema: {
        tags,
        summary: "Create a template; Meta judges it, as a rule within seconds",
        params,
        body: CreateTemplate,
        response: { 201: TemplateSchema },
      },
    },
    async (request, reply) => {
      const id = await createTemplate(deps, channels, request.actor, request.params.id, request.body);
      return reply.status(201).send(await one(request.actor.workspaceId, id, request.locale));
    },
  );

  app.post(
    "/api/v1/channels/:id/templates/clone",
    {
      config: { permission: "templates:write" },
      schema: {
        tags,
        summary: "Create a template from a ready text of Meta's library",
        params,
        body: CloneTemplate,
        response: { 201: TemplateSchema },
      },
    },
    async (request, reply) => {
      const id = await cloneTemplate(deps, channels, request.actor, request.params.id, request.body);
      return reply.status(201).send(await one(request.actor.workspaceId, id, request.locale));
    },
  );

  app.delete(
    "/api/v1/channels/:id/templates/:templateId",
    {
      config: { permission: "templates:write" },
      schema: {
        tags,
        summary: "Delete a template, at Meta and here; messages keep their text",
        params: z.object({ id: Id, templateId: Id }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { id, templateId } = request.params;
      await deleteTemplate(deps, channels, request.actor, id, templateId);
      return reply.status(204).send(null);
    },
  );

  app.get(
    "/api/v1/channels/:id/template-library",
    {
      config: { permission: "templates:write" },
      schema: {
        tags,
        summary: "Ready texts of Meta's library",
        params,
        querystring: LibraryQuery,
        response: { 200: LibraryList },
      },
    },
    async (request) => {
      const channel = await channels.row(request.actor.workspaceId, request.params.id);
      const found = await readLibrary(channels, request.actor, channel, request.query);
      return { data: found.map(presentReady) };
    },
  );
}

async function readState(deps: Pick<Deps, "db">, workspaceId: string, channelId: string) {
  const { rows } = await sql<{ at: Date | null; fault: Parameters<typeof reason>[0] | null }>`
    select templates_read_at as at, templates_fault as fault from channel where workspace_id = ${workspaceId} and id = ${channelId}`.execute(
    deps.db,
  );
  return rows[0]!;
}

function presentReady({
  content,
  examples,
  ...told
}: ToldLibraryTemplate): z.infer<typeof LibraryList>["data"][number] {
  return {
    ...told,
    header: content.header?.text ?? null,
    body: content.body,
    parameters: parametersOf(content, examples),
    buttons: content.buttons.map(({ kind, text, url }) => ({ kind, text, url: url ?? null })),
  };
}
