import type { SelfTest } from "@firstline/contracts";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../lib/api.ts";
import { keys } from "../../../lib/queryKeys.ts";

/** Steps appear one after the other, some of them within a tenth of a second. */
const LOOK_MS = 500;

/** Self-tests of a channel, newest first. While one runs its steps are looked at again and again. */
const selfTestsQuery = (channelId: string, language: string) =>
  queryOptions({
    queryKey: [...keys.selfTests(channelId), language],
    queryFn: ({ signal }) => api.get("SelfTestList", `/channels/${channelId}/self-tests`, { signal }),
    staleTime: 10_000,
    refetchInterval: (query) => (query.state.data?.data[0]?.finishedAt === null ? LOOK_MS : false),
  });

/** The self-tests of a channel; when one comes to its end the checks are made anew, for they tell of it. */
export function useSelfTests(channelId: string) {
  const { i18n } = useTranslation();
  const client = useQueryClient();
  const query = useQuery(selfTestsQuery(channelId, i18n.language));
  const newest = query.data?.data[0];
  // One that was short may be over at the first look at it.
  const ended = newest?.finishedAt ? newest.id : newest && null;
  const before = useRef<typeof ended>(undefined);
  useEffect(() => {
    if (ended && before.current !== undefined && before.current !== ended)
      void client.invalidateQueries({ queryKey: [...keys.channelHealth(channelId), i18n.language] });
    before.current = ended;
  }, [ended, client, channelId, i18n.language]);
  return query;
}

export function useStartSelfTest(channelId: string) {
  const { i18n } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post("SelfTest", `/channels/${channelId}/self-test`, undefined),
    onSuccess: (started) => {
      client.setQueryData<{ data: SelfTest[]; nextCursor: string | null }>(
        [...keys.selfTests(channelId), i18n.language],
        (list) => ({
          nextCursor: null,
          data: [started, ...(list?.data ?? []).filter((each) => each.id !== started.id)],
        }),
      );
    },
  });
}
