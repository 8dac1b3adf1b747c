import { HOUR_MS } from "../ways/index.ts";
import type { IncidentCode, IncidentSeverity, Judgement } from "./judge.ts";

/** Two looks closer together than this count as one: a look that was repeated proves nothing new. */
export const SECOND_LOOK_MS = 5 * 60_000;
/** What comes back this soon after its end is the same incident; and an end is told only when it has lasted so long. */
export const SAME_INCIDENT_MS = HOUR_MS;

/** What is on record about one code of one subject: the newest row. Times are ms. */
export interface KnownIncident {
  id: string;
  code: IncidentCode;
  /** `seen`: by one look only, nobody has been told. */
  phase: "seen" | "open" | "closed";
  severity: IncidentSeverity;
  since: number;
  until: number | null;
}

/** What is to be done with the record; `judgement` has the words to write. */
export type IncidentStep =
  | { kind: "see" | "open"; judgement: Judgement }
  | { kind: "confirm" | "reopen" | "refresh"; id: string; judgement: Judgement }
  | { kind: "forget" | "close"; id: string };

/**
 * Opens and closes incidents of one subject by one look. One incident per code at a time. What opens at once does so here and
 * now, the rest at the second look in a row that finds it; one good look ends either. What could not be read changes nothing.
 */
export function decideIncidents(
  known: readonly KnownIncident[],
  judgements: readonly Judgement[],
  now: number,
): IncidentStep[] {
  return judgements.flatMap((judgement): IncidentStep[] => {
    if (judgement.status === "unknown") return [];
    const row = known.find((k) => k.code === judgement.code);
    if (judgement.status === "good") {
      if (row?.phase === "open") return [{ kind: "close", id: row.id }];
      return row?.phase === "seen" ? [{ kind: "forget", id: row.id }] : [];
    }
    if (row?.phase === "open") return [{ kind: "refresh", id: row.id, judgement }];
    if (row?.phase === "seen") {
      const again = judgement.atOnce || now - row.since >= SECOND_LOOK_MS;
      return again ? [{ kind: "confirm", id: row.id, judgement }] : [];
    }
    if (row && row.until !== null && now - row.until <= SAME_INCIDENT_MS)
      return [{ kind: "reopen", id: row.id, judgement }];
    return [{ kind: judgement.atOnce ? "open" : "see", judgement }];
  });
}
