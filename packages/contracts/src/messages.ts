import { z } from "zod";
import { Id, list, Owner, Reason, Time } from "./common.ts";

export const SourceKind = z.enum([
  "customer",
  "agent",
  "automation",
  "api",
  "other_app",
  "page_inbox",
  "meta_ai",
  "lead_ad_flow",
  "meta_notice",
  "unknown",
]);
export type SourceKind = z.infer<typeof SourceKind>;

/** Who wrote a message. `name` is a person's or an app's name where known. */
export const Source = z.object({
  kind: SourceKind,
  appId: z.string().nullable(),
  name: z.string().nullable(),
  memberId: Id.nullable(),
});
export type Source = z.infer<typeof Source>;

/**
 * inbound: `received`. Outbound only moves forward:
 * queued → sending → sent → delivered → read, or held | uncertain | failed | cancelled.
 */
export const MessageState = z.enum([
  "received",
  "queued",
  "held",
  "sending",
  "uncertain",
  "sent",
  "delivered",
  "read",
  "failed",
  "cancelled",
]);
export type MessageState = z.infer<typeof MessageState>;

export const MessageKind = z.enum([
  "text",
  "image",
  "audio",
  "video",
  "file",
  "sticker",
  "template",
  "postback",
  "referral",
  "share",
  "story",
  "appointment",
  "lead",
  "order",
  "form",
  "feedback",
  "reaction",
  "deleted",
  "unsupported",
]);
export type MessageKind = z.infer<typeof MessageKind>;

export const Attachment = z.object({
  id: Id,
  kind: z.enum(["image", "audio", "video", "file", "sticker", "template", "share", "fallback", "unsupported"]),
  url: z.string().nullable().describe("Address on this server; null until the file is copied, or when it cannot be."),
  name: z.string().nullable(),
  contentType: z.string().nullable(),
  size: z.number().int().nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  state: z.enum(["pending", "stored", "failed", "none"]),
  type: z.string().nullable().describe("What Meta called it: reel, post, story_mention, ephemeral; null for our own."),
  title: z.string().nullable(),
  link: z.string().nullable().describe("Public address of a shared post, reel or page."),
  repairs: z.array(z.string()).describe("What was put right before it was sent: see `repairs` of an upload."),
  notes: z.array(z.string()).describe("What the sender was told of it: see `notes` of an upload."),
});
export type Attachment = z.infer<typeof Attachment>;

export const Detail = z.object({
  label: z.string().nullable(),
  value: z.string(),
  kind: z.enum(["text", "time"]).describe("time: ISO 8601"),
});
export type Detail = z.infer<typeof Detail>;

export const Failure = z.object({
  code: z.union([z.number(), z.null()]),
  subcode: z.union([z.number(), z.null()]),
  fault: z.string().describe("Code of the catalogue entry."),
  title: z.string(),
  explain: z.string(),
  fix: z.string(),
  owner: Owner,
  traceId: z.string().nullable(),
  raw: z.string().nullable().describe("Meta's own text."),
});
export type Failure = z.infer<typeof Failure>;

/** What looking an uncertain message up in Meta's own record has shown so far. */
export const OutcomeCheck = z.object({
  state: z
    .enum(["pending", "absent", "unreadable"])
    .describe(
      "pending: not looked yet, or so soon after it was sent that it tells nothing. absent: Meta's record does not have it. unreadable: the record could not be read.",
    ),
  at: Time.nullable().describe("When it was last looked up."),
  nextAt: Time.nullable().describe("When it will be looked up again; null: not by itself."),
  reason: Reason.nullable().describe("unreadable: why."),
});
export type OutcomeCheck = z.infer<typeof OutcomeCheck>;

