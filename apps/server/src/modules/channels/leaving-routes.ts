import { Channel as ChannelSchema, DisconnectQuery, Id, RemoveAuthorizerQuery } from "@firstline/contracts";
import { z } from "zod";
import type { Deps } from "../../deps.ts";
import type { App } from "../../platform/http/server.ts";
import { liveAuthorizer } from "./authorizers.ts";
import { disconnect } from "./disconnect.ts";
import { keepHistory, scheduleDeletion } from "./history.ts";
import type { ChannelsModule } from "./index.ts";
import { removeAuthorizer } from "./leaving.ts";

/** What ends: a channel, one of its authorisations, its history. Each answers with the channel as it is then. */
export function leavingRoutes(app: App, deps: Deps, channels: ChannelsModule): void {
  const params = z.object({ id: Id });
  const tags = ["channels"];
  const response = { 200: ChannelSchema };
  const config = { permission: "channels:write" } as const;
  const show = async (request: { actor: { workspaceId: string }; locale: "en" | "zh-TW" }, id: string) => {
    const [channel] = await channels.load(deps.db, request.actor.workspaceId, [id], request.locale);
    return channel!;
  };

  app.delete(
    "/api/v1/channels/:id",
    {
      config,
      schema: {
        tags,
        summary: "Disconnect: unsubscribed, tokens forgotten; the history is kept, or deleted in 30 days",
        params,
        querystring: DisconnectQuery,
        response,
      },
    },
    async (request) => {
      const { workspaceId, member } = request.actor;
      const { id } = request.params;
      await channels.row(workspaceId, id);
      const token = (await liveAuthorizer(deps, workspaceId, id))?.token ?? null;
      await disconnect(deps, workspaceId, id, token, async (tx) => {
        if (request.query.history === "delete") await scheduleDeletion(tx, deps, workspaceId, id, member?.id ?? null);
      });
      return show(request, id);
    },
  );

  app.delete(
    "/api/v1/channels/:id/authorizers/:authorizerId",
    {
      config,
      schema: {
        tags,
        summary: "Remove one authorisation and forget its token; the last one only when that is confirmed",
        params: params.extend({ authorizerId: Id }),
        querystring: RemoveAuthorizerQuery,
        response,
      },
    },
    async (request) => {
      const { id, authorizerId } = request.params;
      const { workspaceId } = request.actor;
      await channels.row(workspaceId, id);
      await removeAuthorizer(deps, { workspaceId, channelId: id, authorizerId }, request.query.confirmed);
      return show(request, id);
    },
  );

  app.post(
    "/api/v1/channels/:id/deletion",
    {
      config,
      schema: { tags, summary: "Delete a disconnected channel with its whole history, in 30 days", params, response },
    },
    async (request) => {
      const { workspaceId, member } = request.actor;
      const { id } = request.params;
      await channels.row(workspaceId, id);
      await deps.db.transaction().execute((tx) => scheduleDeletion(tx, deps, workspaceId, id, member?.id ?? null));
      return show(request, id);
    },
  );

  app.delete(
    "/api/v1/channels/:id/deletion",
    { config, schema: { tags, summary: "Keep the history after all", params, response } },
    async (request) => {
      const { workspaceId } = request.actor;
      const { id } = request.params;
      await channels.row(workspaceId, id);
      await deps.db.transaction().execute((tx) => keepHistory(tx, workspaceId, id));
      return show(request, id);
    },
  );
}
