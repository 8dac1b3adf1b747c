import { infiniteQueryOptions } from "@tanstack/react-query";
import { api } from "../../lib/api.ts";
import { keys } from "../../lib/queryKeys.ts";

export const messagesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: keys.messages(id),
    queryFn: ({ pageParam, signal }) =>
      api.get("MessageList", `/conversations/${id}/messages`, { query: { cursor: pageParam, limit: 50 }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const activityQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: keys.activity(id),
    queryFn: ({ pageParam, signal }) =>
      api.get("ActivityList", `/conversations/${id}/activity`, { query: { cursor: pageParam, limit: 100 }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
