import {
  Id,
  ReconciliationList,
  ReconciliationQuery,
  Reconciliation as ReconciliationSchema,
  StartReconciliation,
} from "@firstline/contracts";
import { z } from "zod";
import type { Deps } from "../../../deps.ts";
import { decodeCursor, encodeCursor } from "../../../platform/http/cursor.ts";
import { ApiError } from "../../../platform/http/problems.ts";
import type { App } from "../../../platform/http/server.ts";
import type { ChannelsModule } from "../../channels/index.ts";
import { listRuns, presentRun } from "./rows.ts";
import type { Runner } from "./run.ts";
import { SUBSCRIPTION_JOB } from "./watch.ts";

/** Comparisons with Meta's record: what they found, and one more on demand. */
export function reconcileRoutes(app: App, deps: Deps, channels: ChannelsModule, runner: Runner): void {
  const params = z.object({ id: Id });
  const tags = ["channels"];

  app.get(
    "/api/v1/channels/:id/reconciliations",
    {
      config: { permission: "channels:read" },
      schema: {
        tags,
        summary: "Comparisons with Meta's own record, newest first",
        params,
        querystring: ReconciliationQuery,
        response: { 200: ReconciliationList },
      },
    },
    async (request) => {
      const { workspaceId } = request.actor;
      const { cursor, limit } = request.query;
      await channels.row(workspaceId, request.params.id);
      const rows = await listRuns(deps.db, workspaceId, request.params.id, decodeCursor(cursor, 2), limit);
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        data: page.map((run) => presentRun(run, request.locale)),
        nextCursor: rows.length > limit && last ? encodeCursor([last.started_at.toISOString(), last.id]) : null,
      };
    },
  );

  app.post(
    "/api/v1/channels/:id/reconciliations",
    {
      config: { permission: "channels:write" },
      schema: {
        tags,
        summary: "Compare with Meta's own record now, read back what is missing, and look whether Meta still delivers",
        params,
        body: StartReconciliation,
        response: { 202: ReconciliationSchema },
      },
    },
    async (request, reply) => {
      const { workspaceId } = request.actor;
      const { from, contactExternalId } = request.body;
      const channel = await channels.row(workspaceId, request.params.id);
      if (channel.state === "disconnected") throw new ApiError(409, "channel_disconnected");
      const run = await runner.queue(workspaceId, channel.id, "demand", {
        ...(from === undefined ? {} : { from: new Date(from) }),
        ...(contactExternalId === undefined ? {} : { contactExternalId }),
      });
      // Who asks what was missed also wants to miss nothing more: a subscription that Meta dropped is made again at once.
      if (contactExternalId === undefined)
        await deps.jobs.add(SUBSCRIPTION_JOB, [{ data: { workspaceId, channelId: channel.id } }]);
      return reply.status(202).send(presentRun(run, request.locale));
    },
  );
}
