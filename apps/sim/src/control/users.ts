import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { deathBy } from "../graph/token-death.ts";
import { isRemoved, ownAppId } from "../routing/apps.ts";
import type { Sim } from "../sim.ts";
import { killTokensOf } from "../store/tokens.ts";
import type { MetaApp, User } from "../store/types.ts";
import { grantTo, takeAppAway, takePageAway } from "../world/access.ts";
import { addUser, login } from "../world/build.ts";
import { makePages, unmakePages } from "../world/many-pages.ts";
import { changedWorld } from "../world/standing.ts";
import { ControlError, parseBody } from "./body.ts";
import { callbackView } from "./callbacks.ts";
import { findPage, findUser } from "./find.ts";
import { tokensAnswer } from "./tokens.ts";

type OfUser = { Params: { id: string } };

export function ownApp(sim: Sim): MetaApp {
  const app = sim.store.state.apps[0];
  if (!app) throw new ControlError(422, "There is no app.");
  return app;
}

function findPerson(sim: Sim, id: string): User {
  const user = findUser(sim, id);
  if (user.kind !== "person") throw new ControlError(422, `${user.name} is a system user and has no account.`);
  return user;
}

/** How a person's account stands at Facebook, and what they do there with the app. */
export function userRoutes(app: FastifyInstance, sim: Sim): void {
  const New = z.strictObject({
    id: z
      .string()
      .regex(/^\d{5,20}$/)
      .optional(),
    name: z.string().min(1),
    email: z.string().optional(),
    password: z.string().min(1).optional(),
    roles: z.record(z.string(), z.array(z.string())).optional(),
  });
  app.post("/_sim/users", async (request, reply) => {
    const { id, name, email, password = "secret-1", roles = {} } = parseBody(New, request);
    const { users } = sim.store.state;
    const chosen = id ?? freeId(users);
    if (users.some((one) => one.id === chosen)) throw new ControlError(409, `There is a user ${chosen} already.`);
    const pages = Object.entries(roles).map(([pageId, tasks]) => ({ page: findPage(sim, pageId), tasks }));
    const handle = name.toLowerCase().replace(/[^a-z0-9]+/g, ".");
    const user = addUser(sim.store.state, { id: chosen, name, email: email ?? `${handle}@example.com`, password });
    for (const { page, tasks } of pages) page.roles[user.id] = tasks;
    changedWorld(sim);
    return await reply.code(201).send({ id: user.id, name: user.name, password: user.password });
  });
  standingRoutes(app, sim);
  appRemovalRoutes(app, sim);
  manyRoutes(app, sim);
}

function freeId(users: User[]): string {
  const taken = users.map((user) => Number(user.id)).filter((id) => id < 100_000_000_001_000);
  return String(Math.max(100_000_000_000_200, ...taken) + 1);
}

/** Everything that ends sessions or stops them for a while. */
function standingRoutes(app: FastifyInstance, sim: Sim): void {
  const endSessions = (user: User, subcode: 460 | 467) => {
    const [sample] = sim.store.state.tokens.filter((token) => token.userId === user.id);
    return sample ? killTokensOf(sim.store.state, user.id, deathBy(subcode, sample, sim.now())) : 0;
  };
  /** Switching it on ends the sessions there were, as seen, unless it is told otherwise. */
  const TwoFactor = z.strictObject({ on: z.boolean(), endSessions: z.boolean().default(true) });
  app.post<OfUser>("/_sim/users/:id/two-factor", async (request) => {
    const user = findPerson(sim, request.params.id);
    const { on, endSessions: ends } = parseBody(TwoFactor, request);
    const killed = on && ends && !user.twoFactor ? endSessions(user, 460) : 0;
    if (on) user.twoFactor = true;
    else delete user.twoFactor;
    changedWorld(sim);
    return { ok: true, on, tokensKilled: killed };
  });
  const Checkpoint = z.strictObject({ on: z.boolean(), subcode: z.literal([459, 490]).default(459) });
  app.post<OfUser>("/_sim/users/:id/checkpoint", async (request) => {
    const user = findPerson(sim, request.params.id);
    const { on, subcode } = parseBody(Checkpoint, request);
    if (on) user.checkpoint = subcode;
    else delete user.checkpoint;
    changedWorld(sim);
    return { ok: true, checkpoint: user.checkpoint ?? null };
  });
  const On = z.strictObject({ on: z.boolean() });
  app.post<OfUser>("/_sim/users/:id/unconfirmed", async (request) => {
    const user = findPerson(sim, request.params.id);
    const { on } = parseBody(On, request);
    if (on) user.unconfirmed = true;
    else delete user.unconfirmed;
    changedWorld(sim);
    return { ok: true, unconfirmed: on };
  });
  app.post<OfUser>("/_sim/users/:id/deactivate", async (request) => {
    const user = findPerson(sim, request.params.id);
    const { on } = parseBody(On, request);
    const killed = on ? endSessions(user, 467) : 0;
    if (on) user.deactivated = true;
    else delete user.deactivated;
    changedWorld(sim);
    return { ok: true, deactivated: on, tokensKilled: killed };
  });
  app.post<OfUser>("/_sim/users/:id/logout", async (request) => {
    const killed = endSessions(findPerson(sim, request.params.id), 467);
    changedWorld(sim);
    return { ok: true, tokensKilled: killed };
  });
  /** Leaves the company: no role on any Page any more. */
  app.post<OfUser>("/_sim/users/:id/leave", async (request) => {
    const user = findUser(sim, request.params.id);
    const left = sim.store.state.pages.filter((page) => page.roles[user.id]);
    const roles = Object.fromEntries(left.map((page) => [page.id, page.roles[user.id] ?? []]));
    for (const page of left) delete page.roles[user.id];
    changedWorld(sim);
    return { ok: true, roles };
  });
}

