import type { Incident } from "@firstline/contracts";
import type { QueryClient } from "@tanstack/react-query";
import type { Body } from "../contracts.ts";
import { keys } from "../queryKeys.ts";

type Incidents = Body<"IncidentList">;

/** The open incidents with one put in, renewed or, once it is over, taken out; newest first. */
export function withIncident(list: Incidents, incident: Incident): Incidents {
  const others = list.data.filter((each) => each.id !== incident.id);
  if (incident.until !== null) return { ...list, data: others };
  return { ...list, data: [...others, incident].sort((a, b) => (a.since > b.since ? -1 : a.since < b.since ? 1 : 0)) };
}

export function putIncident(client: QueryClient, incident: Incident): void {
  client.setQueryData<Incidents>(keys.openIncidents, (list) => list && withIncident(list, incident));
  void client.invalidateQueries({ queryKey: keys.pastIncidents });
  void client.invalidateQueries({ queryKey: keys.timelines });
}
