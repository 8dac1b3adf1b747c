import { randomInt } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { MetaApp } from "../../store/types.ts";
import { type Auth, unsupported } from "../auth.ts";
import { type Call, fieldsParam, param, refuseUnknown } from "../call.ts";
import { GraphError } from "../error.ts";
import { pick } from "../fields.ts";
import { asList } from "../params.ts";
import { INSTAGRAM_FIELDS, PAGE_FIELDS } from "../webhook-fields.ts";

/** The app itself and its webhook subscriptions (`/{app}/subscriptions`, with an app token). */
export async function appNode(call: Call, auth: Auth, app: MetaApp): Promise<unknown> {
  const edge = call.segments[1];
  if (edge === undefined && call.method === "GET") {
    return pick("Application", app.id, fieldsParam(call), "id,name,link", {
      id: () => app.id,
      name: () => app.name,
      link: () => `${call.origin}/`,
      category: () => "Business",
      deauth_callback_url: () => (mayManage(auth, app) ? app.deauthorizeUrl : undefined),
    });
  }
  if (edge === undefined && call.method === "POST") return update(call, auth, app);
  if (edge !== "subscriptions") {
    if (edge && call.method === "GET") {
      throw new GraphError({
        code: 100,
        message: `(#100) Tried accessing nonexisting field (${edge}) on node type (Application)`,
      });
    }
    throw unsupported(call.method, app.id);
  }
  if (auth.kind !== "app" || auth.app.id !== app.id) {
    throw new GraphError({ code: 15, message: "(#15) This method must be called with an app access_token." });
  }
  if (call.method === "GET") return list(call, app);
  if (call.method === "POST") return await subscribe(call, app);
  if (call.method === "DELETE") return unsubscribe(call, app);
  throw unsupported(call.method, app.id);
}

function mayManage(auth: Auth, app: MetaApp): boolean {
  return auth.kind === "app" && auth.app.id === app.id;
}

/**
 * `POST /{app}`: the one setting of the dashboard that Graph's Application node takes and this simulator knows, the address
 * called when a person removes the app. The data-deletion address is set in the dashboard alone, here by `PATCH /_sim/apps`.
 */
function update(call: Call, auth: Auth, app: MetaApp) {
  if (!mayManage(auth, app))
    throw new GraphError({ code: 15, message: "(#15) This method must be called with an app access_token." });
  refuseUnknown(call, ["deauth_callback_url"]);
  const url = param(call, "deauth_callback_url");
  if (url && !URL.canParse(url))
    throw new GraphError({ code: 100, message: "(#100) Param deauth_callback_url must be a valid URI" });
  if (url) app.deauthorizeUrl = url;
  else delete app.deauthorizeUrl;
  call.sim.store.touch();
  call.sim.bus.emit({ type: "world" });
  return { success: true };
}

/** `{data:[{object, callback_url, active, fields:[{name, version}]}]}` (meta-receiving §1.1.1). */
function list(call: Call, app: MetaApp) {
  return {
    data: app.subscriptions.map((subscription) => ({
      object: subscription.object,
      callback_url: subscription.callbackUrl,
      active: subscription.active,
      fields: subscription.fields.map((name) => ({ name, version: call.version })),
    })),
  };
}

async function subscribe(call: Call, app: MetaApp) {
  refuseUnknown(call, [
    "object",
    "callback_url",
    "verify_token",
    "fields",
    "include_values",
    "include_client_certificate",
  ]);
  const object = param(call, "object");
  if (object !== "page" && object !== "instagram") {
    throw new GraphError({ code: 100, message: "(#100) Param object must be one of {PAGE, INSTAGRAM}" });
  }
  const callbackUrl = param(call, "callback_url");
  if (!callbackUrl) throw new GraphError({ code: 100, message: "(#100) The parameter callback_url is required." });
  const fields = fieldsParam(call) ? asList(call.values.fields) : [];
  const known = object === "page" ? PAGE_FIELDS : INSTAGRAM_FIELDS;
  const wrong = fields.findIndex((field) => !known.includes(field));
  if (fields.length === 0) throw new GraphError({ code: 100, message: "(#100) The parameter fields is required." });
  if (wrong >= 0)
    throw new GraphError({ code: 100, message: `(#100) Param fields[${wrong}] must be one of {${known.join(", ")}}` });
  const verifyToken = param(call, "verify_token") ?? "";
  await verify(call, callbackUrl, verifyToken);
  app.subscriptions = app.subscriptions.filter((subscription) => subscription.object !== object);
  app.subscriptions.push({ object, callbackUrl, verifyToken, fields, active: true });
  call.sim.store.touch();
  call.sim.bus.emit({ type: "world" });
  return { success: true };
}

/** The GET handshake with `hub.mode`, `hub.challenge` and `hub.verify_token` (Messenger Platform, Webhooks). */
async function verify(call: Call, callbackUrl: string, verifyToken: string): Promise<void> {
  const fail = (why: string) =>
    new GraphError({ code: 2200, message: `(#2200) Callback verification failed with the following errors: ${why}` });
  let url: URL;
  try {
    url = new URL(callbackUrl);
  } catch {
    throw fail("The URL is not valid");
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") throw fail("The URL is not valid");
  const challenge = String(randomInt(100_000_000, 2_000_000_000));
  const query = `hub.mode=subscribe&hub.challenge=${challenge}&hub.verify_token=${encodeURIComponent(verifyToken)}`;
  const answer = await call.sim.sender.client.get(`${callbackUrl}${url.search ? "&" : "?"}${query}`);
  if (answer.status === null)
    throw fail(
      `curl_errno = 7; curl_error = Failed to connect to ${url.host} (${answer.error}); HTTP Status Code = 0; HTTP Message = `,
    );
  if (answer.status !== 200) {
    throw fail(`HTTP Status Code = ${answer.status}; HTTP Message = ${STATUS_CODES[answer.status] ?? ""}`);
  }
  if (answer.text?.trim() !== challenge) {
    throw fail(
      `Response does not match challenge, expected value="${challenge}", received="${(answer.text ?? "").slice(0, 40)}..."`,
    );
  }
}

function unsubscribe(call: Call, app: MetaApp) {
  const object = param(call, "object");
  const fields = asList(call.values.fields);
  for (const subscription of app.subscriptions) {
    if (object && subscription.object !== object) continue;
    subscription.fields = fields.length > 0 ? subscription.fields.filter((field) => !fields.includes(field)) : [];
  }
  app.subscriptions = app.subscriptions.filter((subscription) => subscription.fields.length > 0);
  call.sim.store.touch();
  call.sim.bus.emit({ type: "world" });
  return { success: true };
}
