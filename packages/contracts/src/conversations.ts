import { z } from "zod";
import { Cursor, Flag, Id, Limit, list, Reason, Time } from "./common.ts";
import { ContactSummary } from "./contacts.ts";
import { MessageKind, MessageState, Source } from "./messages.ts";

export const ConversationStatus = z.enum(["open", "resolved"]);
export type ConversationStatus = z.infer<typeof ConversationStatus>;

/** One way of answering now or later. The client moves from one to the next by itself when `until` passes. */
export const Way = z.object({ way: z.enum(["reply", "human_agent"]), opensAt: Time, until: Time });
export type Way = z.infer<typeof Way>;

export const Reply = z.object({
  state: z.enum(["open", "human_agent", "closed", "blocked"]),
  until: Time.nullable().describe("When the present state ends, by Meta's clock."),
  ways: z.array(Way),
  reasons: z.array(Reason),
  template: z
    .object({ allowed: z.boolean(), reason: Reason.nullable() })
    .describe("Whether a utility template may be sent now, whatever the window says; if not, why."),
});
export type Reply = z.infer<typeof Reply>;

export const LastMessage = z.object({
  id: Id,
  direction: z.enum(["inbound", "outbound"]),
  kind: MessageKind,
  text: z.string().nullable().describe("First 160 characters."),
  attachmentCount: z.number().int().describe("Files of its kind: a message of three photos has 3."),
  source: Source,
  state: MessageState,
  sentAt: Time,
});

export const Holder = z.object({
  kind: z.enum(["other_app", "page_inbox", "meta_ai", "lead_ad_flow", "unknown"]),
  appId: z.string().nullable(),
  name: z.string().nullable().describe("The app's name where it is known."),
  since: Time,
  until: Time.nullable().describe("When the hold ends by itself; null: not known."),
});
export type Holder = z.infer<typeof Holder>;

/** What to do about who holds the thread. Meta decides; a refusal is a 409 problem that says which clicks help. */
export const ControlThread = z.object({
  action: z.enum(["take", "request", "pass", "release"]),
  appId: z
    .string()
    .regex(/^\d{1,32}$/)
    .optional()
    .describe("pass: to which app; none: to the Page's default app."),
});
export type ControlThread = z.infer<typeof ControlThread>;

export const Conversation = z.object({
  id: Id,
  channelId: Id,
  contact: ContactSummary,
  status: ConversationStatus,
  assigneeId: Id.nullable(),
  unreadCount: z.number().int(),
  lastMessage: LastMessage.nullable(),
  lastActivityAt: Time.describe("Meta's time of the newest message; the sort key of the list."),
  needsLook: z.boolean().describe("A reply failed, waits or has an unknown outcome, or another app holds the thread."),
  reply: Reply,
  heldBy: Holder.nullable().describe("Who holds the thread, when it is not this app."),
});
export type Conversation = z.infer<typeof Conversation>;
export const ConversationList = list(Conversation);

export const ConversationQuery = z.object({
  channelId: Id.optional(),
  status: ConversationStatus.optional(),
  assignee: z.union([z.literal("me"), z.literal("none"), Id]).optional(),
  label: z.string().max(100).optional(),
  endingSoon: Flag.optional().describe("Only threads whose reply window ends within two hours."),
  needsLook: Flag.optional(),
  unread: Flag.optional(),
  q: z.string().trim().max(200).optional().describe("People and message text."),
  sort: z.enum(["newest", "window"]).default("newest"),
  cursor: Cursor.optional(),
  limit: Limit,
});
export type ConversationQuery = z.infer<typeof ConversationQuery>;

export const UpdateConversation = z.object({
  status: ConversationStatus.optional(),
  assigneeId: Id.nullable().optional(),
});
export type UpdateConversation = z.infer<typeof UpdateConversation>;

export const ConversationCounts = z.object({
  mine: z.number().int(),
  unassigned: z.number().int(),
  all: z.number().int(),
  endingSoon: z.number().int(),
  needsLook: z.number().int(),
  unread: z.number().int().describe("Open conversations with unread messages that are mine or nobody's."),
});
export type ConversationCounts = z.infer<typeof ConversationCounts>;

export const ActivityKind = z.enum([
  "note",
  "assigned",
  "unassigned",
  "resolved",
  "reopened",
  "window_corrected",
  "control_held",
  "control_returned",
  "control_requested",
  "recovered",
  "guest_ended",
  "optin",
  "account_linked",
  "account_unlinked",
  "label_added",
  "label_removed",
  "response_feedback",
  "lead_form_submitted",
  "comment",
]);

/** What happened in a conversation beside messages: notes of the team and quiet system lines. */
export const Activity = z.object({
  id: Id,
  conversationId: Id,
  kind: ActivityKind,
  at: Time,
  memberId: Id.nullable(),
  memberName: z.string().nullable(),
  text: z.string().nullable(),
  targetName: z.string().nullable().describe("Who it was assigned to."),
  data: z
    .record(z.string(), z.union([z.string(), z.number(), z.null()]))
    .describe(
      "control_*: appId, appName, holder. recovered: count, from, to. response_feedback: mid. label_*: label. comment: commentId, postId.",
    ),
});
export type Activity = z.infer<typeof Activity>;
export const ActivityList = list(Activity);
export const CreateNote = z.object({ text: z.string().trim().min(1).max(5000) });
