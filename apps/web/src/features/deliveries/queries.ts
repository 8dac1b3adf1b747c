import type { Delivery } from "@firstline/contracts";
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../lib/api.ts";
import { now } from "../../lib/clock.ts";
import type { Body } from "../../lib/contracts.ts";
import { keys } from "../../lib/queryKeys.ts";
import type { DeliveriesSearch, Span } from "../../lib/settingsSearch.ts";

const spanMs: Record<Exclude<Span, "custom">, number> = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 };

/** What the API is asked for. A span such as “last hour” begins when it is asked, so the list moves on with each refresh. */
export function rangeOf(search: DeliveriesSearch, at: number): { from?: string; to?: string } {
  if (!search.span) return {};
  if (search.span === "custom") return { from: search.from, to: search.to };
  return { from: new Date(at - spanMs[search.span]).toISOString() };
}

/** The filters as the API takes them. */
export const filtersOf = (search: DeliveriesSearch, at: number) => ({
  state: search.state,
  channelId: search.channel,
  contactExternalId: search.contact,
  ...rangeOf(search, at),
});

const waiting = (list: Delivery[]): boolean => list.some((delivery) => delivery.state === "pending");

export const deliveriesQuery = (search: DeliveriesSearch) => {
  const { open: _, ...filters } = search;
  return infiniteQueryOptions({
    queryKey: keys.deliveries(filters),
    queryFn: ({ pageParam, signal }) =>
      api.get("DeliveryList", "/deliveries", {
        query: { ...filtersOf(search, now()), cursor: pageParam, limit: 50 },
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

/** What a replay of the listed range would work off again. `more`: at least so many, counting ended there. */
export interface ReplayRange {
  filters: Omit<ReturnType<typeof filtersOf>, "from" | "to"> & { from: string; to: string };
  count: number;
  more: boolean;
}

const COUNTED = 10;

/** Gives the range two ends, so that what arrives meanwhile is not part of it, and counts it. What waits already is left alone. */
export async function countRange(search: DeliveriesSearch, retentionDays: number): Promise<ReplayRange> {
  const at = now();
  const { from, to, ...rest } = filtersOf(search, at);
  const filters = {
    ...rest,
    from: from ?? new Date(at - retentionDays * 86_400_000).toISOString(),
    to: to ?? new Date(at).toISOString(),
  };
  let count = 0;
  let cursor: string | null = null;
  for (let page = 0; page < COUNTED; page++) {
    const list: Body<"DeliveryList"> = await api.get("DeliveryList", "/deliveries", {
      query: { ...filters, cursor, limit: 100 },
    });
    count += list.data.filter((delivery) => delivery.state !== "pending").length;
    cursor = list.nextCursor;
    if (!cursor) return { filters, count, more: false };
  }
  return { filters, count, more: true };
}

export function useReplayRange() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ filters }: ReplayRange) => api.post("ReplayedDeliveries", "/deliveries/replays", filters),
    onSuccess: () => client.invalidateQueries({ queryKey: ["deliveries"] }),
  });
}
