import {
  AuthorizationStarted,
  ChannelList,
  Channel as ChannelSchema,
  ConnectChannel,
  ConnectGranted,
  GrantedPages,
  Id,
  Problem,
  StartAuthorization,
} from "@firstline/contracts";
import { z } from "zod";
import type { Platform } from "../../adapters/channel.ts";
import type { Deps } from "../../deps.ts";
import type { Actor } from "../../platform/http/actor.ts";
import { ApiError, type Locale, notFound, toProblem } from "../../platform/http/problems.ts";
import type { App } from "../../platform/http/server.ts";
import { Secret } from "../../platform/secrets/index.ts";
import { connect } from "./connect.ts";
import type { ChannelsModule } from "./index.ts";
import { finishAuthorization, type GrantedToken, grantedPages, grantedToken, startAuthorization } from "./oauth.ts";
import { isByLink, isReauthorization } from "./reauthorize/attempts.ts";
import { cameBack } from "./reauthorize/back.ts";
import { proveToken } from "./verify.ts";

const stateOf = (query: unknown) => {
  const { state } = query as { state?: unknown };
  return typeof state === "string" ? state : undefined;
};

export function channelRoutes(
  app: App,
  deps: Deps,
  channels: ChannelsModule,
  revived: (workspaceId: string, channelId: string) => Promise<void>,
): void {
  const params = z.object({ id: Id });
  const tags = ["channels"];
  const one = async (workspaceId: string, id: string, locale: Locale) => {
    const [channel] = await channels.load(deps.db, workspaceId, [id], locale);
    if (!channel) throw notFound("channel");
    return channel;
  };
  const connectWith = async (
    { workspaceId, member }: Pick<Actor, "workspaceId" | "member">,
    platform: Platform,
    externalId: string,
    { token, grantedBy, kind }: Pick<GrantedToken, "token"> & Partial<GrantedToken>,
  ) => {
    const proved = await proveToken(deps, platform, externalId, token);
    // Of a Page's own token Meta does not tell that it came from a system user's.
    if (kind === "system_user") proved.kind = kind;
    const author = { ...proved, authorName: grantedBy ?? proved.authorName };
    const result = await connect(deps, workspaceId, author, { connectedBy: member?.id ?? null });
    if (result.revived) await revived(workspaceId, result.channelId);
    return result;
  };

  app.get(
    "/api/v1/channels",
    {
      config: { permission: "channels:read" },
      schema: { tags, summary: "Connected Pages and Instagram accounts", response: { 200: ChannelList } },
    },
    async (request) => ({
      data: await channels.load(deps.db, request.actor.workspaceId, undefined, request.locale),
      nextCursor: null,
    }),
  );

  app.get(
    "/api/v1/channels/:id",
    {
      config: { permission: "channels:read" },
      schema: { tags, summary: "One channel with its authorisers", params, response: { 200: ChannelSchema } },
    },
    (request) => one(request.actor.workspaceId, request.params.id, request.locale),
  );

  app.post(
    "/api/v1/channels",
    {
      config: { permission: "channels:write" },
      schema: {
        tags,
        summary: "Connect by token; the same account again gains one more authoriser",
        body: ConnectChannel,
        response: { 200: ChannelSchema, 201: ChannelSchema },
      },
    },
    async (request, reply) => {
      const { platform, externalId, accessToken } = request.body;
      const { workspaceId } = request.actor;
      const { channelId, created } = await connectWith(request.actor, platform, externalId, {
        token: new Secret(accessToken),
      });
      return reply.status(created ? 201 : 200).send(await one(workspaceId, channelId, request.locale));
    },
  );

  app.post(
    "/api/v1/channels/authorizations",
    {
      config: { permission: "channels:write" },
      schema: {
        tags,
        summary: "Begin connecting through Meta's dialog",
        body: StartAuthorization,
        response: { 201: AuthorizationStarted },
      },
    },
    async (request, reply) =>
      reply.status(201).send({ url: await startAuthorization(deps, request.actor, request.body.again) }),
  );

  app.get(
    "/api/v1/channels/authorizations/callback",
    {
      // Whoever comes back from the dialog of a link has no session: the state of that link stands in for it.
      config: { permission: "channels:write", publicFor: (request) => isByLink(stateOf(request.query)) },
      schema: {
        tags,
        summary: "Where Meta's dialog returns to",
        querystring: z
          .object({ code: z.string().optional(), state: z.string().optional(), error: z.string().optional() })
          .loose(),
      },
      // It is a browser that comes here: one whose member was signed out meanwhile, or may not connect, is shown a screen.
      errorHandler(error, request, reply) {
        const refused = error instanceof ApiError && [401, 403].includes(error.status) ? error.code : null;
        if (!refused || request.headers["sec-fetch-mode"] !== "navigate") throw error;
        return reply.redirect(`/settings/channels?error=${refused}`);
      },
    },
    async (request, reply) => {
      try {
        if (isReauthorization(request.query.state))
          return reply.redirect(await cameBack(deps, request.query, request.actor, revived));
        return reply.redirect(
          `/settings/channels?grant=${await finishAuthorization(deps, request.actor, request.query)}`,
        );
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        return reply.redirect(
          `/settings/channels?${new URLSearchParams({ error: error.code, detail: error.detail ?? "" })}`,
        );
      }
    },
  );

  app.get(
    "/api/v1/channels/grants/:id",
    {
      config: { permission: "channels:write" },
      schema: { tags, summary: "Pages the person granted, to choose from", params, response: { 200: GrantedPages } },
    },
    (request) => grantedPages(deps, request.actor, request.params.id, request.locale),
  );

  app.post(
    "/api/v1/channels/grants/:id",
    {
      config: { permission: "channels:write" },
      schema: {
        tags,
        summary: "Connect the chosen Pages",
        params,
        body: ConnectGranted,
        response: {
          201: z.object({
            channels: z.array(ChannelSchema),
            failures: z.array(z.object({ externalId: z.string(), problem: Problem })),
          }),
        },
      },
    },
    async (request, reply) => {
      const { workspaceId } = request.actor;
      const tokenOf = await grantedToken(deps, request.actor, request.params.id);
      const connected: string[] = [];
      const failures: { externalId: string; problem: ReturnType<typeof toProblem> }[] = [];
      for (const page of request.body.pages) {
        try {
          connected.push(
            (await connectWith(request.actor, page.platform, page.externalId, tokenOf(page.platform, page.externalId)))
              .channelId,
          );
        } catch (error) {
          if (!(error instanceof ApiError)) throw error;
          failures.push({ externalId: page.externalId, problem: toProblem(error, request.locale) });
        }
      }
      return reply
        .status(201)
        .send({ channels: await channels.load(deps.db, workspaceId, connected, request.locale), failures });
    },
  );
}
