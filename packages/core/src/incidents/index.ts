export {
  decideIncidents,
  type IncidentStep,
  type KnownIncident,
  SAME_INCIDENT_MS,
  SECOND_LOOK_MS,
} from "./decide.ts";
export {
  type IncidentCode,
  type IncidentSeverity,
  type IncidentWords,
  type Judgement,
  judgeChecks,
  judgeState,
  STATE_CODES,
  type StateFacts,
} from "./judge.ts";
