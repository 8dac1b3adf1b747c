import type { Conversation, UpdateConversation } from "@firstline/contracts";
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "./api.ts";
import { findConversation, putConversation } from "./cache/conversations.ts";
import { queryClient } from "./queryClient.ts";
import { keys, type ListFilters } from "./queryKeys.ts";

export const listQuery = (filters: ListFilters) =>
  infiniteQueryOptions({
    queryKey: keys.list(filters),
    queryFn: ({ pageParam, signal }) =>
      api.get("ConversationList", "/conversations", { query: { ...filters, cursor: pageParam, limit: 50 }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const countsQuery = (channelId?: string) =>
  queryOptions({
    queryKey: keys.counts(channelId),
    queryFn: ({ signal }) => api.get("ConversationCounts", "/conversations/counts", { query: { channelId }, signal }),
    placeholderData: (before) => before,
  });

/** One conversation; the row of a list stands in until its own answer is there. */
export const conversationQuery = (id: string) =>
  queryOptions<Conversation, Error, Conversation, ReturnType<typeof keys.conversation>>({
    queryKey: keys.conversation(id),
    queryFn: ({ signal }) => api.get("Conversation", `/conversations/${id}`, { signal }),
    placeholderData: () => findConversation(queryClient, id),
  });

/** Changes a conversation: shown at once, put back if the server refuses. */
export function useConversationActions(id: string) {
  const client = useQueryClient();
  const update = useMutation({
    mutationFn: (change: UpdateConversation) => api.patch("Conversation", `/conversations/${id}`, change),
    onMutate: (change) => {
      const before = findConversation(client, id);
      if (before) putConversation(client, { ...before, ...change });
      return { before };
    },
    onError: (_, __, context) => context?.before && putConversation(client, context.before),
    onSuccess: (conversation) => putConversation(client, conversation),
  });
  const seen = useMutation({
    mutationFn: () => api.post("Conversation", `/conversations/${id}/read`),
    onMutate: () => {
      const before = findConversation(client, id);
      if (before) putConversation(client, { ...before, unreadCount: 0 });
    },
    onSuccess: (conversation: Conversation) => putConversation(client, conversation),
  });
  const unseen = useMutation({
    mutationFn: () => api.post("Conversation", `/conversations/${id}/unread`),
    onSuccess: (conversation: Conversation) => putConversation(client, conversation),
  });
  return { update, seen, unseen };
}
