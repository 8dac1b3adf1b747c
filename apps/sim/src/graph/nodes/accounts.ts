import { pagesOf, pageTokenOf } from "../../store/tokens.ts";
import type { Page, Token } from "../../store/types.ts";
import type { Auth } from "../auth.ts";
import { type Call, fieldsParam, paged } from "../call.ts";
import { type Field, pick, showFields } from "../fields.ts";
import { pageFields } from "./page.ts";

const DEFAULT_FIELDS = "access_token,category,category_list,name,id,tasks";

/**
 * `GET /me/accounts`: Pages the person has a role on and granted to the app, in the order they were made, 25 a page and 100
 * at most; `paging.next` must be followed (Graph API, User / accounts; meta-sending §6.1). `field`: asked for within another
 * answer, `accounts.limit(5){name}`.
 */
export function accounts(call: Call, auth: Extract<Auth, { token: Token }>, field?: Field) {
  const { sim } = call;
  if (!auth.token.scopes.includes("pages_show_list")) return { data: [] };
  const requested = field ? field.children : fieldsParam(call);
  const show = (page: Page) =>
    pick("Page", page.id, requested ?? DEFAULT_FIELDS, "id,name", {
      ...pageFields(call, page, auth),
      access_token: () => {
        const token = pageTokenOf(sim.store.state, auth.token, page.id, sim.now());
        sim.store.touch();
        return token.value;
      },
      tasks: () => page.roles[auth.token.userId] ?? [],
    });
  const nested = field && {
    ...(field.limit !== undefined && { limit: field.limit }),
    ...(field.after !== undefined && { after: field.after }),
    path: `${auth.token.userId}/accounts`,
    ...(field.children && { fields: showFields(field.children) }),
  };
  return paged(call, pagesOf(sim.store.state, auth.token), (page) => page.id, show, nested);
}
