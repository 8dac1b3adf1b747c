/**
 * The narrow interface between the product and one of Meta's messaging products. Everything behind it is pure: an adapter
 * turns Meta's JSON into {@link InboundEvent}s and our intents into Graph requests; it never calls the network or a table.
 */

import type { MessageEvent, PageScopedId, Platform } from "./inbound.ts";
import type { TemplateAdapter } from "./templates.ts";

export type * from "./inbound.ts";

/** One Graph request, as data. `form` and `file` make it multipart. */
export interface GraphRequest {
  method: "GET" | "POST" | "DELETE";
  path: string;
  query?: Record<string, string>;
  json?: unknown;
  form?: Record<string, string>;
  file?: { field: string; name: string; contentType: string; bytes: Uint8Array };
}

export type FileKind = "image" | "audio" | "video" | "file";

export interface OutgoingFile {
  kind: FileKind;
  name: string;
  contentType: string;
  bytes: Uint8Array;
}

/** What we want to send, one wire message: text, one file, files Meta already has, a template or a sticker. Meta takes no caption. */
export interface OutgoingMessage {
  recipientId: PageScopedId;
  /** Answered privately: instead of the person, whose id for messages may not be known, Meta is told what they wrote. */
  answers?: { kind: "comment" | "post"; id: string };
  text?: string;
  attachment?: OutgoingFile;
  /** Files uploaded before; several only of images. */
  uploaded?: { kind: FileKind; attachmentId: string }[];
  template?: OutgoingTemplate;
  sticker?: "like_heart";
  replyTo?: string;
  way: "reply" | "human_agent" | "utility_template" | "private_reply";
  /** Our message id: travels in `metadata` and comes back in the echo; on Messenger only, as Instagram documents none. */
  metadata: string;
}

/** A utility template with what is filled in, by component and in the template's order (Utility messages, 2026-03-13). */
export interface OutgoingTemplate {
  name: string;
  language: string;
  /** `name` null: a numbered parameter. `image`: address of the picture. */
  header: ({ name: string | null; text: string } | { image: string })[];
  body: { name: string | null; text: string }[];
  /** In the order of the buttons; null: that button takes nothing. */
  buttons: ({ kind: "url" | "postback"; value: string } | null)[];
}

/** What to do about who holds a thread. `targetAppId` for a pass; without it the Page's default app gets the thread. */
export interface ControlRequest {
  action: "take" | "request" | "pass" | "release";
  targetAppId?: string;
}

/** What Meta tells of a thread's owner. `idle`: nobody. `appId` null: somebody, but only the owner and the default app are told who. */
export interface ThreadOwner {
  idle: boolean;
  appId: string | null;
  /** When the hold ends, ms. */
  until: number | null;
}

export type ProfileResult =
  | { ok: true; name: string | null; username: string | null; pictureUrl: string | null; locale: string | null }
  | { ok: false; reason: "no_consent" | "phone_number_account" | "permission_missing" | "no_access" | "unknown" };

export interface GraphFailure {
  httpStatus: number | null;
  code: number | null;
  subcode: number | null;
  message: string | null;
}

/**
 * Messages of one thread in Meta's own record (Conversations API), newest first, as far as one answer tells them. `at` is in
 * whole seconds there; nothing of who wrote for the Page, no payload and no referral is in them.
 */
export interface RecordedMessages {
  events: MessageEvent[];
  /** Messages named without their content: older than the 20 Meta still tells of. */
  untold: number;
  /** Where the next older ones begin; null: there are none. */
  next: string | null;
}

/** One thread of Meta's own record. */
export interface RecordedThread {
  threadId: string;
  /** Meta's time of the newest message, ms in whole seconds; null where it is not told. */
  updatedAt: number | null;
  /** The customer, with the name other people see there; null where the thread names none. */
  contact: { id: PageScopedId; name: string | null; username: string | null } | null;
  messages: RecordedMessages;
}

/** A page of Meta's own record, the thread with the newest message first. */
export interface RecordedThreads {
  threads: RecordedThread[];
  next: string | null;
}

/** What to ask of Meta's record. */
export interface ConversationsRead {
  /** Threads an answer may hold. */
  limit: number;
  after?: string | null;
  contactId?: PageScopedId;
  /** Only what every version of the API knows: for the case that Meta refuses a member as unknown. */
  plain?: boolean;
}

/** One messaging product. Implementations are plain objects: `export const messenger = {…} satisfies ChannelAdapter`. */
export interface ChannelAdapter {
  platform: Platform;
  /** `entry.object` value it reads. */
  object: "page" | "instagram";
  /**
   * Fields to subscribe on the Page edge and on the app, for this platform. A Page has one list per app: where it serves
   * both platforms, subscribe the union.
   */
  pageFields: readonly string[];
  appFields: readonly string[];
  buildSend(pageId: string, message: OutgoingMessage): GraphRequest;
  /** null: the platform has none. */
  templates: TemplateAdapter | null;
  /** Kinds of files that are uploaded before and sent by their id; the others go as bytes with their message. */
  uploads: readonly FileKind[];
  /** Hands Meta a file to keep for 90 days; nobody receives it. Answers `{attachment_id}` (Saving assets, 2026-04-22). */
  buildUpload(pageId: string, file: OutgoingFile): GraphRequest;
  buildSenderAction(
    pageId: string,
    recipientId: PageScopedId,
    action: "typing_on" | "typing_off" | "mark_seen",
  ): GraphRequest;
  /** One of the Page's reactions to a message of the thread; null takes it back (Sender actions, 2025-12-02). */
  buildReaction(pageId: string, recipientId: PageScopedId, mid: string, emoji: string | null): GraphRequest;
  buildControl(pageId: string, recipientId: PageScopedId, request: ControlRequest): GraphRequest;
  buildOwnerRead(pageId: string, recipientId: PageScopedId): GraphRequest;
  /** null: not readable. */
  readOwner(body: unknown): ThreadOwner | null;
  /** Whether Conversation Routing is on, from a Page read with `messaging_feature_status`; null: not told. */
  readRouting(body: unknown): boolean | null;
  buildProfileRead(contactId: PageScopedId): GraphRequest;
  readProfile(body: unknown): ProfileResult;
  profileFailure(failure: GraphFailure): ProfileResult;
  /** `GET /{page}/conversations` with the newest messages of each (Messenger Platform, "Conversations", read 2026-11). */
  buildConversationsRead(pageId: string, read: ConversationsRead): GraphRequest;
  /** null: the answer is none of this kind. */
  readConversations(body: unknown, accountId: string): RecordedThreads | null;
  /** Older messages of one thread: nested paging is continued on the thread itself. */
  buildThreadRead(threadId: string, read: { after: string; plain?: boolean }): GraphRequest;
  readThread(body: unknown, accountId: string, contactId: PageScopedId): RecordedMessages | null;
}
