import { ConversationsPage, type GraphConversation, MessagesPage } from "@firstline/meta-wire";
import type {
  ConversationsRead,
  GraphRequest,
  Platform,
  RecordedMessages,
  RecordedThread,
  RecordedThreads,
} from "../channel.ts";
import { readRecordedMessage } from "./recorded-message.ts";

/** Messages asked for with each thread of a list: as many as Meta tells of a thread in detail. */
const NESTED = 20;
/** Messages in one answer of a thread's own edge. */
const ON_EDGE = 50;

/** Members of a message to ask for: all, and those every version has. */
export interface MessageFields {
  all: string;
  plain: string;
}

/** `GET /{page}/conversations`: newest first, no paging by time (Graph API, Page conversations, v26.0, read 2026-11). */
export function conversationsRequest(
  platform: Platform,
  fields: MessageFields,
  pageId: string,
  { limit, after, contactId, plain }: ConversationsRead,
): GraphRequest {
  return {
    method: "GET",
    path: `/${pageId}/conversations`,
    query: {
      platform,
      fields: `id,updated_time,participants,messages.limit(${NESTED}){${plain ? fields.plain : fields.all}}`,
      limit: String(limit),
      ...(after ? { after } : {}),
      ...(contactId === undefined ? {} : { user_id: contactId }),
    },
  };
}

export function threadRequest(
  fields: MessageFields,
  threadId: string,
  { after, plain }: { after: string; plain?: boolean },
): GraphRequest {
  return {
    method: "GET",
    path: `/${threadId}/messages`,
    query: { fields: plain ? fields.plain : fields.all, limit: String(ON_EDGE), after },
  };
}

export function readRecordedThreads(platform: Platform, body: unknown, accountId: string): RecordedThreads | null {
  const page = ConversationsPage.safeParse(body);
  if (!page.success) return null;
  return {
    threads: page.data.data.map((one) => readThreadHead(platform, one, accountId)),
    next: nextOf(page.data.paging),
  };
}

export function readRecordedMessages(
  platform: Platform,
  body: unknown,
  accountId: string,
  contactId: string,
): RecordedMessages | null {
  const page = MessagesPage.safeParse(body);
  return page.success ? messagesOf(platform, page.data, accountId, contactId) : null;
}

function readThreadHead(platform: Platform, one: GraphConversation, accountId: string): RecordedThread {
  const person = one.participants.find((p) => p.id !== accountId) ?? null;
  return {
    threadId: one.id,
    updatedAt: one.updated_time,
    contact: person && { id: person.id, name: realName(person.name), username: person.username },
    messages:
      person && one.messages
        ? messagesOf(platform, one.messages, accountId, person.id)
        : { events: [], untold: 0, next: null },
  };
}

function messagesOf(platform: Platform, page: MessagesPage, accountId: string, contactId: string): RecordedMessages {
  const read = page.data.map((message) => readRecordedMessage(message, { platform, accountId, contactId }));
  const events = read.filter((event) => event !== null);
  return { events, untold: read.length - events.length, next: nextOf(page.paging) };
}

/** What Meta writes for an account that is gone is no name of anybody. */
const realName = (name: string | null) => (name !== null && /^(facebook|instagram) user$/i.test(name) ? null : name);

/**
 * There is a next page only where `paging.next` is: `cursors.after` stands on the last page too (Graph API, Conversation).
 * The address itself is not followed, for it carries the token.
 */
function nextOf(paging: MessagesPage["paging"]): string | null {
  if (paging?.next === undefined) return null;
  const cursor = URL.canParse(paging.next) ? new URL(paging.next).searchParams.get("after") : null;
  return cursor ?? paging.cursors?.after ?? null;
}
