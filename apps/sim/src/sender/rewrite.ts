import type { Faults, MetaApp, Page, QueuedEvent } from "../store/types.ts";
import { strikes } from "./select.ts";

type Json = Record<string, unknown>;

function isJson(value: unknown): value is Json {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** What the switches make of an event before it waits to be sent: emptied, or without some members. */
export function rewrite(faults: Faults, app: MetaApp, page: Page, item: QueuedEvent): Json {
  let event = withoutAd(app, page, item);
  if (isJson(event.message) && strikes(faults.sendEmpty, item, Math.random)) {
    const { mid, is_echo } = event.message;
    event = { ...event, message: { mid, ...(is_echo === true && { is_echo }) } };
  }
  for (const name of faults.stripFields ?? []) event = without(event, name.split("."));
  return event;
}

/** The ad inside a message is for apps that also subscribed `messaging_referrals` (EV/messages; meta-receiving §2.1). */
function withoutAd(app: MetaApp, page: Page, item: QueuedEvent): Json {
  const { event } = item;
  if (item.object !== "page" || !isJson(event.message) || !isJson(event.message.referral)) return event;
  if (event.message.referral.source !== "ADS") return event;
  const install = page.installs.find((one) => one.appId === app.id);
  if (install?.fields.includes("messaging_referrals")) return event;
  return without(event, ["message", "referral"]);
}

/** A copy without the member at the end of the path; through a list it is taken out of every element. */
function without(value: Json, path: string[]): Json {
  const [name, ...rest] = path;
  if (name === undefined || !Object.hasOwn(value, name)) return value;
  const inner = value[name];
  if (rest.length === 0) {
    const { [name]: _gone, ...left } = value;
    return left;
  }
  if (Array.isArray(inner))
    return { ...value, [name]: inner.map((one: unknown) => (isJson(one) ? without(one, rest) : one)) };
  return isJson(inner) ? { ...value, [name]: without(inner, rest) } : value;
}
