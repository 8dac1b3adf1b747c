import type { UpdateWorkspace } from "@firstline/contracts";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../lib/api.ts";
import type { Body } from "../../lib/contracts.ts";
import { keys } from "../../lib/queryKeys.ts";

export const workspaceQuery = queryOptions({
  queryKey: keys.workspace,
  queryFn: ({ signal }) => api.get("Workspace", "/workspace", { signal }),
});

/** Changes what holds for everybody: shown at once, put back if the server refuses. */
export function useUpdateWorkspace() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: UpdateWorkspace) => api.patch("Workspace", "/workspace", change),
    onMutate: (change) => {
      const before = client.getQueryData<Body<"Workspace">>(keys.workspace);
      if (before) client.setQueryData(keys.workspace, { ...before, ...change });
      return before;
    },
    onError: (_error, _change, before) => before && client.setQueryData(keys.workspace, before),
    onSuccess: (workspace) => {
      client.setQueryData(keys.workspace, workspace);
      // Its name stands in the menu too.
      void client.invalidateQueries({ queryKey: keys.me });
    },
  });
}
