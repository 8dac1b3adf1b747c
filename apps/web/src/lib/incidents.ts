import { queryOptions, useQuery } from "@tanstack/react-query";
import { api } from "./api.ts";
import { keys } from "./queryKeys.ts";
import { useMe } from "./session.ts";

/** Incidents that last, newest first; events keep them fresh. */
export const openIncidentsQuery = queryOptions({
  queryKey: keys.openIncidents,
  queryFn: ({ signal }) => api.get("IncidentList", "/incidents", { query: { open: true, limit: 100 }, signal }),
});

/** How many open incidents nobody has acknowledged yet. */
export function useUnseenIncidents(): number {
  const { may } = useMe();
  const { data } = useQuery({ ...openIncidentsQuery, enabled: may("channels:read") });
  return data?.data.filter((incident) => incident.acknowledgedAt === null).length ?? 0;
}
