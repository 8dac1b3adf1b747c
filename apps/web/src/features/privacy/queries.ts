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

export function useEndRequest() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ request, note }: { request: DeletionRequest; note: string }) =>
      api.post("DeletionRequest", `/privacy/deletion-requests/${request.id}/done`, note ? { note } : {}),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.deletionRequests }),
  });
}
