import type { Q } from "../db/pool.ts";
import type { Auth } from "./index.ts";
import { withAuth } from "./tables.ts";

/** Headers as Node gives them. */
export type HeaderBag = Record<string, string | string[] | undefined>;

/** Name and value of the session cookie; `__Secure-` stands before it where the public address is https. */
export const SESSION_COOKIE = /(?:^|;\s*)(?:__Secure-)?better-auth\.session_token=([^;]+)/;

/**
 * The live session of a request's cookie. Reads only: the cookie's life is prolonged by {@link renewSession}.
 * @throws when the database does not answer.
 */
export async function sessionOf(
  auth: Auth,
  q: Q,
  headers: HeaderBag,
): Promise<{ userId: string; expiresAt: Date } | null> {
  const query = { disableRefresh: true, disableCookieCache: true };
  const found = await auth.api.getSession({ headers: cookieOnly(headers), query }).catch(async (error: unknown) => {
    // better-auth hides the database's own error, by which "try again" is told from a fault of ours.
    await withAuth(q).selectFrom("auth.session").select("id").limit(1).execute();
    throw error;
  });
  return found ? { userId: found.session.userId, expiresAt: new Date(found.session.expiresAt) } : null;
}

/** Prolongs a session that is more than a day old. @returns the `Set-Cookie` values the browser must get; mostly none. */
export async function renewSession(auth: Auth, headers: HeaderBag): Promise<string[]> {
  const { headers: answer } = await auth.api.getSession({ headers: cookieOnly(headers), returnHeaders: true });
  return answer.getSetCookie();
}

function cookieOnly(headers: HeaderBag): Headers {
  const cookie = headers.cookie;
  return new Headers({ cookie: Array.isArray(cookie) ? cookie.join("; ") : (cookie ?? "") });
}
