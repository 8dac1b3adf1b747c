import type { FileKind, GraphRequest, OutgoingFile, OutgoingMessage } from "../channel.ts";
import { reactionPayload } from "../shared/reaction.ts";
import { recipientOf, replyTarget, sendRequest, uploadRequest } from "../shared/send.ts";

/**
 * With a linked Page's token everything goes to `/me`, which is the Page: the account's own id in the path answers
 * `(#3) Application does not have the capability` (live system, 2026-09-28).
 */
const PATH = "/me/messages";

/**
 * `POST /me/messages` ("Send a Message", Instagram, 2026-06-24). No `messaging_type` but with the tag, and no
 * `metadata`: Meta documents neither here, and Instagram's echoes carry none, so a send is matched by its mid.
 * Text is limited to 1,000 bytes of UTF-8 and files to pdf: the caller has checked both.
 */
export function buildInstagramSend(_pageId: string, message: OutgoingMessage): GraphRequest {
  const heart = message.sticker === "like_heart" ? { message: { attachment: { type: "like_heart" } } } : {};
  return sendRequest(PATH, message, {
    ...heart,
    recipient: recipientOf(message),
    ...(message.way === "human_agent" ? { messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" } : {}),
    ...replyTarget(message),
  });
}

/** Images go by id since 2026-03-13 (changelog); for the other kinds Meta documents none here. */
export const instagramUploads: readonly FileKind[] = ["image"];

/** At the linked Page, which keeps uploads of the two products apart: `platform` says for which it is. */
export function buildInstagramUpload(pageId: string, file: OutgoingFile): GraphRequest {
  return uploadRequest(`/${pageId}/message_attachments`, file, { platform: "instagram" });
}

/** Typing and seen exist on Instagram since 2025-09-23 ("Sender Actions"). */
export function buildInstagramSenderAction(_pageId: string, recipientId: string, action: string): GraphRequest {
  return { method: "POST", path: PATH, json: { recipient: { id: recipientId }, sender_action: action } };
}

/** The same two on Instagram ("Sender Actions", 2025-12-02). */
export function buildInstagramReaction(
  _pageId: string,
  recipientId: string,
  mid: string,
  emoji: string | null,
): GraphRequest {
  return { method: "POST", path: PATH, json: { recipient: { id: recipientId }, ...reactionPayload(mid, emoji) } };
}
