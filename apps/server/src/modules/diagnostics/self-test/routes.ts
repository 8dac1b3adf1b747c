import { Id, SelfTestList, SelfTest as SelfTestSchema } from "@firstline/contracts";
import { sql } from "kysely";
import { z } from "zod";
import type { Deps } from "../../../deps.ts";
import { ApiError, type Locale } from "../../../platform/http/problems.ts";
import type { App } from "../../../platform/http/server.ts";
import { type ChannelsModule, startSelfTest } from "../../channels/index.ts";
import type { TeamModule } from "../../team/index.ts";
import { presentSelfTest, type SelfTestRow } from "./stored.ts";

/** Asking for a self-test and looking at those made. */
export function selfTestRoutes(
  app: App,
  deps: Deps,
  { channels, team }: { channels: ChannelsModule; team: TeamModule },
) {
  const tags = ["channels"];
  const params = z.object({ id: Id });
  const shown = async (workspaceId: string, rows: readonly SelfTestRow[], locale: Locale) => {
    const asking = rows.flatMap((r) => r.asked_by ?? []);
    const names = asking.length > 0 ? await team.members.names(workspaceId, asking) : new Map<string, string>();
    return rows.map((row) => presentSelfTest(row, names, locale));
  };

  app.post(
    "/api/v1/channels/:id/self-test",
    {
      config: { permission: "channels:write" },
      schema: {
        tags,
        summary: "Begin a self-test; one that is running is given back instead",
        description:
          "Runs in the background: ask `GET /channels/{id}/self-tests` for its steps. 409 for a disconnected channel.",
        params,
        response: { 202: SelfTestSchema },
      },
    },
    async (request, reply) => {
      const { workspaceId, member } = request.actor;
      const { id: channelId, state } = await channels.row(workspaceId, request.params.id);
      if (state === "disconnected") throw new ApiError(409, "channel_disconnected");
      const rows = await deps.db.transaction().execute(async (tx) => {
        const id = await startSelfTest(tx, deps, {
          workspaceId,
          channelId,
          reason: "asked",
          askedBy: member?.id ?? null,
        });
        return (
          await sql<SelfTestRow>`select * from self_test where workspace_id = ${workspaceId} and id = ${id}`.execute(tx)
        ).rows;
      });
      const [test] = await shown(workspaceId, rows, request.locale);
      return reply.status(202).send(test!);
    },
  );

  app.get(
    "/api/v1/channels/:id/self-tests",
    {
      config: { permission: "channels:read" },
      schema: {
        tags,
        summary: "Self-tests of a channel, newest first, at most 20; one that is running has finishedAt null",
        params,
        response: { 200: SelfTestList },
      },
    },
    async (request) => {
      const { workspaceId } = request.actor;
      await channels.row(workspaceId, request.params.id);
      const { rows } = await sql<SelfTestRow>`
        select * from self_test where workspace_id = ${workspaceId} and channel_id = ${request.params.id}
        order by started_at desc, id desc limit 20`.execute(deps.db);
      return { data: await shown(workspaceId, rows, request.locale), nextCursor: null };
    },
  );
}
