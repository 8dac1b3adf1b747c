import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../../lib/api.ts";
import { now } from "../../../lib/clock.ts";
import { rangeStart } from "./summary.ts";

const keyOf = (channelId: string, part: string) => ["receiving", channelId, part] as const;

export const receivingQuery = (channelId: string) =>
  queryOptions({
    queryKey: keyOf(channelId, "report"),
    queryFn: ({ signal }) =>
      api.get("Receiving", `/channels/${channelId}/receiving`, { query: { from: rangeStart(now()) }, signal }),
    staleTime: 60_000,
  });

/** The newest comparisons with Meta's record. While one runs it is looked at again; comparing has no live event. */
const comparisonsQuery = (channelId: string, language: string) =>
  queryOptions({
    queryKey: [...keyOf(channelId, "comparisons"), language],
    queryFn: ({ signal }) =>
      api.get("ReconciliationList", `/channels/${channelId}/reconciliations`, { query: { limit: 20 }, signal }),
    staleTime: 10_000,
    refetchInterval: (query) => (query.state.data?.data.some((one) => one.state === "running") ? 1_000 : false),
  });

export function useComparisonsQuery(channelId: string) {
  const { i18n } = useTranslation();
  return comparisonsQuery(channelId, i18n.language);
}

export function useCompare(channelId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (from: string) => api.post("Reconciliation", `/channels/${channelId}/reconciliations`, { from }),
    onSuccess: async () => {
      const queryKey = keyOf(channelId, "comparisons");
      // An answer still on its way may have been made before this one began, and a first one is not asked for anew.
      await client.cancelQueries({ queryKey });
      await client.invalidateQueries({ queryKey });
    },
  });
}
