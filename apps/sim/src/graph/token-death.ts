import type { Sim } from "../sim.ts";
import type { TokenDeath } from "../store/access.ts";
import { coversPage } from "../store/tokens.ts";
import type { Page, Token, User } from "../store/types.ts";
import { GraphError } from "./error.ts";
import { KNOWN } from "./known/index.ts";

const expiry = new Intl.DateTimeFormat("en-US", {
  weekday: "long",
  day: "2-digit",
  month: "short",
  year: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
  timeZone: "America/Los_Angeles",
});

/** `Wednesday, 14-Feb-18 18:00:00 PST`, as in Meta's sample for 190/463. */
function metaDate(at: number): string {
  const part = Object.fromEntries(expiry.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${part.weekday}, ${part.day}-${part.month}-${part.year} ${part.hour}:${part.minute}:${part.second} PST`;
}

const NOT_ACCESSIBLE = "This Page access token belongs to a Page that is not accessible.";
/** Any of these lets a token act for a Page at all. */
const IMPERSONATING = [
  "pages_read_engagement",
  "pages_manage_metadata",
  "pages_read_user_content",
  "pages_manage_ads",
  "pages_show_list",
  "pages_messaging",
];
const NOT_GRANTED = `Any of the ${IMPERSONATING.slice(0, -1).join(", ")} or ${IMPERSONATING.at(-1)} permission(s) must be granted before impersonating a user's page.`;

/** Sub-codes a token can be given by hand: every one of code 190 (meta-sending §3.4). */
export const TOKEN_SUBCODES = [458, 459, 460, 463, 464, 467, 490, 492, 2069032] as const;
export type TokenSubcode = (typeof TOKEN_SUBCODES)[number];

/** What Meta says of a token that died so; with the ids and times of this one where the text has some. */
export function deathBy(subcode: TokenSubcode | null, token: Token, now: number): TokenDeath {
  if (subcode === 458) {
    const message = `Error validating access token: User ${token.userId} has not authorized application ${token.appId}.`;
    return { subcode, message };
  }
  if (subcode === 463) return { subcode, message: expired(token.expiresAt === 0 ? now : token.expiresAt, now) };
  const row = KNOWN.find((one) => one.code === 190 && (one.subcode ?? null) === subcode);
  const { message = "Invalid OAuth access token.", data } = row ?? {};
  return { ...(subcode !== null && { subcode }), message, ...(data && { data }) };
}

function expired(at: number, now: number): string {
  return `Error validating access token: Session has expired on ${metaDate(at)}. The current time is ${metaDate(now)}.`;
}

/**
 * Why a token no longer works, or null. In this order: dead for good; expired; what holds for the person now; what holds
 * for the Page, the person's role there and what they granted (meta-sending §3.4, §6.3).
 */
export function deathOf(sim: Sim, token: Token): TokenDeath | null {
  if (token.dead) return token.dead;
  const now = sim.now();
  if (token.expiresAt !== 0 && token.expiresAt <= now) return deathBy(463, token, now);
  const user = sim.store.state.users.find((one) => one.id === token.userId);
  const standing = user ? standingOf(user) : null;
  if (standing) return deathBy(standing, token, now);
  return token.pageId ? pageDeath(sim.store.page(token.pageId), token, user, now) : null;
}

function standingOf(user: User): TokenSubcode | null {
  if (user.checkpoint) return user.checkpoint;
  return user.unconfirmed ? 464 : null;
}

function pageDeath(page: Page | undefined, token: Token, user: User | undefined, now: number): TokenDeath | null {
  if (!page || page.deleted || !page.isPublished) return { message: NOT_ACCESSIBLE };
  if (!page.roles[token.userId]) return deathBy(492, token, now);
  // Demanded by the Page's business of its people; a system user has no second factor.
  if (page.twoFactorRequired && user?.kind === "person" && !user.twoFactor) return deathBy(492, token, now);
  const granted = coversPage(token, page.id) && token.scopes.some((scope) => IMPERSONATING.includes(scope));
  return granted ? null : { message: NOT_GRANTED };
}

export function refusal({ message, subcode, data }: TokenDeath): GraphError {
  return new GraphError({ code: 190, message, ...(subcode !== undefined && { subcode }), ...(data && { data }) });
}

/** Reading ends 90 days after the person last granted it, though the token is valid (meta-sending §6.3). */
export function dataAccessOver(token: Token, now: number): boolean {
  return token.dataAccessExpiresAt !== 0 && token.dataAccessExpiresAt <= now;
}
