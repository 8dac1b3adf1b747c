import { modeOf, ownerOf } from "../../routing/rules.ts";
import type { Customer, Page, Thread } from "../../store/types.ts";
import { type Call, fieldsParam, param, refuseUnknown } from "../call.ts";
import { GraphError } from "../error.ts";
import { type Field, parseFields, pick, type Resolver, refuseUnknownFields, showFields } from "../fields.ts";
import { openUntil, personFault } from "../send/policy.ts";
import { conversationId } from "./ids.ts";
import { graphTime, MESSAGE_DEFAULT, MESSAGE_FIELDS, showMessage } from "./message.ts";
import { page as paged } from "./paging.ts";
import { businessPerson, customerPerson, showPerson } from "./people.ts";
import { messagesOf } from "./readable.ts";

/** One conversation on its way to an answer. */
export interface Conversation {
  page: Page;
  customer: Customer;
  thread: Thread;
}

export const CONVERSATION_DEFAULT = "id,updated_time";
/** Fields of a conversation (UnifiedThread; meta-receiving §4). */
export const CONVERSATION_FIELDS = [
  "id",
  "link",
  "name",
  "snippet",
  "updated_time",
  "message_count",
  "unread_count",
  "participants",
  "senders",
  "former_participants",
  "can_reply",
  "is_subscribed",
  "is_owner",
  "folder",
  "scoped_thread_key",
  "linked_group",
  "wallpaper",
  "messages",
] as const; // prettier-ignore

export function updatedAt(thread: Thread): number {
  return thread.messages.at(-1)?.at ?? 0;
}

export function showConversation(call: Call, one: Conversation, requested: Field[] | string | undefined) {
  return pick(
    "UnifiedThread",
    conversationId(one.thread),
    requested,
    CONVERSATION_DEFAULT,
    conversationFields(call, one),
  );
}

function conversationFields(call: Call, one: Conversation): Record<(typeof CONVERSATION_FIELDS)[number], Resolver> {
  const { page, customer, thread } = one;
  const everyone = [customerPerson(customer), businessPerson(page, thread.platform)];
  const list = (field: Field) => ({ data: everyone.map((person) => showPerson(person, field)) });
  return {
    id: () => conversationId(thread),
    link: () => `/${page.id}/inbox/${conversationId(thread)}/?section=messages`,
    name: () => undefined,
    snippet: () => messagesOf(thread)[0]?.text ?? "",
    updated_time: () => graphTime(updatedAt(thread)),
    message_count: () => messagesOf(thread).length,
    unread_count: () => unreadCount(thread),
    participants: list,
    senders: list,
    former_participants: () => ({ data: [] }),
    can_reply: () => canReply(call, one),
    is_subscribed: () => true,
    is_owner: () => isOwner(call, one),
    folder: () => folderOf(one),
    scoped_thread_key: () => conversationId(thread),
    linked_group: () => undefined,
    wallpaper: () => undefined,
    messages: (field) => nestedMessages(call, one, field),
  };
}

function unreadCount(thread: Thread): number {
  const answered = thread.messages.findLast((message) => message.from === "page")?.at ?? 0;
  const seen = Math.max(thread.pageSeenAt ?? 0, answered);
  return messagesOf(thread).filter((message) => message.from === "customer" && message.at > seen).length;
}

function canReply(call: Call, { customer, thread }: Conversation): boolean {
  const inWindow = call.sim.now() < (openUntil(call.sim, thread) ?? 0);
  return inWindow && !customer.chatEnded && personFault(customer) === null;
}

/** The folders' names come from older knowledge: Meta's pages do not spell them out (meta-receiving §4). */
export function folderOf({ customer, thread }: Conversation): string {
  if (customer.inRequests) return "pending";
  return thread.folder === "done" ? "page_done" : "inbox";
}

/** Since 2025-10-13, and only where Conversation Routing is on: whether the calling app holds the thread. */
function isOwner(call: Call, { page, thread }: Conversation): boolean | undefined {
  if (modeOf(page, thread.platform) === "default") return undefined;
  return ownerOf(page, thread, call.sim.now())?.appId === callingApp(call);
}

function callingApp(call: Call): string | undefined {
  const value = param(call, "access_token") ?? call.bearer;
  return call.sim.store.state.tokens.find((token) => token.value === value)?.appId;
}

/** `messages.limit(20){…}`: its next page is on the edge of the conversation (meta-receiving §4). */
function nestedMessages(call: Call, one: Conversation, field: Field) {
  return listMessages(call, one, {
    fields: field.children ?? parseFields(MESSAGE_DEFAULT),
    limit: field.limit,
    after: field.after,
  });
}

function listMessages(
  call: Call,
  { page, customer, thread }: Conversation,
  ask: { fields: Field[]; limit: number | undefined; after: string | undefined; before?: string; source?: string },
) {
  refuseUnknownFields("Message", ask.fields, MESSAGE_FIELDS);
  const messages = messagesOf(thread).filter((message) => ask.source !== "PARTICIPANTS" || !message.notice);
  const request = {
    path: `${conversationId(thread)}/messages`,
    params: { fields: showFields(ask.fields), source: ask.source },
    limit: ask.limit,
    after: ask.after,
    before: ask.before,
    timeOf: (message: (typeof messages)[number]) => message.at,
    idOf: (message: (typeof messages)[number]) => message.mid,
  };
  return paged(call, messages, request, (message) =>
    showMessage(call.sim, page, customer, thread, message, ask.fields),
  );
}

/** `GET /{conversation-id}/messages`. `source=PARTICIPANTS` leaves out Meta's own lines (Graph API v5.0 changelog). */
export function messagesEdge(call: Call, one: Conversation) {
  refuseUnknown(call, ["source"]);
  const source = param(call, "source")?.toUpperCase();
  if (source !== undefined && source !== "ALL" && source !== "PARTICIPANTS")
    throw new GraphError({ code: 100, message: "(#100) Param source must be one of {ALL, PARTICIPANTS}" });
  const limit = param(call, "limit");
  const before = param(call, "before");
  return listMessages(call, one, {
    fields: parseFields(fieldsParam(call)?.trim() || MESSAGE_DEFAULT),
    limit: limit === undefined ? undefined : Number(limit),
    after: param(call, "after"),
    ...(before !== undefined && { before }),
    ...(source !== undefined && { source }),
  });
}
