import type { Sim } from "../sim.ts";
import { opaque } from "../store/ids.ts";
import type { MetaApp, Page } from "../store/types.ts";
import { asciiJson } from "./ascii-json.ts";
import { type Answer, webhookHeaders } from "./http.ts";

/**
 * Signs a body as it is and posts it to the app's callback at once: no queue, no repetition, no subscription asked. For
 * bodies no event of a thread makes, as the dashboard's test button.
 */
export async function postDirectly(
  sim: Sim,
  app: MetaApp,
  page: Page,
  object: "page" | "instagram",
  body: unknown,
): Promise<Answer | null> {
  const subscription = app.subscriptions.find((one) => one.object === object) ?? app.subscriptions[0];
  if (!subscription) return null;
  const bytes = Buffer.from(asciiJson(body));
  const headers = webhookHeaders(app.secret, bytes);
  const answer = await sim.sender.client.post(subscription.callbackUrl, headers, bytes);
  const at = new Date().toISOString();
  sim.sender.log.add({
    id: opaque(9),
    at,
    state: answer.status === 200 ? "delivered" : "dropped",
    reason: "posted directly",
    appId: app.id,
    pageId: page.id,
    object,
    fields: ["raw"],
    url: subscription.callbackUrl,
    headers,
    body: bytes.toString(),
    attempts: [{ at, status: answer.status, error: answer.error, ms: answer.ms, answer: answer.text }],
  });
  sim.bus.emit({ type: "webhook" });
  return answer;
}
