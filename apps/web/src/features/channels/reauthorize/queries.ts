import type { Channel } from "@firstline/contracts";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../lib/api.ts";
import { keys } from "../../../lib/queryKeys.ts";
import { useAuthorize } from "../queries.ts";

/**
 * Leaves for Meta's dialog to give this channel its access again; its page tells what came of it. One that was disconnected is
 * connected anew, by the choice of Pages.
 */
export function useRenew() {
  const connect = useAuthorize();
  return useMutation({
    mutationFn: async (channel: Channel) => {
      if (channel.state === "disconnected") return connect.mutateAsync(channel);
      const { url } = await api.post("ReauthorizationStarted", `/channels/${channel.id}/reauthorizations`);
      window.location.assign(url);
      // The page is on its way out; the button keeps turning until it is gone.
      await new Promise((done) => setTimeout(done, 8_000));
    },
  });
}

/** What came of the login a channel's page was opened with. */
export const outcomeQuery = (state: string, language: string) =>
  queryOptions({
    queryKey: [...keys.reauthorized(state), language],
    queryFn: ({ signal }) =>
      api.get("ReauthorizationResult", `/reauthorizations/results/${encodeURIComponent(state)}`, { signal }),
    refetchInterval: ({ state: { data } }) => (data?.outcome === "pending" ? 1_000 : false),
    retry: false,
  });

const path = (channelId: string) => `/channels/${channelId}/reauthorization-links`;

export const linksQuery = (channelId: string, language: string) =>
  queryOptions({
    queryKey: [...keys.reauthorizationLinks(channelId), language],
    queryFn: ({ signal }) => api.get("ReauthorizationLinkList", path(channelId), { signal }),
    staleTime: 0,
  });

export function useMakeLink(channelId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (expiresInHours: number) => api.post("ReauthorizationLinkCreated", path(channelId), { expiresInHours }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.reauthorizationLinks(channelId) }),
  });
}

export function useRevokeLink(channelId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete("ReauthorizationLink", `${path(channelId)}/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.reauthorizationLinks(channelId) }),
  });
}
