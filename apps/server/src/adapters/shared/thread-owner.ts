import { isRecord, readId, readTime } from "@firstline/meta-wire";
import type { ControlRequest, GraphRequest, PageScopedId, ThreadOwner } from "../channel.ts";

/** `POST {node}/{action}_thread_control` (Conversation Routing, 2025-09-24; Instagram 2026-06-30). `node`: the Page or `/me`. */
export function controlRequest(
  node: string,
  recipientId: PageScopedId,
  { action, targetAppId }: ControlRequest,
): GraphRequest {
  const target = action === "pass" && targetAppId ? { target_app_id: targetAppId } : {};
  return {
    method: "POST",
    path: `${node}/${action}_thread_control`,
    json: { recipient: { id: recipientId }, ...target },
  };
}

export function ownerRequest(node: string, recipientId: PageScopedId): GraphRequest {
  return { method: "GET", path: `${node}/thread_owner`, query: { recipient: recipientId } };
}

/**
 * `{"data":[{"thread_owner":{"app_id":…,"expiration":…}}]}`: the owner and the default app read who it is; any other app
 * only until when, and nothing at all of an idle conversation.
 */
export function readThreadOwner(body: unknown): ThreadOwner | null {
  if (!isRecord(body) || !Array.isArray(body.data)) return null;
  const [first] = body.data;
  const owner = isRecord(first) ? first.thread_owner : undefined;
  if (!isRecord(owner)) return { idle: true, appId: null, until: null };
  return { idle: false, appId: readId(owner.app_id), until: readTime(owner.expiration) };
}

/** `messaging_feature_status` of the Page: whether Conversation Routing is on, by the flag of the product. */
export function readRoutingFlag(body: unknown, flag: "msgr_multi_app" | "ig_multi_app"): boolean | null {
  const status = isRecord(body) ? body.messaging_feature_status : undefined;
  const value = isRecord(status) ? status[flag] : undefined;
  return typeof value === "boolean" ? value : null;
}
