import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { deathBy, deathOf, TOKEN_SUBCODES } from "../graph/token-death.ts";
import type { Sim } from "../sim.ts";
import type { Token } from "../store/types.ts";
import { changedWorld } from "../world/standing.ts";
import { ControlError, parseBody } from "./body.ts";
import { findUser } from "./find.ts";

type OfUser = { Params: { id: string } };
const HOUR = 3_600_000;
const iso = (at: number) => (at === 0 ? null : new Date(at).toISOString());

/** What a login answers in the control API. */
export function tokensAnswer(tokens: { user: Token; pages: Token[] } | null) {
  return {
    accessToken: tokens?.user.value ?? null,
    pages: tokens?.pages.map((token) => ({ id: token.pageId, accessToken: token.value })) ?? [],
  };
}

function tokenView(sim: Sim, token: Token) {
  const death = deathOf(sim, token);
  return {
    accessToken: token.value,
    kind: token.kind,
    pageId: token.pageId,
    state: death ? "dead" : "valid",
    error: death && { code: 190, subcode: death.subcode ?? null, message: death.message },
    scopes: token.scopes,
    pageIds: token.allPages ? "all" : token.pageIds,
    instagramIds: token.instagramIds ?? "all",
    issuedAt: iso(token.issuedAt),
    expiresAt: iso(token.expiresAt),
    dataAccessExpiresAt: iso(token.dataAccessExpiresAt),
  };
}

/** A person's tokens: listed, aged, killed with any sub-code of 190, brought back. */
export function tokenRoutes(app: FastifyInstance, sim: Sim): void {
  const Which = z.strictObject({ accessToken: z.string().optional(), pageId: z.string().optional() });
  const chosen = (id: string, which: z.infer<typeof Which>): Token[] => {
    const user = findUser(sim, id);
    const found = sim.store.state.tokens.filter(
      (token) =>
        token.userId === user.id &&
        (which.accessToken === undefined || token.value === which.accessToken) &&
        (which.pageId === undefined || token.pageId === which.pageId),
    );
    if (found.length === 0 && which.accessToken !== undefined)
      throw new ControlError(404, `${user.name} has no such token.`);
    return found;
  };
  app.get<OfUser>("/_sim/users/:id/tokens", async (request) => ({
    data: chosen(request.params.id, {})
      .toReversed()
      .map((token) => tokenView(sim, token)),
  }));
  const Kill = Which.extend({
    subcode: z.literal([...TOKEN_SUBCODES]).nullable(),
    message: z.string().min(1).optional(),
  });
  app.post<OfUser>("/_sim/users/:id/tokens/kill", async (request) => {
    const { subcode, message, ...which } = parseBody(Kill, request);
    const tokens = chosen(request.params.id, which).filter((token) => !token.dead);
    for (const token of tokens)
      token.dead = { ...deathBy(subcode, token, sim.now()), ...(message && { message }), played: true };
    changedWorld(sim);
    return { ok: true, killed: tokens.length };
  });
  app.post<OfUser>("/_sim/users/:id/tokens/revive", async (request) => {
    const tokens = chosen(request.params.id, parseBody(Which, request)).filter((token) => token.dead?.played);
    for (const token of tokens) token.dead = null;
    changedWorld(sim);
    return { ok: true, revived: tokens.length };
  });
  /** So much time went by for these tokens; negative days bring it back. Endless ones get older and do not end. */
  const Age = Which.extend({ days: z.number().default(0), hours: z.number().default(0) });
  app.post<OfUser>("/_sim/users/:id/tokens/age", async (request) => {
    const { days, hours, ...which } = parseBody(Age, request);
    const by = (days * 24 + hours) * HOUR;
    if (by === 0) throw new ControlError(400, "days or hours: how much older the tokens get.");
    const tokens = chosen(request.params.id, which);
    for (const token of tokens) {
      token.issuedAt -= by;
      if (token.expiresAt !== 0) token.expiresAt -= by;
      if (token.dataAccessExpiresAt !== 0) token.dataAccessExpiresAt -= by;
    }
    changedWorld(sim);
    return { ok: true, aged: tokens.length };
  });
}
