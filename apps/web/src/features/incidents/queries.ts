import type { Incident } from "@firstline/contracts";
import { infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../lib/api.ts";
import { putIncident } from "../../lib/cache/incidents.ts";
import { keys } from "../../lib/queryKeys.ts";

/** Incidents that are over, newest first, page by page. */
export const pastIncidentsQuery = infiniteQueryOptions({
  queryKey: keys.pastIncidents,
  queryFn: ({ pageParam, signal }) =>
    api.get("IncidentList", "/incidents", { query: { open: false, cursor: pageParam ?? undefined }, signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.nextCursor,
});

export function useAcknowledge() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (incident: Incident) => api.post("Incident", `/incidents/${incident.id}/acknowledge`),
    onSuccess: (incident) => putIncident(client, incident),
  });
}