/** Settings, Business Integrations: what a person granted, changed and taken back. */
function appRemovalRoutes(app: FastifyInstance, sim: Sim): void {
  const Grant = z.strictObject({
    pageIds: z.array(z.string()).optional(),
    allPages: z.boolean().optional(),
    instagramIds: z.array(z.string()).optional(),
    scopes: z.array(z.string()).optional(),
    declined: z.array(z.string()).optional(),
    life: z.enum(["long", "short", "60_days"]).optional(),
  });
  app.post<OfUser>("/_sim/users/:id/grant", async (request) => {
    const user = findUser(sim, request.params.id);
    const { life, pageIds, allPages, instagramIds, scopes, declined } = parseBody(Grant, request);
    grantTo(sim, user, ownApp(sim), {
      ...(pageIds && { pageIds: pageIds.map((id) => findPage(sim, id).id) }),
      ...(allPages && { allPages }),
      ...(instagramIds && { instagramIds }),
      ...(scopes && { scopes }),
      ...(declined && { declined }),
    });
    const tokens = login(sim.store.state, user, sim.now(), life);
    changedWorld(sim);
    return tokensAnswer(tokens);
  });
  /** Without `pageId` the whole app, and the app is called; with it one Page, and nobody is told. */
  const Remove = z.strictObject({ pageId: z.string().optional() });
  app.post<OfUser>("/_sim/users/:id/remove-app", async (request) => {
    const user = findUser(sim, request.params.id);
    const { pageId } = parseBody(Remove, request);
    const own = ownApp(sim);
    if (pageId !== undefined) {
      takePageAway(sim, user, own, findPage(sim, pageId));
      return { ok: true, tokensKilled: 0, callback: null };
    }
    const tokensKilled = takeAppAway(sim, user, own);
    const called = user.kind === "person" ? await sim.callbacks.send("deauthorize", own, user) : null;
    return { ok: true, tokensKilled, callback: called && callbackView(called) };
  });
  /** "Delete the data the app has about me": what the app answers is shown to the person. */
  app.post<OfUser>("/_sim/users/:id/delete-data", async (request) => {
    const user = findPerson(sim, request.params.id);
    const own = ownApp(sim);
    const called = await sim.callbacks.send("data_deletion", own, user);
    const { url = null, code = null } = called?.confirmation ?? {};
    const problem = called ? called.problem : "The app has no data-deletion callback.";
    user.deletions = [...(user.deletions ?? []), { at: sim.now(), appId: own.id, url, code, problem }];
    changedWorld(sim);
    return { ok: problem === null, url, confirmationCode: code, problem, callback: called && callbackView(called) };
  });
}

/** A person with many Pages. */
function manyRoutes(app: FastifyInstance, sim: Sim): void {
  const every = z.number().int().min(0);
  const Many = z.strictObject({
    count: z.number().int().min(1).max(1000),
    name: z.string().min(1).default("Branch"),
    instagramEvery: every.default(3),
    tasklessEvery: every.default(20),
    grant: z.boolean().default(true),
  });
  app.post<OfUser>("/_sim/users/:id/pages", async (request, reply) => {
    const user = findUser(sim, request.params.id);
    const { grant, ...many } = parseBody(Many, request);
    const pages = makePages(sim, user, many);
    const own = ownApp(sim);
    const before = user.grants[own.id];
    const ids = pages.map((page) => page.id);
    if (grant) grantTo(sim, user, own, before ? { ...before, pageIds: [...before.pageIds, ...ids] } : {});
    changedWorld(sim);
    return await reply.code(201).send({ pages: pages.map(({ id, name }) => ({ id, name })) });
  });
  app.delete<OfUser>("/_sim/users/:id/pages", async (request) => {
    const gone = unmakePages(sim, findUser(sim, request.params.id));
    changedWorld(sim);
    return { ok: true, removed: gone.length };
  });
}

/** Whether our app is on the Page or was taken off it. */
export function ownAppState(sim: Sim, page: Parameters<typeof isRemoved>[0]): "on_page" | "removed" {
  return isRemoved(page, ownAppId(sim)) ? "removed" : "on_page";
}
