import type { Answer, World } from "./world.ts";
import { ANN, BLUE } from "./world.ts";

export const EDGE = `/v26.0/${BLUE}/message_templates`;
export const BODY = {
  type: "BODY",
  text: "Your order {{1}} leaves our store on {{2}}, have a nice day.",
  example: { body_text: [["566701", "Monday"]] },
};

export const text = (...texts: string[]) => texts.map((one) => ({ type: "text", text: one }));

/** A message made of the template, with these parameters in its body. */
export const filled = (parameters: unknown, more: Record<string, unknown>[] = []) => ({
  template: { name: "order_update", language: { code: "en" }, components: [{ type: "body", parameters }, ...more] },
});

/** Short ways to talk about templates with a world that may be replaced between tests. */
export function templatesOf(world: () => World) {
  const post = async (path: string, body: unknown): Promise<Answer> =>
    await world().http("POST", path, {
      headers: { "content-type": "application/json", authorization: `Bearer ${world().token}` },
      body: JSON.stringify(body),
    });
  return {
    post,
    create: (more: Record<string, unknown> = {}) =>
      post(EDGE, { name: "order_update", language: "en", category: "UTILITY", components: [BODY], ...more }),
    send: (message: unknown, extra: Record<string, unknown> = { messaging_type: "UTILITY" }, to = ANN) =>
      world().send(message, extra, to),
  };
}
