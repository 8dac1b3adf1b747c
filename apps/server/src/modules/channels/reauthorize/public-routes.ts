import { ReauthorizationPreview, ReauthorizationResult, ReauthorizationStarted } from "@firstline/contracts";
import type { FaultCode } from "@firstline/core";
import { sql } from "kysely";
import { z } from "zod";
import type { Platform } from "../../../adapters/channel.ts";
import type { Deps } from "../../../deps.ts";
import { limitMisses } from "../../../platform/http/misses.ts";
import { type Locale, notFound } from "../../../platform/http/problems.ts";
import { reason } from "../../../platform/http/reason.ts";
import type { App } from "../../../platform/http/server.ts";
import { startAttempt } from "./attempts.ts";
import { resultOf } from "./back.ts";
import { countOpening, type OpenLink, openLink } from "./links.ts";

const secret = z.string().min(20).max(200);
const GUESSES = { most: 20, windowMs: 10 * 60_000 };

/**
 * What whoever has a link can do without a session: see which Page it is for and why, and go to Meta's dialog. Nothing else of the
 * workspace is told here.
 */
export function reauthorizeByLinkRoutes(app: App, deps: Deps): void {
  const { guard } = limitMisses({ ...GUESSES, clock: deps.clock });
  const params = z.object({ token: secret });
  const open = { config: { public: true } } as const;
  const schema = { tags: ["channels"], security: [] };

  app.get(
    "/api/v1/reauthorizations/by-token/:token",
    {
      ...open,
      schema: {
        ...schema,
        summary: "What a link is for: the Page and why it needs access again",
        params,
        response: { 200: ReauthorizationPreview },
      },
    },
    async (request) => {
      const link = await guard(request.ip, () => openLink(deps, request.params.token));
      await countOpening(deps, link);
      return preview(deps, link, request.locale);
    },
  );

  app.post(
    "/api/v1/reauthorizations/by-token/:token/start",
    {
      ...open,
      schema: {
        ...schema,
        summary: "Where Meta's dialog for this Page is",
        params,
        response: { 201: ReauthorizationStarted },
      },
    },
    async (request, reply) => {
      const { workspaceId, id, channelId } = await guard(request.ip, () => openLink(deps, request.params.token));
      const url = await startAttempt(deps, { workspaceId, channelId, linkId: id, memberId: null });
      return reply.status(201).send({ url });
    },
  );

  app.get(
    "/api/v1/reauthorizations/results/:state",
    {
      ...open,
      schema: {
        ...schema,
        summary: "What came of one way to Meta's dialog and back, told for a day to the browser that knows its state",
        params: z.object({ state: secret }),
        response: { 200: ReauthorizationResult },
      },
    },
    (request) => guard(request.ip, () => resultOf(deps, request.params.state, request.locale)),
  );
}

async function preview(deps: Pick<Deps, "db">, link: OpenLink, locale: Locale): Promise<ReauthorizationPreview> {
  const { rows } = await sql<{
    name: string;
    platform: Platform;
    state: string;
    fault: FaultCode | null;
    since: Date;
  }>`select name, platform, state, state_fault as fault, state_since as since from channel where workspace_id = ${link.workspaceId} and id = ${link.channelId}`.execute(
    deps.db,
  );
  const [channel] = rows;
  if (!channel) throw notFound("link");
  const { name, platform, state, fault, since } = channel;
  return {
    page: { name, platform },
    reason: state === "needs_reauthorization" ? reason(fault ?? "token_invalid", locale) : null,
    since: since.toISOString(),
    expiresAt: link.expiresAt.toISOString(),
  };
}
