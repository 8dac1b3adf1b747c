import type { AlertWebhook, MyAlerts, UpdateMyAlerts } from "@firstline/contracts";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../lib/api.ts";
import { pushState, subscribe, unsubscribe } from "../../lib/push.ts";
import { keys } from "../../lib/queryKeys.ts";

export const myAlertsQuery = queryOptions({
  queryKey: keys.myAlerts,
  queryFn: ({ signal }) => api.get("MyAlerts", "/me/alerts", { signal }),
});

export const webhookQuery = queryOptions({
  queryKey: keys.alertWebhook,
  queryFn: ({ signal }) => api.get("AlertWebhook", "/workspace/webhook", { signal }),
});

/** What push is in this browser, given what the server knows. */
export const pushQuery = (alerts: MyAlerts) =>
  queryOptions({
    queryKey: [...keys.pushHere, alerts.devices.map(({ id }) => id).join()] as const,
    queryFn: () => pushState(alerts.devices),
  });

/** Shown at once, put back if the server refuses. */
export function useChoose() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: UpdateMyAlerts) => api.patch("MyAlerts", "/me/alerts", change),
    onMutate: (change) => {
      const before = client.getQueryData<MyAlerts>(keys.myAlerts);
      if (before) client.setQueryData(keys.myAlerts, { ...before, ...change });
      return before;
    },
    onError: (_error, _change, before) => before && client.setQueryData(keys.myAlerts, before),
    onSuccess: (alerts) => client.setQueryData(keys.myAlerts, alerts),
  });
}

export function useSwitchPush(key: string) {
  const client = useQueryClient();
  return useMutation({
    /** Gives false when the person does not allow it. */
    mutationFn: async (on: boolean) => {
      if (on) return subscribe(key);
      await unsubscribe();
      return true;
    },
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: keys.myAlerts });
      await client.invalidateQueries({ queryKey: keys.pushHere });
    },
  });
}

export function useRemoveDevice() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(null, `/me/push-subscriptions/${id}`),
    onSettled: () => client.invalidateQueries({ queryKey: keys.myAlerts }),
  });
}

export function useTestMine() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post("AlertTestResults", "/me/alerts/test"),
    onSettled: () => client.invalidateQueries({ queryKey: keys.myAlerts }),
  });
}

export function useSaveWebhook() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wish: { url: string; renewSecret?: boolean }) =>
      api.put("AlertWebhookSaved", "/workspace/webhook", wish),
    onSuccess: ({ secret: _shown, ...webhook }) => client.setQueryData<AlertWebhook>(keys.alertWebhook, webhook),
  });
}

export function useRemoveWebhook() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete(null, "/workspace/webhook"),
    onSettled: () => client.invalidateQueries({ queryKey: keys.alertWebhook }),
  });
}

export function useTestWebhook() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post("AlertTest", "/workspace/webhook/test"),
    onSettled: () => client.invalidateQueries({ queryKey: keys.alertWebhook }),
  });
}
