import type { UpdateWorkspace } from "@firstline/contracts";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../lib/api.ts";
import type { Body } from "../../lib/contracts.ts";
import { keys } from "../../lib/queryKeys.ts";

export const workspaceQuery = queryOptions({
  queryKey: keys.workspace,
  queryFn: ({ signal }) => api.get("Workspace", "/workspace", { signal }),
});

const CHANGE = ["workspace", "change"];

/** Changes what holds for everybody: shown at once, one after the other, put back if the server refuses. */
export function useUpdateWorkspace() {
  const client = useQueryClient();
  return useMutation({
    mutationKey: CHANGE,
    scope: { id: "workspace" },
    mutationFn: (change: UpdateWorkspace) => api.patch("Workspace", "/workspace", change),
    onMutate: (change) => {
      const before = client.getQueryData<Body<"Workspace">>(keys.workspace);
      if (before) client.setQueryData(keys.workspace, { ...before, ...change });
      return before;
    },
    onError: (_error, _change, before) => before && client.setQueryData(keys.workspace, before),
    onSuccess: (workspace) => {
      // Of several changes only the last answer tells of them all.
      if (client.isMutating({ mutationKey: CHANGE }) === 1) client.setQueryData(keys.workspace, workspace);
      // Its name stands in the menu too.
      void client.invalidateQueries({ queryKey: keys.me });
    },
  });
}
