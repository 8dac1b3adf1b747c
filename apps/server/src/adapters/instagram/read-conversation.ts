import type { ChannelAdapter } from "../channel.ts";
import {
  conversationsRequest,
  type MessageFields,
  readRecordedMessages,
  readRecordedThreads,
  threadRequest,
} from "../shared/recorded-threads.ts";

/** Members of a message in the Conversations API of an Instagram account; of a share it tells the address alone. */
const fields: MessageFields = {
  all: "id,created_time,from,to,message,attachments,shares{id,link,name,description,template},sticker,reply_to,is_unsupported,story",
  plain: "id,created_time,from,to,message,attachments,shares",
};

export const instagramRecord = {
  buildConversationsRead: (pageId, read) => conversationsRequest("instagram", fields, pageId, read),
  readConversations: (body, accountId) => readRecordedThreads("instagram", body, accountId),
  buildThreadRead: (threadId, read) => threadRequest(fields, threadId, read),
  readThread: (body, accountId, contactId) => readRecordedMessages("instagram", body, accountId, contactId),
} satisfies Pick<ChannelAdapter, "buildConversationsRead" | "readConversations" | "buildThreadRead" | "readThread">;
