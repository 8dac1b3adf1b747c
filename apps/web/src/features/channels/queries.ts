import type { Channel, ChannelHealth } from "@firstline/contracts";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../lib/api.ts";
import { putChannel } from "../../lib/live.ts";
import { keys } from "../../lib/queryKeys.ts";
import { write } from "../../lib/storage.ts";

/** The checks are made at Meta when they are asked for. Their words come from the server, so each language is its own answer. */
export const healthQuery = (channelId: string, language: string) =>
  queryOptions<ChannelHealth>({
    queryKey: [...keys.channelHealth(channelId), language],
    queryFn: ({ signal }) => api.get("ChannelHealth", `/channels/${channelId}/health`, { signal }),
    staleTime: 60_000,
  });

export function useHealthQuery(channelId: string) {
  const { i18n } = useTranslation();
  return healthQuery(channelId, i18n.language);
}

export const grantQuery = (grantId: string) =>
  queryOptions({
    queryKey: keys.grant(grantId),
    queryFn: ({ signal }) => api.get("GrantedPages", `/channels/grants/${encodeURIComponent(grantId)}`, { signal }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

/** Where the channel is kept whose access is being renewed while the person is at Meta. */
export const RENEWING = "renewing";

/** Leaves for Meta's dialog. With a channel, its account is the one chosen when the person comes back. */
export function useAuthorize() {
  return useMutation({
    mutationFn: async (channel?: Channel) => {
      const { url } = await api.post("AuthorizationStarted", "/channels/authorizations", {
        platform: channel?.platform ?? "messenger",
      });
      write(RENEWING, channel?.id ?? null);
      await leaveFor(url);
    },
  });
}

/** Back to the dialog out of the choice: Meta then shows every Page and what was declined before. */
export function useChangeGrant() {
  return useMutation({
    mutationFn: async () => {
      const { url } = await api.post("AuthorizationStarted", "/channels/authorizations", { again: true });
      await leaveFor(url);
    },
  });
}

async function leaveFor(url: string): Promise<void> {
  window.location.assign(url);
  // The page is on its way out; the button keeps turning until it is gone.
  await new Promise((done) => setTimeout(done, 8_000));
}

export function useDisconnect() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, history }: { id: string; history: "keep" | "delete" }) =>
      api.delete("Channel", `/channels/${id}`, { query: { history } }),
    onSuccess: (channel) => putChannel(client, channel),
  });
}

/** Schedules the deletion of a disconnected channel's history, or takes that back. */
export function useHistory(channelId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wish: "keep" | "delete") =>
      wish === "delete"
        ? api.post("Channel", `/channels/${channelId}/deletion`)
        : api.delete("Channel", `/channels/${channelId}/deletion`),
    onSuccess: (channel) => putChannel(client, channel),
  });
}

/** Removes one authorisation. `confirmed`: although it is the last one. */
export function useRemoveAuthorizer() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (one: { channelId: string; authorizerId: string; confirmed: boolean }) =>
      api.delete("Channel", `/channels/${one.channelId}/authorizers/${one.authorizerId}`, {
        query: { confirmed: one.confirmed },
      }),
    onSuccess: (channel) => putChannel(client, channel),
  });
}
