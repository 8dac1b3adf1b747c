import type { GraphRequest } from "../../adapters/channel.ts";
import type { Deps } from "../../deps.ts";
import type { Secret } from "../../platform/secrets/index.ts";
import { channelFault } from "./authorizers.ts";
import { readRecord } from "./record.ts";

const newest = (pageId: string): GraphRequest => ({
  method: "GET",
  path: `/${pageId}/conversations`,
  query: { platform: "instagram", fields: "id", limit: "1" },
});

/** Whether Meta gives the conversations of the channel's Instagram account: the switch is on, the link verified. In the channel's turn. */
export async function instagramReadable(
  deps: Pick<Deps, "db" | "graph">,
  channel: { workspaceId: string; channelId: string; pageId: string },
  token: Secret,
): Promise<boolean> {
  const call = (request: GraphRequest, options: { timeoutMs: number }) => deps.graph.call(request, token, options);
  return (await readRecord(deps, call, channel, newest(channel.pageId))).kind === "answer";
}

/**
 * Whether the owner of the Page's Instagram account keeps connected tools from its messages (“Allow access to messages”): asking for
 * the newest conversation is answered 200/2534041 then (Messenger Platform error codes, 2026-06-25). Any other answer, or none,
 * says nothing about the switch.
 */
export async function isInstagramAccessOff(deps: Pick<Deps, "graph">, pageId: string, token: Secret): Promise<boolean> {
  const answer = await deps.graph.call(newest(pageId), token, { timeoutMs: 5_000 });
  if (answer.kind === "no_answer" || !answer.error) return false;
  return channelFault(answer.error, answer.httpStatus)?.fault === "instagram_access_off";
}
