import { coversInstagram } from "../store/tokens.ts";
import type { InstagramAccount, Page } from "../store/types.ts";
import { type Auth, scopesOf } from "./auth.ts";
import { type GraphError, graphError } from "./error.ts";
import { knownError } from "./known/index.ts";
import { ready } from "./ready-errors.ts";

/** The professional account the API reaches through this Page; a personal one is none. */
export function linkedInstagram(page: Page): InstagramAccount | null {
  return page.instagram && !page.instagram.personal ? page.instagram : null;
}

/** Whether a token sees the account of this Page: the person may have left it out in the dialog. */
export function seesInstagram(auth: Auth, account: InstagramAccount): boolean {
  return auth.kind !== "app" && coversInstagram(auth.token, account.id);
}

/** What stands between a token and the messages of the Page's Instagram account, short of the account's own switch. */
export function instagramFault(auth: Auth, page: Page): GraphError | null {
  const account = linkedInstagram(page);
  if (!account) return knownError(100, 2534013);
  if (!seesInstagram(auth, account) || !scopesOf(auth).includes("instagram_manage_messages"))
    return graphError(230, undefined, "(#230) Requires instagram_manage_messages permission to manage the object");
  return account.twoFactorRequired ? knownError(10, 2534077) : null;
}

/** The same, and "Allow access to messages" (Connected Tools) of the Instagram app. */
export function instagramMessagesFault(auth: Auth, page: Page): GraphError | null {
  return instagramFault(auth, page) ?? (page.instagramAccess === false ? ready.instagramAccessOff() : null);
}