export const Message = z.object({
  id: Id,
  conversationId: Id,
  clientId: z.string().nullable(),
  direction: z.enum(["inbound", "outbound"]),
  kind: MessageKind,
  text: z.string().nullable(),
  attachments: z.array(Attachment),
  source: Source,
  way: z.string().nullable().describe("Which way it takes: reply, human_agent, utility_template, private_reply."),
  state: MessageState,
  externalId: z.string().nullable(),
  sentAt: Time.describe("Meta's time; for a message still on its way, the time it was written."),
  arrivedAt: Time,
  details: z.array(Detail).describe("Answers of a lead ad or form, lines of an order, an appointment."),
  recovered: z.boolean().describe("Meta did not deliver it; it was read from the Conversations API."),
  standby: z.boolean().describe("It came while another app held the thread."),
  incomplete: z.boolean().describe("Meta sent less than the whole message."),
  editedAt: Time.nullable(),
  deletedAt: Time.nullable(),
  reactions: z.array(z.object({ emoji: z.string(), by: z.enum(["customer", "page"]) })),
  replyTo: z.object({ externalId: z.string(), messageId: Id.nullable(), text: z.string().nullable() }).nullable(),
  payload: z.string().nullable().describe("What a tapped button or quick reply carried."),
  failure: Failure.nullable(),
  check: OutcomeCheck.nullable().describe("Only of an uncertain message."),
  waitsForControl: z.boolean().describe("Held until the thread is ours again; sent once then."),
  template: z.object({ id: Id, name: z.string(), language: z.string() }).nullable(),
  commentId: Id.nullable().describe("A private reply to this comment."),
});
export type Message = z.infer<typeof Message>;
export const MessageList = list(Message);

/** Names of ours and Meta's own of its tags. Three of them ended on 2026-04-27: refused as `tag_retired`, with what replaces them. */
export const SendWay = z
  .enum([
    "auto",
    "reply",
    "human_agent",
    "HUMAN_AGENT",
    "utility_template",
    "confirmed_event_update",
    "CONFIRMED_EVENT_UPDATE",
    "post_purchase_update",
    "POST_PURCHASE_UPDATE",
    "account_update",
    "ACCOUNT_UPDATE",
  ])
  .describe(
    "Chosen by itself when left out. human_agent inside the 24 hours goes as an ordinary reply, as Meta wants it: `way` of the answer says so. A retired tag is a 422 problem.",
  );

export const SendMessage = z
  .object({
    clientId: z.string().min(1).max(100).describe("Idempotency key: the same key again answers with the same message."),
    text: z.string().max(20_000).optional(),
    attachmentIds: z.array(Id).max(30).optional(),
    replyTo: z.string().max(400).optional().describe("External id of the message answered."),
    way: SendWay.optional(),
    template: z
      .object({
        id: Id,
        parameters: z
          .record(z.string().max(100), z.string().max(1000))
          .describe("By the template's parameter keys: body.1, header.1, body.order_id, button.0."),
      })
      .optional()
      .describe("An approved utility template; alone, and whatever the reply window says (Messenger)."),
    sticker: z.enum(["like_heart"]).optional().describe("Instagram: a heart, alone."),
  })
  .describe(
    "Text or attachments, or both, or a template or sticker alone. Text and files become several messages, as Meta takes no caption; neighbouring images become one where Meta allows it.",
  );
export type SendMessage = z.infer<typeof SendMessage>;

/** `whenOurs`: it waits until the thread is ours (asked for or taken now) and goes out once then. */
export const ResendMessage = z.object({ whenOurs: z.boolean().optional() }).nullish();
export type ResendMessage = z.infer<typeof ResendMessage>;

/** One of the Page's reactions to a message; null takes it back. */
export const ReactToMessage = z.object({ emoji: z.string().min(1).max(32).nullable() });
export type ReactToMessage = z.infer<typeof ReactToMessage>;

export const UploadVerdict = z.object({
  id: Id,
  verdict: z.enum(["ok", "repaired"]),
  cause: z.string().nullable().describe("What was wrong before the repair: code of the catalogue entry."),
  class: z.enum(["damaged", "unsupported", "mismatch", "too_large"]).nullable().describe("Class of the cause."),
  repairs: z
    .array(z.string())
    .describe(
      "rename, clean_name, convert, shrink, first_frame, orient, to_srgb, strip_metadata: what was done to it.",
    ),
  notes: z.array(z.string()).describe("password_protected, sent_as_file: what the sender should know."),
  kind: z.enum(["image", "audio", "video", "file"]),
  name: z.string(),
  contentType: z.string(),
  size: z.number().int(),
  url: z.string(),
});
export type UploadVerdict = z.infer<typeof UploadVerdict>;
