import type { Deps } from "../../deps.ts";
import type { Secret } from "../../platform/secrets/index.ts";
import { channelFault } from "./authorizers.ts";

const askNewest = (deps: Pick<Deps, "graph">, pageId: string, token: Secret) =>
  deps.graph.call(
    {
      method: "GET",
      path: `/${pageId}/conversations`,
      query: { platform: "instagram", fields: "id", limit: "1" },
    },
    token,
    { timeoutMs: 5_000 },
  );

/** Whether Meta gives the conversations of the Page's Instagram account: the switch is on, the link verified. */
export async function instagramReadable(deps: Pick<Deps, "graph">, pageId: string, token: Secret): Promise<boolean> {
  const answer = await askNewest(deps, pageId, token);
  return answer.kind === "answer" && !answer.error;
}

/**
 * Whether the owner of the Page's Instagram account keeps connected tools from its messages (“Allow access to messages”): asking for
 * the newest conversation is answered 200/2534041 then (Messenger Platform error codes, 2026-06-25). Any other answer, or none,
 * says nothing about the switch.
 */
export async function isInstagramAccessOff(deps: Pick<Deps, "graph">, pageId: string, token: Secret): Promise<boolean> {
  const answer = await askNewest(deps, pageId, token);
  if (answer.kind === "no_answer" || !answer.error) return false;
  return channelFault(answer.error, answer.httpStatus)?.fault === "instagram_access_off";
}
