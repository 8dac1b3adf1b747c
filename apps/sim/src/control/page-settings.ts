import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Sim } from "../sim.ts";
import type { InstagramAccount, Page } from "../store/types.ts";
import { removeAppFromPage, restoreAppOnPage } from "../world/access.ts";
import { login } from "../world/build.ts";
import { linkAccount, looseAccounts, newAccount, unlinkAccount } from "../world/instagram-account.ts";
import { changedWorld } from "../world/standing.ts";
import { ControlError, parseBody } from "./body.ts";
import { findPage } from "./find.ts";
import { ownApp, ownAppState } from "./users.ts";

type OfPage = { Params: { id: string } };
const On = z.strictObject({ on: z.boolean() });

/** Page settings that cut an app off: the Page itself, our app on it, two-factor, the Instagram account. */
export function pageSettingsRoutes(app: FastifyInstance, sim: Sim): void {
  const Standing = z.strictObject({ state: z.enum(["published", "unpublished", "deleted"]) });
  app.post<OfPage>("/_sim/pages/:id/standing", async (request) => {
    const page = findPage(sim, request.params.id);
    const { state } = parseBody(Standing, request);
    page.isPublished = state === "published";
    if (state === "deleted") page.deleted = true;
    else delete page.deleted;
    changedWorld(sim);
    return { ok: true, state: standingOf(page) };
  });
  app.post<OfPage>("/_sim/pages/:id/two-factor-required", async (request) => {
    const page = findPage(sim, request.params.id);
    const { on } = parseBody(On, request);
    if (on) page.twoFactorRequired = true;
    else delete page.twoFactorRequired;
    changedWorld(sim);
    return { ok: true, on };
  });
  /** Business Apps, Advanced Messaging: our app taken off the Page for everybody, or put back with fresh tokens. */
  app.post<OfPage>("/_sim/pages/:id/own-app", async (request) => {
    const page = findPage(sim, request.params.id);
    const { on } = parseBody(On, request);
    if (!on) removeAppFromPage(sim, page, ownApp(sim));
    // The first person's tokens come last, as in the sample world: they are the ones the state names.
    else
      for (const user of restoreAppOnPage(sim, page, ownApp(sim)).toReversed()) login(sim.store.state, user, sim.now());
    changedWorld(sim);
    return { ok: true, state: ownAppState(sim, page) };
  });
  instagramRoutes(app, sim);
}

/** The Instagram account of a Page: linked, switched, unlinked, moved, converted, in need of two-factor. */
function instagramRoutes(app: FastifyInstance, sim: Sim): void {
  const need = (page: Page): InstagramAccount => {
    if (!page.instagram) throw new ControlError(422, "This Page has no Instagram account.");
    return page.instagram;
  };
  const id = z.string().regex(/^\d{5,20}$/);
  const Link = z.strictObject({
    /** An account that exists: unlinked, or on another Page, from where it moves. */
    accountId: id.optional(),
    /** A new account. */
    username: z
      .string()
      .regex(/^[\w.]+$/)
      .optional(),
    name: z.string().optional(),
    id: id.optional(),
  });
  app.put<OfPage>("/_sim/pages/:id/instagram", async (request) => {
    const page = findPage(sim, request.params.id);
    const body = parseBody(Link, request);
    if ((body.accountId === undefined) === (body.username === undefined))
      throw new ControlError(400, "accountId of an account that exists, or username of a new one.");
    if (body.id !== undefined && findAccount(sim, body.id))
      throw new ControlError(409, `There is an account ${body.id} already.`);
    const account =
      body.accountId === undefined
        ? newAccount(body.username ?? "", body.name, body.id)
        : findAccount(sim, body.accountId);
    if (!account) throw new ControlError(404, `There is no Instagram account ${body.accountId}.`);
    linkAccount(sim, page, account);
    changedWorld(sim);
    return { ok: true, instagram: instagramView(page) };
  });
  app.delete<OfPage>("/_sim/pages/:id/instagram", async (request) => {
    const page = findPage(sim, request.params.id);
    need(page);
    const account = unlinkAccount(sim, page);
    changedWorld(sim);
    return { ok: true, accountId: account?.id ?? null };
  });
  app.post<OfPage>("/_sim/pages/:id/instagram/personal", async (request) => {
    const page = findPage(sim, request.params.id);
    const account = need(page);
    if (parseBody(On, request).on) account.personal = true;
    else delete account.personal;
    changedWorld(sim);
    return { ok: true, instagram: instagramView(page) };
  });
  app.post<OfPage>("/_sim/pages/:id/instagram/two-factor-required", async (request) => {
    const page = findPage(sim, request.params.id);
    const account = need(page);
    if (parseBody(On, request).on) account.twoFactorRequired = true;
    else delete account.twoFactorRequired;
    changedWorld(sim);
    return { ok: true, instagram: instagramView(page) };
  });
}

function findAccount(sim: Sim, id: string): InstagramAccount | undefined {
  return sim.store.pageByInstagram(id)?.instagram ?? looseAccounts(sim).find((one) => one.id === id);
}

export function standingOf(page: Page): "published" | "unpublished" | "deleted" {
  if (page.deleted) return "deleted";
  return page.isPublished ? "published" : "unpublished";
}

/** The account as `GET /_sim/state` tells it. */
export function instagramView(page: Page) {
  const account = page.instagram;
  if (!account) return null;
  const { id, username, name, personal = false, twoFactorRequired = false } = account;
  return { id, username, name, personal, twoFactorRequired, accessAllowed: page.instagramAccess ?? true };
}
