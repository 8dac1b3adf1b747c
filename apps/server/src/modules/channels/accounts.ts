import { AccountsPage, type GraphPage } from "@firstline/meta-wire";
import type { Deps } from "../../deps.ts";
import type { Secret } from "../../platform/secrets/index.ts";
import { bodyOf } from "./meta-answer.ts";

/** Of 100 Pages each: an end, should Meta's cursors ever lead in a circle. */
const MOST_PAGES = 40;

/**
 * The Pages a person or system user gave to this app, one answer of Meta after the other to the last: only `paging.next` says that
 * there is more (facts: sending §6.1). @throws ApiError saying what Meta said.
 */
export async function* eachAccount(deps: Pick<Deps, "graph">, user: Secret, fields: string): AsyncGenerator<GraphPage> {
  let after: string | undefined;
  for (let n = 0; n < MOST_PAGES; n++) {
    const query = { fields, limit: "100", ...(after ? { after } : {}) };
    const answer = AccountsPage.parse(
      bodyOf(await deps.graph.call({ method: "GET", path: "/me/accounts", query }, user)),
    );
    yield* answer.data;
    after = answer.paging?.next ? answer.paging.cursors?.after : undefined;
    if (!after) return;
  }
}

/** All of them, with what a choice among them needs to know. */
export async function readPages(deps: Pick<Deps, "graph">, user: Secret): Promise<GraphPage[]> {
  const fields = "id,name,access_token,tasks,is_published,instagram_business_account{id,username}";
  const pages: GraphPage[] = [];
  for await (const page of eachAccount(deps, user, fields)) pages.push(page);
  return pages;
}
