import { P } from "./steps.ts";
import type { CallStep } from "./types.ts";

/** Steps about people, tokens and the Page's settings. */

/** A call about the person behind the token. */
export const user = (path: string, body: unknown = {}, as?: string): CallStep => ({
  do: "POST",
  path: `/_sim/users/{user}${path}`,
  body,
  ...(as && { as }),
});

export const freshTokens = user("/token", {}, "token");

/** The person grants everything again, as by a login; no old token comes to life. */
export const grantAgain = user("/grant");

export const linkInstagram = (page: string, body: Record<string, unknown>): CallStep => ({
  do: "PUT",
  path: `/_sim/pages/${page}/instagram`,
  body,
});

export const unlinkInstagram: CallStep = { do: "DELETE", path: `${P}/instagram` };
