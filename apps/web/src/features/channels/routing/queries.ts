import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../../lib/api.ts";

/** Part of the channel's own keys: when the channel changes, it is read again with it. */
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
    onSuccess: (routing) => {
      client.setQueryData(keyOf(channelId, i18n.language), routing);
      void client.invalidateQueries({ queryKey: ["channels", channelId, "health"] });
    },
  });
}
