import type { Alert, AlertAttempt, AlertError } from "@firstline/contracts";
import { sql } from "kysely";
import type { Q } from "../../platform/db/pool.ts";
import type { Locale } from "../../platform/http/problems.ts";
import type { AlertWords } from "./tell.ts";

/** Alerts by id, as the desk shows them. */
export async function alertsById(
  q: Q,
  workspaceId: string,
  ids: readonly string[],
  locale: Locale,
): Promise<Map<string, Alert>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{
    id: string;
    kind: Alert["kind"];
    severity: Alert["severity"];
    audience: Alert["audience"];
    words: Record<Locale, AlertWords>;
    incident_id: string | null;
    channel_id: string | null;
    channel_name: string | null;
    happened_at: Date;
  }>`
    select a.id, a.kind, a.severity, a.audience, a.words, a.incident_id, a.channel_id, c.name as channel_name, a.happened_at
    from alert a left join channel c on c.workspace_id = a.workspace_id and c.id = a.channel_id
    where a.workspace_id = ${workspaceId} and a.id = any(${ids}::uuid[])`.execute(q);
  return new Map(
    rows.map((r) => [
      r.id,
      {
        id: r.id,
        kind: r.kind,
        severity: r.severity,
        audience: r.audience,
        ...r.words[locale],
        incidentId: r.incident_id,
        channelId: r.channel_id,
        channelName: r.channel_name,
        happenedAt: r.happened_at.toISOString(),
      },
    ]),
  );
}

export interface AttemptRow {
  tried_at: Date;
  state: AlertAttempt["state"];
  attempts: number;
  status: number | null;
  error: AlertError | null;
  detail: string | null;
}

export const toAttempt = (r: AttemptRow): AlertAttempt => ({
  at: r.tried_at.toISOString(),
  state: r.state,
  attempts: r.attempts,
  status: r.status,
  error: r.error,
  detail: r.detail,
});
