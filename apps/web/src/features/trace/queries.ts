import type { ContactSummary, Trace } from "@firstline/contracts";
import { queryOptions } from "@tanstack/react-query";
import { API, api, withQuery } from "../../lib/api.ts";
import { now } from "../../lib/clock.ts";
import { rangeOf, type TraceWish } from "./range.ts";

/** One trace. It reads Meta's record and may bring a message back, so it runs when asked for and never by itself again. */
export const traceQuery = (wish: TraceWish | null, language: string) =>
  queryOptions({
    queryKey: ["trace", wish, language],
    queryFn: ({ signal }) => {
      const { channelId, contactExternalId } = wish as TraceWish;
      const range = rangeOf(wish as TraceWish, now());
      return api.get("Trace", "/trace", { query: { channelId, contactExternalId, ...range }, signal });
    },
    enabled: wish !== null,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    retry: false,
  });

/** People of a channel by name or text, for the field that asks who wrote. */
export const peopleQuery = (channelId: string | null, q: string) =>
  queryOptions({
    queryKey: ["trace", "people", channelId, q],
    queryFn: ({ signal }) =>
      api.get("ConversationList", "/conversations", { query: { channelId, q, limit: 8 }, signal }),
    enabled: channelId !== null,
    staleTime: 30_000,
    placeholderData: (before) => before,
    select: (list) => {
      const named = ({ name, externalId }: ContactSummary) =>
        name.toLocaleLowerCase().includes(q.toLocaleLowerCase()) || externalId === q;
      const people = list.data.map((conversation) => conversation.contact);
      // The search finds words of messages too; here a name is looked for.
      return [...people.filter(named), ...people.filter((person) => !named(person))];
    },
  });

/** Address of the file for Meta's support, about what was just traced. */
export function exportAddress({ channelId, from, to }: Trace, contactExternalId: string): string {
  return withQuery(`${API}/trace/export`, { channelId, contactExternalId, from, to });
}
