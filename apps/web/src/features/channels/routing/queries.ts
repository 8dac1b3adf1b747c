import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../../lib/api.ts";

/** One of the channel's own keys. The clicks come in words from the server, so each language is its own answer. */
const keyOf = (channelId: string, language: string) => ["channels", channelId, "routing", language] as const;

export function useRoutingQuery(channelId: string) {
  const { i18n } = useTranslation();
  return queryOptions({
    queryKey: keyOf(channelId, i18n.language),
    queryFn: ({ signal }) => api.get("ChannelRouting", `/channels/${channelId}/routing`, { signal }),
    staleTime: 60_000,
  });
}

/** Asks Meta now instead of showing what the last survey found. */
export function useSurvey(channelId: string) {
  const { i18n } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.get("ChannelRouting", `/channels/${channelId}/routing`, { query: { refresh: true } }),
    onSuccess: async (routing) => {
      const queryKey = keyOf(channelId, i18n.language);
      // What the last survey found may still be on its way.
      await client.cancelQueries({ queryKey });
      client.setQueryData(queryKey, routing);
      void client.invalidateQueries({ queryKey: ["channels", channelId, "health"] });
    },
  });
}
