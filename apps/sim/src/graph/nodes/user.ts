import { killTokensOf, pageTokenOf } from "../../store/tokens.ts";
import type { Page, Token, User } from "../../store/types.ts";
import { type Auth, unsupported } from "../auth.ts";
import { type Call, fieldsParam, paged } from "../call.ts";
import { GraphError } from "../error.ts";
import { type Field, pick } from "../fields.ts";
import { pageFields } from "./page.ts";

type UserAuth = Extract<Auth, { token: Token }>;

/** The person (or system user) behind a user token, and the edges `accounts` and `permissions`. */
export function userNode(call: Call, auth: UserAuth, user: User): unknown {
  const edge = call.segments[1];
  if (edge === undefined && call.method === "GET")
    return pick("User", user.id, fieldsParam(call), "id,name", resolvers(call, auth, user));
  if (edge === "accounts" && call.method === "GET") return accounts(call, auth);
  if (edge === "permissions" && call.method === "GET") return permissions(auth);
  if (edge === "permissions" && call.method === "DELETE") return removeApp(call, auth, user);
  if (edge && call.method === "GET") {
    throw new GraphError({
      code: 100,
      message: `(#100) Tried accessing nonexisting field (${edge}) on node type (User)`,
    });
  }
  throw unsupported(call.method, user.id);
}

function resolvers(call: Call, auth: UserAuth, user: User) {
  return {
    id: () => user.id,
    name: () => user.name,
    first_name: () => user.name.split(" ")[0],
    last_name: () => user.name.split(" ").slice(1).join(" "),
    email: () => (auth.token.scopes.includes("email") ? user.email : undefined),
    accounts: (field: Field) => accounts(call, auth, field),
    permissions: () => permissions(auth),
  };
}

/** `GET /me/accounts`: Pages the person has a role on and granted to the app; `paging.next` must be followed (§6.1). */
function accounts(call: Call, auth: UserAuth, field?: Field) {
  const { sim } = call;
  if (!auth.token.scopes.includes("pages_show_list")) return { data: [] };
  const pages = sim.store.state.pages.filter(
    (page) => page.roles[auth.token.userId] && auth.token.pageIds.includes(page.id),
  );
  const requested = field ? field.children : fieldsParam(call);
  const show = (page: Page) =>
    pick("Page", page.id, requested ?? "access_token,category,category_list,name,id,tasks", "id,name", {
      ...pageFields(call, page),
      access_token: () => {
        const token = pageTokenOf(sim.store.state, auth.token, page.id, sim.now());
        sim.store.touch();
        return token.value;
      },
      tasks: () => page.roles[auth.token.userId] ?? [],
    });
  return paged(call, pages, (page) => page.id, show, field);
}

function permissions(auth: UserAuth) {
  return { data: auth.token.scopes.map((permission) => ({ permission, status: "granted" })) };
}

/** The person removes the app: tokens answer 190/458 from now on (Graph API, "Error handling"). */
function removeApp(call: Call, auth: UserAuth, user: User) {
  delete user.grants[auth.app.id];
  killTokensOf(call.sim.store.state, user.id, {
    subcode: 458,
    message: `Error validating access token: The user has not authorized application ${auth.app.id}.`,
  });
  call.sim.store.touch();
  return { success: true };
}
