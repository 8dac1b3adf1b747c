import { Trace, TraceExport, TraceQuery } from "@firstline/contracts";
import type { Deps } from "../../deps.ts";
import type { App } from "../../platform/http/server.ts";
import { type TraceModules, traceMessage } from "./trace.ts";
import { exportTrace } from "./trace-export.ts";

const tags = ["diagnostics"];

/**
 * `GET /trace` for everybody who answers customers: it shows what the conversation shows, and no raw delivery. The export holds
 * the deliveries' bytes, so it needs the right to read those.
 */
export function traceRoutes(app: App, deps: Deps, modules: TraceModules): void {
  app.get(
    "/api/v1/trace",
    {
      config: { permission: "conversations:read" },
      schema: {
        tags,
        summary:
          "What became of a customer's message: one verdict with evidence; asks Meta where needed and takes in what was missing",
        querystring: TraceQuery,
        response: { 200: Trace },
      },
    },
    async (request) => {
      const { workspaceId, permissions } = request.actor;
      const { trace } = await traceMessage(deps, modules, workspaceId, request.query, request.locale);
      if (permissions.has("deliveries:read")) return trace;
      return { ...trace, evidence: trace.evidence.map((e) => ({ ...e, deliveryId: null })) };
    },
  );

  app.get(
    "/api/v1/trace/export",
    {
      config: { permission: "deliveries:read" },
      schema: {
        tags,
        summary: "The same as one file for a report to Meta, with the exact deliveries; no token and no secret in it",
        querystring: TraceQuery,
        response: { 200: TraceExport },
      },
    },
    async (request, reply) => {
      const { workspaceId } = request.actor;
      const { contactExternalId } = request.query;
      // Meta reads English.
      const run = await traceMessage(deps, modules, workspaceId, request.query, "en");
      const name = `trace-${contactExternalId.replace(/[^\w-]/g, "").slice(0, 40)}-${run.trace.from.slice(0, 10)}.json`;
      reply.header("content-disposition", `attachment; filename="${name}"`);
      return exportTrace(deps, modules.channels, workspaceId, contactExternalId, run);
    },
  );
}
