import { deathBy } from "../graph/token-death.ts";
import type { Sim } from "../sim.ts";
import type { Grant } from "../store/access.ts";
import { ALL_SCOPES, ALL_TASKS, killTokensOf, shrinkTokens } from "../store/tokens.ts";
import type { MetaApp, Page, User } from "../store/types.ts";
import { forgetApp } from "./page-apps.ts";

/** What people grant to apps, and how it ends: by the person, on the Page, by leaving. */

/** Pages a person can grant: those they have a role on. */
export function pagesWithRole(sim: Sim, user: User): Page[] {
  return sim.store.state.pages.filter((page) => !page.deleted && page.roles[user.id]);
}

/** Writes down what was granted. A Page that was removed for everybody is connected again by it; data access is renewed. */
export function grantTo(sim: Sim, user: User, app: MetaApp, given: Partial<Grant>): Grant {
  const grant: Grant = {
    scopes: given.scopes ?? ALL_SCOPES,
    pageIds: given.pageIds ?? pagesWithRole(sim, user).map((page) => page.id),
    at: sim.now(),
    ...(given.allPages && { allPages: true }),
    ...(given.instagramIds && { instagramIds: given.instagramIds }),
    ...(given.declined?.length && { declined: given.declined }),
  };
  user.grants[app.id] = grant;
  for (const page of sim.store.state.pages) {
    if (!page.removedApps || !(grant.allPages || grant.pageIds.includes(page.id))) continue;
    page.removedApps = page.removedApps.filter((removed) => removed.appId !== app.id);
  }
  sim.store.touch();
  return grant;
}

/** The person removes the app under Settings, Business Integrations: 190/458 from now on (meta-sending §6.3). */
export function takeAppAway(sim: Sim, user: User, app: MetaApp): number {
  const { state } = sim.store;
  delete user.grants[app.id];
  const sample = state.tokens.find((token) => token.userId === user.id && token.appId === app.id);
  const killed = sample
    ? killTokensOf(state, user.id, deathBy(458, sample, sim.now()), (token) => token.appId === app.id)
    : 0;
  sim.store.touch();
  sim.bus.emit({ type: "world" });
  return killed;
}

/** The person takes one Page out of what the app may use, and leaves it the others. */
export function takePageAway(sim: Sim, user: User, app: MetaApp, page: Page): void {
  const grant = user.grants[app.id];
  if (grant?.allPages) {
    grant.pageIds = pagesWithRole(sim, user).map(({ id }) => id);
    delete grant.allPages;
  }
  if (grant) grant.pageIds = grant.pageIds.filter((id) => id !== page.id);
  if (grant?.instagramIds) grant.instagramIds = grant.instagramIds.filter((id) => id !== page.instagram?.id);
  shrinkTokens(sim.store.state, user.id, app.id, page.id);
  sim.store.touch();
  sim.bus.emit({ type: "world" });
}

/**
 * The app is removed from the Page, under Business Apps or Advanced Messaging: for everybody, subscription included. No
 * callback tells it; the next call fails (meta-sending §6.5).
 */
export function removeAppFromPage(sim: Sim, page: Page, app: MetaApp): void {
  const { state } = sim.store;
  const people = state.users.filter((user) => {
    const grant = user.grants[app.id];
    return grant !== undefined && (grant.allPages || grant.pageIds.includes(page.id)) && page.roles[user.id];
  });
  for (const user of state.users) takePageAway(sim, user, app, page);
  page.installs = page.installs.filter((install) => install.appId !== app.id);
  sim.sender.forget((item) => item.appId === app.id && item.pageId === page.id);
  forgetApp(sim, page, app.id);
  const others = (page.removedApps ?? []).filter((removed) => removed.appId !== app.id);
  page.removedApps = [...others, { appId: app.id, userIds: people.map((user) => user.id) }];
  sim.store.touch();
  sim.bus.emit({ type: "world" });
}

/** Takes the removal back: whoever had granted the Page grants it again. Their old tokens stay dead. */
export function restoreAppOnPage(sim: Sim, page: Page, app: MetaApp): User[] {
  const removed = page.removedApps?.find((one) => one.appId === app.id);
  if (!removed) return [];
  const people = sim.store.state.users.filter((user) => removed.userIds.includes(user.id));
  for (const user of people) {
    const grant = user.grants[app.id] ?? { scopes: ALL_SCOPES, pageIds: [], at: sim.now() };
    grantTo(sim, user, app, { ...grant, pageIds: [...grant.pageIds, page.id] });
  }
  page.removedApps = (page.removedApps ?? []).filter((one) => one !== removed);
  return people;
}

/** Gives a role on a Page, or changes it; null takes it away. An empty list is a role without tasks. */
export function setRole(sim: Sim, user: User, page: Page, tasks: string[] | null): void {
  if (tasks) page.roles[user.id] = ALL_TASKS.filter((task) => tasks.includes(task));
  else delete page.roles[user.id];
  sim.store.touch();
  sim.bus.emit({ type: "world" });
}
