import { accessToken } from "./ids.ts";
import type { State, Token } from "./types.ts";

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
  "business_management",
  "instagram_basic",
  "instagram_manage_messages",
  "public_profile",
];

export const ALL_TASKS = ["ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE"];

interface Mint {
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

export function mintUserToken(state: State, mint: Mint, lifeMs: number): Token {
  const user = state.users.find((candidate) => candidate.id === mint.userId);
  const system = user?.kind === "system_user";
  return add(state, {
    kind: system ? "system_user" : "user",
    appId: mint.appId,
    userId: mint.userId,
    pageId: null,
    scopes: mint.scopes,
    pageIds: mint.pageIds,
    issuedAt: mint.now,
    expiresAt: system ? 0 : mint.now + lifeMs,
    dataAccessExpiresAt: system ? 0 : mint.now + DATA_ACCESS_MS,
  });
}

/**
 * The Page token of a user token. From a long-lived one it never expires, from a short-lived one it dies with it
 * (Facebook Login, "Long-lived tokens"). Asked twice, the same token is answered.
 */
export function pageTokenOf(state: State, parent: Token, pageId: string, now: number): Token {
  const endless = parent.expiresAt === 0 || parent.expiresAt - parent.issuedAt > 24 * HOUR;
  const expiresAt = endless ? 0 : parent.expiresAt;
  const existing = state.tokens.find(
    (token) =>
      token.kind === "page" &&
      !token.dead &&
      token.pageId === pageId &&
      token.userId === parent.userId &&
      token.appId === parent.appId &&
      token.expiresAt === expiresAt &&
      token.scopes.join() === parent.scopes.join(),
  );
  if (existing) return existing;
  return add(state, {
    kind: "page",
    appId: parent.appId,
    userId: parent.userId,
    pageId,
    scopes: parent.scopes,
    pageIds: [pageId],
    issuedAt: now,
    expiresAt,
    dataAccessExpiresAt: parent.dataAccessExpiresAt,
  });
}

export const PASSWORD_CHANGED = {
  subcode: 460,
  message:
    "Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.",
};

/** Kills every token that hangs on a person's session; system users have none. */
export function killTokensOf(state: State, userId: string, dead: NonNullable<Token["dead"]>): number {
  let killed = 0;
  for (const token of state.tokens) {
    if (token.userId !== userId || token.dead) continue;
    token.dead = dead;
    killed += 1;
  }
  return killed;
}

/** The newest token of a kind; dead ones too, as one finds them in a configuration. */
export function newestToken(state: State, matches: (token: Token) => boolean): Token | undefined {
  return state.tokens.findLast((token) => matches(token) && !token.dead) ?? state.tokens.findLast(matches);
}
