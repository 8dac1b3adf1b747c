import type { Comment } from "@firstline/contracts";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { ApiProblem, api } from "./api.ts";
import { putMessage } from "./cache/messages.ts";
import { keys } from "./queryKeys.ts";

/** While an answer is on its way its state is asked for this often, in ms; events tell of it too. */
export const WHILE_SENDING = 2_000;

/** One comment by its id of Meta's, as a line in a thread knows it; null: not kept here any more. */
export const commentQuery = (channelId: string, externalId: string) =>
  queryOptions({
    queryKey: [...keys.comments, "one", channelId, externalId] as const,
    queryFn: async ({ signal }): Promise<Comment | null> => {
      const query = { channelId, externalId, limit: 1 };
      return (await api.get("CommentList", "/comments", { query, signal })).data[0] ?? null;
    },
    staleTime: 15_000,
    refetchInterval: ({ state }) => (state.data?.privateReply.state === "sending" ? WHILE_SENDING : false),
  });

/** Answers a comment with the one private message Meta allows for it. A repeat after a lost answer keeps its key. */
export function usePrivateReply(comment: Pick<Comment, "id">) {
  const client = useQueryClient();
  const clientId = useRef<{ text: string; id: string }>(null);
  return useMutation({
    mutationFn: (text: string) => {
      if (clientId.current?.text !== text) clientId.current = { text, id: crypto.randomUUID() };
      return api.post("Message", `/comments/${comment.id}/reply`, { clientId: clientId.current.id, text });
    },
    onSuccess: (message) => {
      clientId.current = null;
      putMessage(client, message);
    },
    // A refusal may be the news that somebody else has answered.
    onSettled: () => client.invalidateQueries({ queryKey: keys.comments }),
    retry: (count, error) => error instanceof ApiProblem && error.passing && count < 2,
  });
}

/** Where a private message that is not sent yet is kept in this browser. */
export const privateDraftKey = (commentId: string): string => `draft.private.${commentId}`;
