import { listedApps } from "../../routing/apps.ts";
import type { Page } from "../../store/types.ts";
import { type Auth, scopesOf, unsupported } from "../auth.ts";
import { type Call, refuseUnknown } from "../call.ts";
import { GraphError } from "../error.ts";
import { asList } from "../params.ts";
import { PAGE_FIELDS } from "../webhook-fields.ts";

/**
 * `/{page}/subscribed_apps`: the Page level of webhook subscriptions. A field is delivered only when it is subscribed here
 * and at app level. Source: Graph API, Page / subscribed_apps (v26); error texts meta-sending §3.5.
 */
export function subscribedApps(call: Call, auth: Auth, page: Page): unknown {
  if (call.method === "GET") return list(call, page);
  if (call.method === "POST") return subscribe(call, auth, page);
  if (call.method === "DELETE") return unsubscribe(call, auth, page);
  throw unsupported(call.method, page.id);
}

function list(call: Call, page: Page) {
  return {
    data: listedApps(call.sim, page).map((app) => ({
      category: app.category,
      link: app.link ?? `${call.origin}/`,
      name: app.name,
      id: app.id,
      subscribed_fields: app.fields,
    })),
  };
}

function subscribe(call: Call, auth: Auth, page: Page) {
  refuseUnknown(call, ["subscribed_fields"]);
  const fields = asList(call.values.subscribed_fields);
  if (fields.length === 0)
    throw new GraphError({ code: 100, message: "(#100) The parameter subscribed_fields is required." });
  const wrong = fields.findIndex((field) => !PAGE_FIELDS.includes(field));
  if (wrong >= 0) {
    throw new GraphError({
      code: 100,
      message: `(#100) Param subscribed_fields[${wrong}] must be one of {${PAGE_FIELDS.join(", ")}} - got "${fields[wrong]}".`,
    });
  }
  requireScopes(auth, fields);
  const existing = page.installs.find((install) => install.appId === auth.app.id);
  if (existing) Object.assign(existing, { fields, failingSince: null, alerted: false });
  else page.installs.push({ appId: auth.app.id, fields, failingSince: null, alerted: false });
  call.sim.store.touch();
  call.sim.bus.emit({ type: "world" });
  return { success: true };
}

function requireScopes(auth: Auth, fields: string[]): void {
  const scopes = scopesOf(auth);
  const lines = fields
    .map((field) => ({
      field,
      scope: field.startsWith("messag") || field === "standby" ? "pages_messaging" : "pages_manage_metadata",
    }))
    .filter(({ scope }) => !scopes.includes(scope))
    .map(({ field, scope }) => `To subscribe to the ${field} field, one of these permissions is needed: ${scope}.`);
  if (lines.length > 0) throw new GraphError({ code: 200, message: `(#200) ${lines.join("\n")}` });
}

function unsubscribe(call: Call, auth: Auth, page: Page) {
  page.installs = page.installs.filter((install) => install.appId !== auth.app.id);
  call.sim.sender.forget((item) => item.appId === auth.app.id && item.pageId === page.id);
  call.sim.store.touch();
  call.sim.bus.emit({ type: "world" });
  return { success: true };
}
