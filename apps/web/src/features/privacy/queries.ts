import type { DeletionRequest } from "@firstline/contracts";
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../lib/api.ts";
import { keys } from "../../lib/queryKeys.ts";

/** What people asked Meta to have deleted, newest first, page by page. */
export const deletionRequestsQuery = infiniteQueryOptions({
  queryKey: keys.deletionRequests,
  queryFn: ({ pageParam, signal }) =>
    api.get("DeletionRequestList", "/privacy/deletion-requests", { query: { cursor: pageParam ?? undefined }, signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.nextCursor,
});

/** The last contacts that were deleted everywhere. */
export const erasuresQuery = queryOptions({
  queryKey: keys.erasures,
  queryFn: ({ signal }) => api.get("ErasureList", "/privacy/erasures", { signal }),
});

/** How long messages are kept. While a run goes on its figures grow. */
export const retentionQuery = queryOptions({
  queryKey: keys.retention,
  queryFn: ({ signal }) => api.get("Retention", "/privacy/retention", { signal }),
  refetchInterval: ({ state }) => (state.data?.lastRun && state.data.lastRun.doneAt === null ? 3_000 : false),
});

/** What a choice would delete in the next run; asked anew each time. */
export const retentionPreviewQuery = (days: number) =>
  queryOptions({
    queryKey: keys.retentionPreview(days),
    queryFn: ({ signal }) => api.get("RetentionPreview", "/privacy/retention/preview", { query: { days }, signal }),
    staleTime: 0,
    gcTime: 0,
  });

export function useSetRetention() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (days: number | null) => api.put("Retention", "/privacy/retention", { days }),
    onSuccess: (retention) => client.setQueryData(keys.retention, retention),
  });
}

export function useEndRequest() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ request, note }: { request: DeletionRequest; note: string }) =>
      api.post("DeletionRequest", `/privacy/deletion-requests/${request.id}/done`, note ? { note } : {}),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.deletionRequests }),
  });
}
