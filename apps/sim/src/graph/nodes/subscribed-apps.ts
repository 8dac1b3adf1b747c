import { listedApps } from "../../routing/apps.ts";
import type { Page } from "../../store/types.ts";
import { type Auth, scopesOf, unsupported } from "../auth.ts";
import { type Call, refuseUnknown } from "../call.ts";
import { GraphError, graphError } from "../error.ts";
import { asList } from "../params.ts";
import { requireTask, SUBSCRIBING_TASKS } from "../tasks.ts";
import { PAGE_FIELDS } from "../webhook-fields.ts";

/**
 * `/{page}/subscribed_apps`: the Page level of webhook subscriptions. A field is delivered only when it is subscribed here
 * and at app level. Needs a person with CREATE_CONTENT, MANAGE or MODERATE and pages_manage_metadata. Source: Graph API,
 * Page / subscribed_apps (v26); error texts meta-sending §3.5.
 */
export function subscribedApps(call: Call, auth: Auth, page: Page): unknown {
  requireTask(auth, page, SUBSCRIBING_TASKS);
  if (call.method === "GET") return list(call, auth, page);
  if (call.method === "POST") return subscribe(call, auth, page);
  if (call.method === "DELETE") return unsubscribe(call, auth, page);
  throw unsupported(call.method, page.id);
}

function list(call: Call, auth: Auth, page: Page) {
  requireManaging(auth);
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

/** Subscribing needs pages_manage_metadata, and pages_messaging for what is about messages; the first one missing is named. */
function requireScopes(auth: Auth, fields: string[]): void {
  const scopes = scopesOf(auth);
  const needed = (field: string) =>
    field.startsWith("messag") || field === "standby"
      ? ["pages_messaging", "pages_manage_metadata"]
      : ["pages_manage_metadata"];
  const lines = fields
    .map((field) => ({ field, scope: needed(field).find((scope) => !scopes.includes(scope)) }))
    .filter(({ scope }) => scope !== undefined)
    .map(({ field, scope }) => `To subscribe to the ${field} field, one of these permissions is needed: ${scope}.`);
  if (lines.length > 0) throw new GraphError({ code: 200, message: `(#200) ${lines.join("\n")}` });
}

function requireManaging(auth: Auth): void {
  if (scopesOf(auth).includes("pages_manage_metadata")) return;
  throw graphError(200, undefined, "(#200) Requires pages_manage_metadata permission to manage the object");
}

function unsubscribe(call: Call, auth: Auth, page: Page) {
  requireManaging(auth);
  page.installs = page.installs.filter((install) => install.appId !== auth.app.id);
  call.sim.sender.forget((item) => item.appId === auth.app.id && item.pageId === page.id);
  call.sim.store.touch();
  call.sim.bus.emit({ type: "world" });
  return { success: true };
}
