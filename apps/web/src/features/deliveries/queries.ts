import type { Delivery } from "@firstline/contracts";
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../lib/api.ts";
import { keys } from "../../lib/queryKeys.ts";
import type { DeliveriesSearch, Span } from "../../lib/settingsSearch.ts";

const spanMs: Record<Exclude<Span, "custom">, number> = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 };

/** What the API is asked for. A span such as “last hour” begins when it is asked, so the list moves on with each refresh. */
export function rangeOf(search: DeliveriesSearch, now: number): { from?: string; to?: string } {
  if (!search.span) return {};
  if (search.span === "custom") return { from: search.from, to: search.to };
  return { from: new Date(now - spanMs[search.span]).toISOString() };
}

const waiting = (list: Delivery[]): boolean => list.some((delivery) => delivery.state === "pending");

export const deliveriesQuery = (search: DeliveriesSearch) => {
  const { open: _, ...filters } = search;
  return infiniteQueryOptions({
    queryKey: keys.deliveries(filters),
    queryFn: ({ pageParam, signal }) =>
      api.get("DeliveryList", "/deliveries", {
        query: { state: search.state, ...rangeOf(search, Date.now()), cursor: pageParam, limit: 50 },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: 0,
    // Deliveries have no live event; while one waits, its outcome is worth another look.
    refetchInterval: (query) => (query.state.data?.pages.some((page) => waiting(page.data)) ? 2_000 : false),
  });
};

export const deliveryQuery = (id: string) =>
  queryOptions({
    queryKey: keys.delivery(id),
    queryFn: ({ signal }) => api.get("DeliveryDetail", `/deliveries/${id}`, { signal }),
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.state === "pending" ? 1_000 : false),
  });

export function useReplay() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.post("Delivery", `/deliveries/${id}/replay`),
    onSuccess: () => client.invalidateQueries({ queryKey: ["deliveries"] }),
  });
}
