import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ChannelHealth, Id, Receiving, ReceivingQuery } from "@firstline/contracts";
import { type ChannelFacts, checkChannel, type FaultCode, isFaultCode } from "@firstline/core";
import { sql } from "kysely";
import { z } from "zod";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../platform/http/problems.ts";
import type { App } from "../../platform/http/server.ts";
import { VERSION } from "../../version.ts";
import type { TeamModule } from "../team/index.ts";
import { installationFigures } from "./figures.ts";
import { gatherFacts } from "./gather.ts";
import { foldIntake, forgetIntake } from "./intake.ts";
import { receivingOf } from "./receiving.ts";
import { registerSelfTest } from "./self-test/index.ts";
import type { TraceModules } from "./trace.ts";
import { traceRoutes } from "./trace-routes.ts";

export { gatherFacts } from "./gather.ts";

/** One page per code of the catalogue; the `type` of every problem document points there. */
const ERROR_PAGES = join(import.meta.dirname, "../../../../../docs/errors");

/** Channel health, loss report and trace on demand, and the probes operators and their tools ask: alive, ready, figures, the API's description. */
export function registerDiagnostics(app: App, deps: Deps, modules: TraceModules & { team: TeamModule }): void {
  const { channels } = modules;
  app.get(
    "/api/v1/channels/:id/health",
    {
      config: { permission: "channels:read" },
      schema: {
        tags: ["channels"],
        summary: "Every check of a channel with its evidence",
        params: z.object({ id: Id }),
        response: { 200: ChannelHealth },
      },
    },
    async (request) => {
      const { workspaceId } = request.actor;
      const facts: ChannelFacts = await gatherFacts(deps, channels, workspaceId, request.params.id);
      const channel = await channels.row(workspaceId, request.params.id);
      const checks = checkChannel(
        { ...facts, state: channel.state, stateFault: channel.state_fault as FaultCode | null },
        deps.clock(),
        request.locale,
      );
      return {
        // What these checks find counts, not what an earlier look wrote down.
        state:
          channel.state === "healthy" || channel.state === "degraded"
            ? checks.some((c) => c.status === "fail")
              ? ("degraded" as const)
              : ("healthy" as const)
            : channel.state,
        checkedAt: new Date(deps.clock()).toISOString(),
        checks,
      };
    },
  );

  app.get(
    "/api/v1/channels/:id/receiving",
    {
      config: { permission: "channels:read" },
      schema: {
        tags: ["channels"],
        summary: "What came in, what Meta lost and what was read back, by day and kind",
        params: z.object({ id: Id }),
        querystring: ReceivingQuery,
        response: { 200: Receiving },
      },
    },
    (request) => receivingOf(deps, channels, request.actor.workspaceId, request.params.id, request.query),
  );
  deps.jobs.define("intake.fold", { retryLimit: 0, schedule: "*/10 * * * *" }, async () => {
    await foldIntake(deps.db, "recent");
  });
  deps.jobs.define("intake.forget", { retryLimit: 3, schedule: "41 3 * * *" }, async () => {
    await foldIntake(deps.db, "all");
    await forgetIntake(deps.db, deps.clock());
  });

  traceRoutes(app, deps, modules);
  registerSelfTest(app, deps, modules);
  installationFigures(deps);

  const open = { config: { public: true }, schema: { hide: true } };
  app.get("/healthz", open, () => ({ status: "alive", version: VERSION }));
  app.get("/readyz", open, async (_request, reply) => {
    try {
      await sql`select 1`.execute(deps.db);
      return { status: "ready" };
    } catch {
      return reply.status(503).send({ status: "the database does not answer" });
    }
  });
  app.get("/metrics", open, async (_request, reply) =>
    reply.type(deps.metrics.registry.contentType).send(await deps.metrics.registry.metrics()),
  );
  app.get(
    "/docs/errors/:code",
    { ...open, schema: { hide: true, params: z.object({ code: z.string().max(80) }) } },
    async (request, reply) => {
      // Only codes of the catalogue have a page, so nothing else can be asked for.
      const { code } = request.params;
      if (!isFaultCode(code)) throw notFound("error page");
      return reply.type("text/plain; charset=utf-8").send(await readFile(join(ERROR_PAGES, `${code}.md`), "utf8"));
    },
  );
  app.get("/api/v1/openapi.json", open, () => app.swagger());
}
