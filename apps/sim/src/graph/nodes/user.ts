import { BUSINESS } from "../../oauth/configurations.ts";
import type { Token, User } from "../../store/types.ts";
import { takeAppAway } from "../../world/access.ts";
import { type Auth, unsupported } from "../auth.ts";
import { type Call, fieldsParam } from "../call.ts";
import { GraphError } from "../error.ts";
import { type Field, pick } from "../fields.ts";
import { accounts } from "./accounts.ts";

type UserAuth = Extract<Auth, { token: Token }>;

/** The person (or system user) behind a user token, and the edges `accounts` and `permissions`. */
export function userNode(call: Call, auth: UserAuth, user: User): unknown {
  const edge = call.segments[1];
  if (edge === undefined && call.method === "GET")
    return pick("User", user.id, fieldsParam(call), "id,name", resolvers(call, auth, user));
  if (edge === "accounts" && call.method === "GET") return accounts(call, auth);
  if (edge === "permissions" && call.method === "GET") return permissions(auth, user);
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
    permissions: () => permissions(auth, user),
    // Of a Business Integration System User alone (Facebook Login for Business, 2026-05-05).
    client_business_id: () => (user.integrationOf ? BUSINESS.id : undefined),
  };
}

/** `GET /me/permissions`: what was granted, and what was asked for and unticked (Graph API, User / permissions). */
function permissions(auth: UserAuth, user: User) {
  const declined = (user.grants[auth.app.id]?.declined ?? []).filter((one) => !auth.token.scopes.includes(one));
  return {
    data: [
      ...auth.token.scopes.map((permission) => ({ permission, status: "granted" })),
      ...declined.map((permission) => ({ permission, status: "declined" })),
    ],
  };
}

/** The person removes the app through it: as under Settings, Business Integrations. The callback follows the answer. */
function removeApp(call: Call, auth: UserAuth, user: User) {
  takeAppAway(call.sim, user, auth.app);
  if (user.kind === "person") void call.sim.callbacks.send("deauthorize", auth.app, user);
  return { success: true };
}
