import { z } from "zod";
import { isRecord, readFlag, readId, readText, readTime, readUrl, type WireRecord } from "./guards.ts";
import { Paging, tolerantList } from "./parts.ts";

/**
 * Answers of the Conversations API: Meta's own record of a Page's or account's threads. Tolerant like all answers: a member
 * that cannot be read is null or empty, an element without its id is left out of its list.
 * Source: "Conversations" and Graph API reference of conversation and message, v25.0–v26.0, read 2026-11.
 */

/** Fit to be a key in a table; an element without one is no element. */
const id = z.unknown().transform(readId).pipe(z.string());
const text = z.unknown().optional().transform(readText);
const url = z.unknown().optional().transform(readUrl);
/** ms since 1970; Meta writes `2022-07-12T19:11:07+0000`, in whole seconds. */
const time = z.unknown().optional().transform(readTime);
const record = z
  .unknown()
  .optional()
  .transform((value): WireRecord | null => (isRecord(value) ? value : null));

/** `{data: […]}` as a plain list; absent or malformed is empty. */
function edge<T extends z.ZodType>(item: T) {
  const list = z.looseObject({ data: tolerantList(item) });
  return z
    .unknown()
    .optional()
    .transform((value): z.output<T>[] => {
      const result = list.safeParse(value);
      return result.success ? result.data.data : [];
    });
}

/** Page-scoped id of a person, or the id of the Page or account itself. Messenger gives `name`, Instagram `username`. */
export const GraphPerson = z.looseObject({ id, name: text, username: text });
export type GraphPerson = z.infer<typeof GraphPerson>;

const person = z
  .unknown()
  .optional()
  .transform((value): GraphPerson | null => GraphPerson.safeParse(value).data ?? null);

const media = z
  .unknown()
  .optional()
  .transform((value) => {
    if (!isRecord(value)) return null;
    const animated = readUrl(value.animated_gif_url);
    return {
      url: animated ?? readUrl(value.url),
      previewUrl: readUrl(value.preview_url),
      isSticker: readFlag(value.render_as_sticker),
    };
  });

export const GraphAttachment = z.looseObject({
  id: text,
  name: text,
  mime_type: text,
  file_url: url,
  image_data: media,
  video_data: media,
  generic_template: record,
  appointment_booking: record,
});
export type GraphAttachment = z.infer<typeof GraphAttachment>;

/** A link, post, reel or product. Instagram gives no more than `link` (Conversations, "Limitations"). */
export const GraphShare = z.looseObject({ id: text, link: url, name: text, description: text, template: record });
export type GraphShare = z.infer<typeof GraphShare>;

/**
 * One message. `from` is the Page or account itself for what went out. There is no app id, metadata, payload or referral
 * here; a tapped button is a plain text. Beyond the 20 newest of a thread only `id` and `created_time` may be told.
 */
export const GraphMessage = z.looseObject({
  id,
  created_time: time,
  from: person,
  to: edge(GraphPerson),
  message: text,
  attachments: edge(GraphAttachment),
  shares: edge(GraphShare),
  sticker: url,
  story: record,
  reactions: edge(z.looseObject({ reaction: text, users: tolerantList(GraphPerson).catch([]).default([]) })),
  tags: edge(z.looseObject({ name: text })),
  is_unsupported: z.unknown().optional().transform(readFlag),
  reply_to: z
    .unknown()
    .optional()
    .transform((value) => (isRecord(value) ? readId(value.mid) : null)),
});
export type GraphMessage = z.infer<typeof GraphMessage>;

/** A list whose next page is there only where `paging.next` is; `cursors.after` stands on the last page too. */
export const MessagesPage = z.looseObject({ data: tolerantList(GraphMessage), paging: Paging.optional() });
export type MessagesPage = z.infer<typeof MessagesPage>;

/** `is_owner`: whether the asking app holds the thread; null unless Conversation Routing is on (since 2025-10-13). */
export const GraphConversation = z.looseObject({
  id,
  updated_time: time,
  is_owner: z
    .unknown()
    .optional()
    .transform((value) => (typeof value === "boolean" ? value : null)),
  participants: edge(GraphPerson),
  messages: z
    .unknown()
    .optional()
    .transform((value): MessagesPage | null => MessagesPage.safeParse(value).data ?? null),
});
export type GraphConversation = z.infer<typeof GraphConversation>;

/** `GET /{page}/conversations`, newest first by `updated_time`. */
export const ConversationsPage = z.looseObject({ data: tolerantList(GraphConversation), paging: Paging.optional() });
export type ConversationsPage = z.infer<typeof ConversationsPage>;
