import { linkedInstagram } from "../graph/instagram-access.ts";
import type { Sim } from "../sim.ts";
import type { Grant } from "../store/access.ts";
import { numericId, opaque } from "../store/ids.ts";
import { ALL_TASKS, LONG_LIVED_MS } from "../store/tokens.ts";
import type { MetaApp, Page, User } from "../store/types.ts";
import { grantTo, pagesWithRole } from "../world/access.ts";
import type { DialogRequest } from "./request.ts";

/** What the person chose; what is missing is as before, or everything. */
export interface Chosen {
  pageIds?: string[];
  allPages?: boolean;
  instagramIds?: string[];
  /** Permissions left ticked; classic scopes only. */
  scopes?: string[];
}

/** Pages the person may give to this app: a system user's token needs full control of them (MANAGE). */
export function grantablePages(sim: Sim, request: DialogRequest, user: User): Page[] {
  const pages = pagesWithRole(sim, user);
  if (request.configuration?.tokenType !== "system_user") return pages;
  return pages.filter((page) => page.roles[user.id]?.includes("MANAGE"));
}

/** What is ticked when the choice is shown, and granted where it is not: as before, else everything. */
export function proposalFor(sim: Sim, request: DialogRequest, user: User): Required<Chosen> {
  const pages = grantablePages(sim, request, user);
  const before = user.grants[request.app.id];
  const accounts = pages.flatMap((page) => linkedInstagram(page)?.id ?? []);
  return {
    pageIds: pages.map(({ id }) => id).filter((id) => !before || before.allPages || before.pageIds.includes(id)),
    allPages: before?.allPages ?? false,
    instagramIds: accounts.filter((id) => !before?.instagramIds || before.instagramIds.includes(id)),
    scopes: request.scopes.filter((scope) => request.rerequest || !before?.declined?.includes(scope)),
  };
}

/** Back at the app, with nothing granted. */
export function denied({ redirectUri, query }: DialogRequest): string {
  const back = new URL(redirectUri);
  back.searchParams.set("error", "access_denied");
  back.searchParams.set("error_code", "200");
  back.searchParams.set("error_description", "Permissions error");
  back.searchParams.set("error_reason", "user_denied");
  if (query.state) back.searchParams.set("state", query.state);
  return `${back.href}#_=_`;
}

/** Writes the grant down and leads back to the app with a code. */
export function allowed(sim: Sim, request: DialogRequest, user: User, chosen: Chosen): string {
  const { app, configuration, redirectUri, query } = request;
  const { state } = sim.store;
  const given = grantFrom(sim, request, user, chosen);
  const system = configuration?.tokenType === "system_user";
  const subject = system ? integrationUser(sim, app, user, given) : user;
  const grant = grantTo(sim, subject, app, given);
  const code = `AQ${opaque(120)}`;
  state.codes.push({
    code,
    appId: app.id,
    userId: subject.id,
    redirectUri,
    scopes: grant.scopes,
    pageIds: grant.pageIds,
    ...(grant.allPages && { allPages: true }),
    ...(grant.instagramIds && { instagramIds: grant.instagramIds }),
    ...(system && { lifeMs: configuration.expires === "60_days" ? LONG_LIVED_MS : 0 }),
    at: sim.now(),
  });
  if (state.codes.length > 100) state.codes.shift();
  sim.store.touch();
  sim.bus.emit({ type: "world" });
  const back = new URL(redirectUri);
  back.searchParams.set("code", code);
  if (query.state) back.searchParams.set("state", query.state);
  return back.href;
}

function grantFrom(sim: Sim, request: DialogRequest, user: User, chosen: Chosen): Omit<Grant, "at"> {
  const proposed = proposalFor(sim, request, user);
  const grantable = grantablePages(sim, request, user);
  const allPages = chosen.allPages ?? (chosen.pageIds ? false : proposed.allPages);
  const wanted = allPages ? grantable.map(({ id }) => id) : (chosen.pageIds ?? proposed.pageIds);
  const pages = grantable.filter(({ id }) => wanted.includes(id));
  const accounts = pages.flatMap((page) => linkedInstagram(page)?.id ?? []);
  const before = user.grants[request.app.id];
  const instagramIds = chosen.instagramIds ?? (chosen.pageIds ? undefined : before?.instagramIds);
  // Facebook Login for Business: everything or nothing (Facebook Login for Business, 2026-05-05).
  const scopes = request.configuration ? request.scopes : scopesFrom(request, chosen.scopes ?? proposed.scopes);
  return {
    scopes,
    pageIds: pages.map(({ id }) => id),
    ...(allPages && { allPages }),
    // Every account of the Pages chosen is no choice among them.
    ...(instagramIds &&
      !accounts.every((id) => instagramIds.includes(id)) && {
        instagramIds: accounts.filter((id) => instagramIds.includes(id)),
      }),
    declined: [...new Set([...(before?.declined ?? []), ...request.scopes])].filter((scope) => !scopes.includes(scope)),
  };
}

/** The public profile is always part of it. */
function scopesFrom({ scopes }: DialogRequest, ticked: string[]): string[] {
  return scopes.filter((scope) => scope === "public_profile" || ticked.includes(scope));
}

/** The Business Integration System User of this app: one for the business, made by the first such login. */
function integrationUser(sim: Sim, app: MetaApp, granter: User, given: Omit<Grant, "at">): User {
  const { state } = sim.store;
  let user = state.users.find((one) => one.integrationOf === app.id);
  if (!user) {
    const id = `1221${numericId(11)}`;
    const name = `${app.name} (integration system user)`;
    user = { id, name, email: "", password: "", kind: "system_user", grants: {}, integrationOf: app.id };
    state.users.push(user);
  }
  for (const page of state.pages) {
    if (given.pageIds.includes(page.id)) page.roles[user.id] = page.roles[granter.id]?.slice() ?? ALL_TASKS;
  }
  return user;
}
