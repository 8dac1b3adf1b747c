import type { ChannelAdapter } from "../channel.ts";
import {
  conversationsRequest,
  type MessageFields,
  readRecordedMessages,
  readRecordedThreads,
  threadRequest,
} from "../shared/recorded-threads.ts";

/**
 * Members of a message in the Conversations API of a Page. `shares` must be asked for by its members, or only ids come; AI
 * stickers are in it since 2025-10-27, posts and reels since 2026-03-26 (Messenger changelog).
 */
const fields: MessageFields = {
  all: "id,created_time,from,to,message,attachments,shares{id,link,name,description,template},sticker,reply_to,is_unsupported",
  plain: "id,created_time,from,to,message,attachments,shares",
};

export const messengerRecord = {
  buildConversationsRead: (pageId, read) => conversationsRequest("messenger", fields, pageId, read),
  readConversations: (body, accountId) => readRecordedThreads("messenger", body, accountId),
  buildThreadRead: (threadId, read) => threadRequest(fields, threadId, read),
  readThread: (body, accountId, contactId) => readRecordedMessages("messenger", body, accountId, contactId),
} satisfies Pick<ChannelAdapter, "buildConversationsRead" | "readConversations" | "buildThreadRead" | "readThread">;
