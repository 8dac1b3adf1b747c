import type { Page } from "../store/types.ts";
import { type Auth, scopesOf } from "./auth.ts";
import { graphError } from "./error.ts";

/** Whoever may do one of these may subscribe an app to the Page (Page / subscribed_apps, v26; meta-sending §6.4). */
export const SUBSCRIBING_TASKS = ["CREATE_CONTENT", "MANAGE", "MODERATE"];

/**
 * Refuses someone who still has a role on the Page but may do none of these things there. Who has no role at all is refused
 * before, by the token (190/492).
 */
export function requireTask(auth: Auth, page: Page, anyOf: string[]): void {
  const tasks = auth.kind === "app" ? [] : (page.roles[auth.token.userId] ?? []);
  if (tasks.some((task) => anyOf.includes(task))) return;
  throw graphError(
    200,
    undefined,
    "(#200) User does not have sufficient administrative permission for this action on this page. If the page business requires Two Factor Authentication, the user also needs to enable Two Factor Authentication.",
  );
}

/** Refuses a token to which this permission was not granted. */
export function requireScope(auth: Auth, scope: string): void {
  if (!scopesOf(auth).includes(scope))
    throw graphError(230, undefined, `(#230) Requires ${scope} permission to manage the object`);
}
