import type { Comment } from "@firstline/contracts";
import { infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api } from "../../lib/api.ts";
import { WHILE_SENDING } from "../../lib/privateReplies.ts";
import { keys } from "../../lib/queryKeys.ts";

export const commentsQuery = (channelId: string | undefined) =>
  infiniteQueryOptions({
    queryKey: [...keys.comments, "list", channelId ?? null],
    queryFn: ({ pageParam, signal }) =>
      api.get("CommentList", "/comments", { query: { channelId, cursor: pageParam, limit: 50 }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: 0,
    // Comments have no live event of their own.
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.data.some((each) => each.privateReply.state === "sending"))
        ? WHILE_SENDING
        : 15_000,
  });

/** Goes to the conversation with the author of a comment; a person of a channel has one at most. */
export function useOpenAuthor() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async ({ author, channelId }: Comment) => {
      const q = author.externalId ?? "";
      const list = await client.fetchQuery({
        queryKey: [...keys.comments, "author", channelId, q],
        queryFn: () => api.get("ConversationList", "/conversations", { query: { channelId, q, limit: 5 } }),
      });
      const found = list.data.find((conversation) => conversation.contact.id === author.contactId);
      await (found
        ? navigate({ to: "/inbox/$conversationId", params: { conversationId: found.id } })
        : navigate({ to: "/inbox", search: { channel: channelId, q } }));
    },
  });
}
