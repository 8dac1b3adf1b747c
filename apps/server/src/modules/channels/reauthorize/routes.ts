import {
  CreateReauthorizationLink,
  Id,
  ReauthorizationLink,
  ReauthorizationLinkCreated,
  ReauthorizationLinkList,
  ReauthorizationStarted,
} from "@firstline/contracts";
import { z } from "zod";
import type { Deps } from "../../../deps.ts";
import { ApiError } from "../../../platform/http/problems.ts";
import type { App } from "../../../platform/http/server.ts";
import type { ChannelsModule } from "../index.ts";
import { forgetOld, startAttempt } from "./attempts.ts";
import { createLink, listLinks, oneLink, revokeLink } from "./links.ts";

/** What members do: reauthorise a channel themselves, or make a link for an administrator of the Page who is no member. */
export function reauthorizeRoutes(app: App, deps: Deps, channels: ChannelsModule): void {
  const params = z.object({ id: Id });
  const tags = ["channels"];
  const config = { permission: "channels:write" } as const;
  deps.jobs.define("channels.reauthorizations", { retryLimit: 2, schedule: "37 * * * *" }, () => forgetOld(deps));
  const mustBeConnected = async (workspaceId: string, id: string) => {
    if ((await channels.row(workspaceId, id)).state === "disconnected") throw new ApiError(409, "channel_disconnected");
  };

  app.post(
    "/api/v1/channels/:id/reauthorizations",
    {
      config,
      schema: {
        tags,
        summary: "Begin to give this channel its access again through Meta's dialog",
        params,
        response: { 201: ReauthorizationStarted },
      },
    },
    async (request, reply) => {
      const { workspaceId, member } = request.actor;
      await mustBeConnected(workspaceId, request.params.id);
      const about = { workspaceId, channelId: request.params.id, linkId: null, memberId: member?.id ?? null };
      return reply.status(201).send({ url: await startAttempt(deps, about) });
    },
  );

  app.post(
    "/api/v1/channels/:id/reauthorization-links",
    {
      config,
      schema: {
        tags,
        summary:
          "Make a link by which another administrator of the Page gives it access again; its address is told once",
        params,
        body: CreateReauthorizationLink,
        response: { 201: ReauthorizationLinkCreated },
      },
    },
    async (request, reply) => {
      const { workspaceId, member } = request.actor;
      const channelId = request.params.id;
      await mustBeConnected(workspaceId, channelId);
      const about = { workspaceId, channelId, memberId: member?.id ?? null, hours: request.body.expiresInHours };
      const { id, token } = await createLink(deps, about);
      const link = await oneLink(deps, workspaceId, channelId, id, request.locale);
      return reply.status(201).send({ ...link, url: `${deps.config.publicUrl}/reauthorize/${token}` });
    },
  );

  app.get(
    "/api/v1/channels/:id/reauthorization-links",
    {
      config,
      schema: {
        tags,
        summary: "Links that were made for this channel, the latest 50, with what became of them",
        params,
        response: { 200: ReauthorizationLinkList },
      },
    },
    async (request) => {
      const { workspaceId } = request.actor;
      await channels.row(workspaceId, request.params.id);
      return { data: await listLinks(deps, workspaceId, request.params.id, request.locale), nextCursor: null };
    },
  );

  app.delete(
    "/api/v1/channels/:id/reauthorization-links/:linkId",
    {
      config,
      schema: {
        tags,
        summary: "Take a link back; one that is over stays as it was",
        params: params.extend({ linkId: Id }),
        response: { 200: ReauthorizationLink },
      },
    },
    async (request) => {
      const { id, linkId } = request.params;
      const { workspaceId } = request.actor;
      await revokeLink(deps, workspaceId, id, linkId);
      return oneLink(deps, workspaceId, id, linkId, request.locale);
    },
  );
}
