import type { Page } from "../../store/types.ts";
import type { Auth } from "../auth.ts";
import { type Call, fieldsParam, paged } from "../call.ts";
import { pick } from "../fields.ts";
import { requireScope } from "../tasks.ts";

/**
 * `GET /{page}/roles`: people with a role on the Page and their tasks. Only those who belong to no business; system users are
 * among its assigned users. Source: Graph API, Page / roles (v26). That it asks for pages_manage_metadata is taken from its
 * neighbour Page / assigned_users, whose page says so.
 */
export function pageRoles(call: Call, auth: Auth, page: Page) {
  requireScope(auth, "pages_manage_metadata");
  const people = call.sim.store.state.users.filter((user) => user.kind === "person" && page.roles[user.id]);
  return paged(
    call,
    people,
    (user) => user.id,
    (user) =>
      pick("User", user.id, fieldsParam(call) ?? "id,name,tasks", "id,name", {
        id: () => user.id,
        name: () => user.name,
        tasks: () => page.roles[user.id] ?? [],
      }),
  );
}
