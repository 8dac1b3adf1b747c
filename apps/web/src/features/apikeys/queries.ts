import type { Role } from "@firstline/contracts";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../lib/api.ts";
import { keys } from "../../lib/queryKeys.ts";

export const apiKeysQuery = queryOptions({
  queryKey: keys.apiKeys,
  queryFn: ({ signal }) => api.get("ApiKeyList", "/api-keys", { signal }),
});

export function useCreateKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wish: { name: string; role: Role }) => api.post("ApiKeyCreated", "/api-keys", wish),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.apiKeys }),
    // The key is a secret: gone from memory with the dialog.
    gcTime: 0,
  });
}

export function useDeleteKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(null, `/api-keys/${encodeURIComponent(id)}`),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.apiKeys }),
  });
}
