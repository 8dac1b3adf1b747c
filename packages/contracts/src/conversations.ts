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
});
export type Reply = z.infer<typeof Reply>;

export const LastMessage = z.object({
  id: Id,
  direction: z.enum(["inbound", "outbound"]),
  kind: MessageKind,
  text: z.string().nullable().describe("First 160 characters."),
  source: Source,
  state: MessageState,
  sentAt: Time,
});

export const Conversation = z.object({
  id: Id,
  channelId: Id,
  contact: ContactSummary,
  status: ConversationStatus,
  assigneeId: Id.nullable(),
  unreadCount: z.number().int(),
  lastMessage: LastMessage.nullable(),
  lastActivityAt: Time.describe("Meta's time of the newest message; the sort key of the list."),
  needsLook: z.boolean().describe("A reply failed, waits or has an unknown outcome."),
  reply: Reply,
  heldBy: z.object({ appId: z.string().nullable(), name: z.string(), since: Time, until: Time.nullable() }).nullable(),
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

/** What happened in a conversation beside messages: notes of the team and quiet system lines. */
export const Activity = z.object({
  id: Id,
  conversationId: Id,
  kind: z.enum(["note", "assigned", "unassigned", "resolved", "reopened", "window_corrected"]),
  at: Time,
  memberId: Id.nullable(),
  memberName: z.string().nullable(),
  text: z.string().nullable(),
  targetName: z.string().nullable().describe("Who it was assigned to."),
});
export type Activity = z.infer<typeof Activity>;
export const ActivityList = list(Activity);
export const CreateNote = z.object({ text: z.string().trim().min(1).max(5000) });
