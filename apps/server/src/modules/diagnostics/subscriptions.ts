import { z } from "zod";
import type { Deps } from "../../deps.ts";

const AppSubscriptions = z.looseObject({
  data: z.array(
    z.looseObject({
      object: z.string(),
      callback_url: z.string().optional(),
      fields: z.array(z.union([z.string(), z.looseObject({ name: z.string() })])).default([]),
    }),
  ),
});

export interface Subscriptions {
  /** What was subscribed for each kind of object; null: not told. */
  found: { object: string; callback: string | null; fields: string[] }[] | null;
  /** Why Meta did not answer, or what it said instead; null: it answered. */
  message: string | null;
}

/** `GET /{app}/subscriptions`, with the app's own token. The app must be configured. */
export async function readSubscriptions(deps: Pick<Deps, "config" | "graph">): Promise<Subscriptions> {
  const answer = await deps.graph.callAsApp({ method: "GET", path: `/${deps.config.meta.appId}/subscriptions` });
  if (answer.kind === "no_answer") return { found: null, message: answer.message };
  if (answer.error) return { found: null, message: answer.error.message ?? `code ${answer.error.code}` };
  const read = AppSubscriptions.safeParse(answer.body);
  if (!read.success) return { found: null, message: null };
  return {
    message: null,
    found: read.data.data.map(({ object, callback_url, fields }) => ({
      object,
      callback: callback_url ?? null,
      fields: fields.map((f) => (typeof f === "string" ? f : f.name)),
    })),
  };
}
