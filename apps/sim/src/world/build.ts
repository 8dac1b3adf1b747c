import { numericId } from "../store/ids.ts";
import {
  ALL_SCOPES,
  ALL_TASKS,
  LONG_LIVED_MS,
  mintUserToken,
  pagesOf,
  pageTokenOf,
  SHORT_LIVED_MS,
} from "../store/tokens.ts";
import type { Customer, CustomerKind, Page, Platform, State, Token, User } from "../store/types.ts";

/** Small builders the sample world and the control API share. */

export function addUser(
  state: State,
  user: Pick<User, "id" | "name" | "email" | "password"> & Partial<Pick<User, "kind">>,
): User {
  const added: User = { kind: "person", grants: {}, ...user };
  state.users.push(added);
  return added;
}

export function addPage(state: State, page: Pick<Page, "id" | "name"> & Partial<Page>): Page {
  const added: Page = {
    category: "Local business",
    username: page.name.toLowerCase().replace(/[^a-z0-9]/g, ""),
    about: "",
    isPublished: true,
    restricted: false,
    instagram: null,
    roles: {},
    installs: [],
    playedAt: null,
    ...page,
  };
  state.pages.push(added);
  return added;
}

/** Gives a person all tasks on a Page and the app all permissions for it, as after a login. */
export function grant(state: State, user: User, page: Page, now: number): void {
  page.roles[user.id] = ALL_TASKS;
  for (const app of state.apps) {
    const existing = user.grants[app.id] ?? { scopes: ALL_SCOPES, pageIds: [], at: now };
    if (!existing.pageIds.includes(page.id)) existing.pageIds.push(page.id);
    user.grants[app.id] = existing;
  }
}

/** How long the token of a login lives: `60_days` of a system user, whose tokens have no end otherwise. */
export type LoginLife = "long" | "short" | "60_days";

/** A user token, long-lived as a rule, and one Page token for every Page granted: what a finished login leaves behind. */
export function login(
  state: State,
  user: User,
  now: number,
  life: LoginLife = "long",
): { user: Token; pages: Token[] } | null {
  const app = state.apps[0];
  if (!app) return null;
  const granted = user.grants[app.id];
  const mint = {
    appId: app.id,
    userId: user.id,
    scopes: granted?.scopes ?? ALL_SCOPES,
    pageIds: [...(granted?.pageIds ?? [])],
    ...(granted?.allPages && { allPages: true }),
    ...(granted?.instagramIds && { instagramIds: granted.instagramIds }),
    now,
  };
  const endless = user.kind === "system_user" && life !== "60_days";
  const token = mintUserToken(state, mint, life === "short" ? SHORT_LIVED_MS : endless ? 0 : LONG_LIVED_MS);
  return { user: token, pages: pagesOf(state, token).map((page) => pageTokenOf(state, token, page.id, now)) };
}

export interface NewCustomer {
  id?: string;
  pageId: string;
  name: string;
  kind?: CustomerKind;
  platform?: Platform;
  username?: string;
  locale?: string;
  gender?: string;
  blocked?: boolean;
  tester?: boolean;
}

export function customerOf(input: NewCustomer): Customer {
  const platform = input.platform ?? "messenger";
  const [firstName = input.name, ...rest] = input.name.split(" ");
  return {
    id: input.id ?? numericId(16),
    pageId: input.pageId,
    platform,
    kind: input.kind ?? "normal",
    name: input.name,
    firstName,
    lastName: rest.join(" "),
    username:
      platform === "instagram" ? (input.username ?? input.name.toLowerCase().replace(/[^a-z0-9]+/g, ".")) : null,
    locale: input.locale ?? "en_US",
    timezone: 8,
    gender: input.gender ?? null,
    blocked: input.blocked ?? false,
    twinId: null,
    ...(input.tester && { tester: true }),
  };
}
