import type { TokenDeath, TokenReach } from "./access.ts";
import { accessToken } from "./ids.ts";
import type { Page, State, Token } from "./types.ts";

const HOUR = 3_600_000;
/** `expires_in` of a long-lived user token: about 60 days (meta-sending §6.1). */
export const LONG_LIVED_MS = 5_183_944_000;
export const SHORT_LIVED_MS = 1.5 * HOUR;
const DATA_ACCESS_MS = 90 * 24 * HOUR;

export const ALL_SCOPES = [
  "pages_show_list",
  "pages_messaging",
  "pages_utility_messaging",
  "pages_manage_metadata",
  "pages_read_engagement",
  "pages_read_user_content",
  "business_management",
  "instagram_basic",
  "instagram_manage_messages",
  "instagram_manage_comments",
  "public_profile",
];

export const ALL_TASKS = ["ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE"];

interface Mint extends TokenReach {
  appId: string;
  userId: string;
  scopes: string[];
  pageIds: string[];
  now: number;
}

function add(state: State, token: Omit<Token, "value" | "dead">): Token {
  state.serial += 1;
  const value = accessToken(`${token.kind}:${token.appId}:${token.userId}:${token.pageId}:${state.serial}`);
  const minted: Token = { ...token, value, dead: null };
  state.tokens.push(minted);
  return minted;
}

const reachOf = ({ allPages, instagramIds }: TokenReach): TokenReach => ({
  ...(allPages && { allPages }),
  ...(instagramIds && { instagramIds: [...instagramIds] }),
});

/**
 * A user's token, or a system user's. `lifeMs` 0 has no end: a system user's token is minted so, or for 60 days; its data
 * access never ends (meta-sending §6.1, §6.3).
 */
export function mintUserToken(state: State, mint: Mint, lifeMs: number): Token {
  const system = isSystemUser(state, mint.userId);
  return add(state, {
    kind: system ? "system_user" : "user",
    appId: mint.appId,
    userId: mint.userId,
    pageId: null,
    scopes: mint.scopes,
    pageIds: [...mint.pageIds],
    ...reachOf(mint),
    issuedAt: mint.now,
    expiresAt: lifeMs === 0 ? 0 : mint.now + lifeMs,
    dataAccessExpiresAt: system ? 0 : mint.now + DATA_ACCESS_MS,
  });
}

export function isSystemUser(state: State, userId: string): boolean {
  return state.users.some((user) => user.id === userId && user.kind === "system_user");
}

/**
 * The Page token of a user token. From a long-lived one it never expires, from a short-lived one it dies with it
 * (Facebook Login, "Long-lived tokens"); a system user's has the end of the system user's. Asked twice, the same token is
 * answered.
 */
export function pageTokenOf(state: State, parent: Token, pageId: string, now: number): Token {
  const longLived = parent.kind === "user" && parent.expiresAt - parent.issuedAt > 24 * HOUR;
  const expiresAt = longLived ? 0 : parent.expiresAt;
  const existing = state.tokens.find(
    (token) =>
      token.kind === "page" &&
      !token.dead &&
      token.pageId === pageId &&
      token.userId === parent.userId &&
      token.appId === parent.appId &&
      token.expiresAt === expiresAt &&
      token.pageIds.includes(pageId) &&
      token.scopes.join() === parent.scopes.join() &&
      token.instagramIds?.join() === parent.instagramIds?.join() &&
      token.allPages === parent.allPages,
  );
  if (existing) {
    // Data access is the person's: who logged in again renewed it.
    existing.dataAccessExpiresAt = Math.max(existing.dataAccessExpiresAt, parent.dataAccessExpiresAt);
    return existing;
  }
  return add(state, {
    kind: "page",
    appId: parent.appId,
    userId: parent.userId,
    pageId,
    scopes: parent.scopes,
    pageIds: [pageId],
    ...reachOf(parent),
    issuedAt: now,
    expiresAt,
    dataAccessExpiresAt: parent.dataAccessExpiresAt,
  });
}

/** Whether the person granted this Page to the app, as far as this token goes. */
export function coversPage(token: Token, pageId: string): boolean {
  return token.allPages === true || token.pageIds.includes(pageId);
}

/** Whether the token reaches this Instagram account through its Page. */
export function coversInstagram(token: Token, accountId: string): boolean {
  return token.instagramIds === undefined || token.instagramIds.includes(accountId);
}

/** The Pages a user token lists: granted, there, and with a role of the person's (any, or none of the tasks). */
export function pagesOf(state: State, token: Token): Page[] {
  return state.pages.filter((page) => !page.deleted && page.roles[token.userId] && coversPage(token, page.id));
}

/** The person took one Page out of what the app may use: granular scopes shrink in every token (meta-sending §6.3). */
export function shrinkTokens(state: State, userId: string, appId: string, pageId: string): void {
  const account = state.pages.find((page) => page.id === pageId)?.instagram?.id;
  for (const token of state.tokens) {
    if (token.userId !== userId || token.appId !== appId) continue;
    if (token.allPages && !token.pageId) token.pageIds = pagesOf(state, token).map((page) => page.id);
    if (token.allPages) delete token.allPages;
    token.pageIds = token.pageIds.filter((id) => id !== pageId);
    if (token.instagramIds) token.instagramIds = token.instagramIds.filter((id) => id !== account);
  }
}

export const PASSWORD_CHANGED = {
  subcode: 460,
  message:
    "Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.",
};

/** Kills every token that hangs on a person's session; system users have none. */
export function killTokensOf(
  state: State,
  userId: string,
  dead: TokenDeath,
  matches: (token: Token) => boolean = () => true,
): number {
  let killed = 0;
  for (const token of state.tokens) {
    if (token.userId !== userId || token.dead || !matches(token)) continue;
    token.dead = dead;
    killed += 1;
  }
  return killed;
}

/** The newest living token of a kind; else the newest dead one, as one finds them in a configuration. */
export function newestToken(
  state: State,
  matches: (token: Token) => boolean,
  lives: (token: Token) => boolean = (token) => !token.dead,
): Token | undefined {
  return state.tokens.findLast((token) => matches(token) && lives(token)) ?? state.tokens.findLast(matches);
}
