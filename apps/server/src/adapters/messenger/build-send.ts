import type { FileKind, GraphRequest, OutgoingFile, OutgoingMessage } from "../channel.ts";
import { reactionPayload } from "../shared/reaction.ts";
import { recipientOf, replyTarget, sendRequest, uploadRequest } from "../shared/send.ts";
import { templateContent } from "./build-template.ts";

/**
 * `POST /{page}/messages` (Send API reference v25.0, "Send Messages" 2026-05-05). `RESPONSE` inside the 24 hours;
 * `HUMAN_AGENT`, the one tag left since 2026-04-27, up to seven days. Text is limited to 2,000 characters, files to 25 MB:
 * the caller has checked both. A utility template knows no window.
 */
export function buildMessengerSend(pageId: string, message: OutgoingMessage): GraphRequest {
  return sendRequest(`/${pageId}/messages`, message, {
    recipient: recipientOf(message),
    ...(message.way === "human_agent"
      ? { messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" }
      : { messaging_type: message.template ? "UTILITY" : "RESPONSE" }),
    message: {
      ...(message.template ? { template: templateContent(message.template) } : {}),
      metadata: message.metadata,
    },
    ...replyTarget(message),
  });
}

/** Every kind may be uploaded before ("Saving Assets", 2026-04-22). */
export const messengerUploads: readonly FileKind[] = ["image", "audio", "video", "file"];

/** The id belongs to the Page and lives for 90 days. */
export function buildMessengerUpload(pageId: string, file: OutgoingFile): GraphRequest {
  return uploadRequest(`/${pageId}/message_attachments`, file);
}

/** `sender_action` goes alone, never with a message (100/2018014; "Sender Actions", 2026-01-21). */
export function buildMessengerSenderAction(pageId: string, recipientId: string, action: string): GraphRequest {
  return {
    method: "POST",
    path: `/${pageId}/messages`,
    json: { recipient: { id: recipientId }, sender_action: action },
  };
}

/** `react` and `unreact` ("Sender Actions", 2026-01-21; since 2025-12-02). */
export function buildMessengerReaction(
  pageId: string,
  recipientId: string,
  mid: string,
  emoji: string | null,
): GraphRequest {
  return {
    method: "POST",
    path: `/${pageId}/messages`,
    json: { recipient: { id: recipientId }, ...reactionPayload(mid, emoji) },
  };
}
