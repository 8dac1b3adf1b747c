import type { Sim } from "../sim.ts";
import { numericId } from "../store/ids.ts";
import type { InstagramAccount, Page } from "../store/types.ts";

/**
 * Instagram accounts and the Pages they are linked to. The people who wrote to an account go with it: linked to no Page,
 * they have the account's id in place of a Page's.
 */

export function newAccount(username: string, name = username, id = `1784140${numericId(10)}`): InstagramAccount {
  return { id, username, name };
}

export function looseAccounts(sim: Sim): InstagramAccount[] {
  return sim.store.state.looseInstagram ?? [];
}

/** Unlinks the account of a Page, if there is one. */
export function unlinkAccount(sim: Sim, page: Page): InstagramAccount | null {
  const account = page.instagram;
  if (!account) return null;
  page.instagram = null;
  delete page.instagramAccess;
  sim.store.state.looseInstagram = [...looseAccounts(sim), account];
  rehome(sim, page.id, account.id);
  return account;
}

/** Links an account to a Page: taken off the Page it was on, and that Page's own unlinked before. */
export function linkAccount(sim: Sim, page: Page, account: InstagramAccount): void {
  if (page.instagram === account) return;
  const from = sim.store.pageByInstagram(account.id);
  if (from) unlinkAccount(sim, from);
  unlinkAccount(sim, page);
  sim.store.state.looseInstagram = looseAccounts(sim).filter((one) => one.id !== account.id);
  page.instagram = account;
  rehome(sim, account.id, page.id);
}

function rehome(sim: Sim, from: string, to: string): void {
  const { state } = sim.store;
  for (const customer of state.customers) {
    if (customer.pageId !== from || customer.platform !== "instagram") continue;
    customer.pageId = to;
    const thread = state.threads[`${from}:${customer.id}`];
    if (!thread) continue;
    delete state.threads[`${from}:${customer.id}`];
    thread.pageId = to;
    state.threads[`${to}:${customer.id}`] = thread;
  }
}
