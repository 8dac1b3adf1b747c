import type { GraphRequest, OutgoingFile, OutgoingMessage } from "../channel.ts";
import { isDerivedId } from "./derived-id.ts";

/** Whom a send names: the person, or what they wrote under a post ("Private Replies", 2026-05-05; Instagram, 2026-07-02). */
export function recipientOf({ answers, recipientId }: OutgoingMessage): Record<string, string> {
  return answers === undefined ? { id: recipientId } : { [`${answers.kind}_id`]: answers.id };
}

/** Members of a send, `message` without its content. */
interface SendFrame {
  message?: Record<string, unknown>;
  [member: string]: unknown;
}

/**
 * A send as JSON, files Meta has already by their ids: several images are `attachments` (Messenger since 2025-03-19, Instagram since
 * 2025-11-03), one file is `attachment`. With the file itself, as multipart: members that are objects become JSON text, the bytes are the one part
 * `filedata` and carry a MIME type, without which Meta answers 100/2018047 ("Saving Assets", 2026-04-22).
 */
export function sendRequest(path: string, message: OutgoingMessage, frame: SendFrame): GraphRequest {
  const { attachment, uploaded, text } = message;
  if (attachment === undefined) {
    const content = uploaded !== undefined ? byIds(uploaded) : text === undefined ? {} : { text };
    return { method: "POST", path, json: { ...frame, message: { ...content, ...frame.message } } };
  }
  const content = { attachment: { type: attachment.kind, payload: {} }, ...frame.message };
  return {
    method: "POST",
    path,
    form: toForm({ ...frame, message: content }),
    file: { field: "filedata", name: attachment.name, contentType: attachment.contentType, bytes: attachment.bytes },
  };
}

function byIds(uploaded: NonNullable<OutgoingMessage["uploaded"]>): Record<string, unknown> {
  const files = uploaded.map(({ kind, attachmentId }) => ({ type: kind, payload: { attachment_id: attachmentId } }));
  return files.length === 1 ? { attachment: files[0] } : { attachments: files };
}

/**
 * `POST …/message_attachments`: `is_reusable`, for an id is of use only then, and the bytes as in a send. `members`: what the
 * product asks for beside them.
 */
export function uploadRequest(path: string, file: OutgoingFile, members: Record<string, unknown> = {}): GraphRequest {
  const message = { attachment: { type: file.kind, payload: { is_reusable: true } } };
  return {
    method: "POST",
    path,
    form: toForm({ message, ...members }),
    file: { field: "filedata", name: file.name, contentType: file.contentType, bytes: file.bytes },
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
