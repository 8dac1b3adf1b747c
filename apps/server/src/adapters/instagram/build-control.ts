import type { ControlRequest, GraphRequest, PageScopedId } from "../channel.ts";
import { controlRequest, ownerRequest, readRoutingFlag } from "../shared/thread-owner.ts";

/** With a linked Page's token everything goes to `/me`, as a send does. */
export const buildInstagramControl = (
  _pageId: string,
  recipientId: PageScopedId,
  request: ControlRequest,
): GraphRequest => controlRequest("/me", recipientId, request);

export const buildInstagramOwnerRead = (_pageId: string, recipientId: PageScopedId): GraphRequest =>
  ownerRequest("/me", recipientId);

/** Meaning of the flag: inferred from its name and the page it stands on (Conversation Routing, 2025-09-24). */
export const readInstagramRouting = (body: unknown): boolean | null => readRoutingFlag(body, "ig_multi_app");
