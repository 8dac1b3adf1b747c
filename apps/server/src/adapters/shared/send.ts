import type { GraphRequest, OutgoingMessage } from "../channel.ts";
import { isDerivedId } from "./derived-id.ts";

/** Members of a send, `message` without its content. */
interface SendFrame {
  message?: Record<string, unknown>;
  [member: string]: unknown;
}

/**
 * A send as JSON, or, with a file, as multipart: members that are objects become JSON text, the bytes are the one part
 * `filedata` and carry a MIME type, without which Meta answers 100/2018047 ("Saving Assets", 2026-04-22).
 */
export function sendRequest(path: string, message: OutgoingMessage, frame: SendFrame): GraphRequest {
  const { attachment, text } = message;
  if (attachment === undefined)
    return { method: "POST", path, json: { ...frame, message: { text, ...frame.message } } };
  const content = { attachment: { type: attachment.kind, payload: {} }, ...frame.message };
  return {
    method: "POST",
    path,
    form: toForm({ ...frame, message: content }),
    file: { field: "filedata", name: attachment.name, contentType: attachment.contentType, bytes: attachment.bytes },
  };
}

/** `reply_to`, where the message answered has an id Meta knows. */
export function replyTarget(message: OutgoingMessage): { reply_to?: { mid: string } } {
  return message.replyTo !== undefined && !isDerivedId(message.replyTo) ? { reply_to: { mid: message.replyTo } } : {};
}

function toForm(members: Record<string, unknown>): Record<string, string> {
  const form: Record<string, string> = {};
  for (const [name, value] of Object.entries(members))
    form[name] = typeof value === "string" ? value : JSON.stringify(value);
  return form;
}
