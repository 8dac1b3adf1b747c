import type { ControlRequest, GraphRequest, PageScopedId } from "../channel.ts";
import { controlRequest, ownerRequest, readRoutingFlag } from "../shared/thread-owner.ts";

/** Everything of a conversation is asked of the Page. */
export const buildMessengerControl = (
  pageId: string,
  recipientId: PageScopedId,
  request: ControlRequest,
): GraphRequest => controlRequest(`/${pageId}`, recipientId, request);

export const buildMessengerOwnerRead = (pageId: string, recipientId: PageScopedId): GraphRequest =>
  ownerRequest(`/${pageId}`, recipientId);

/** Meaning of the flag: inferred from its name and the page it stands on (Conversation Routing, 2025-09-24). */
export const readMessengerRouting = (body: unknown): boolean | null => readRoutingFlag(body, "msgr_multi_app");
