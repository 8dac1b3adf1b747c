import type { Incident, IncidentQuery } from "@firstline/contracts";
import type { IncidentWords } from "@firstline/core";
import { type RawBuilder, sql } from "kysely";
import type { z } from "zod";
import type { Q } from "../../platform/db/pool.ts";
import { decodeCursor, encodeCursor } from "../../platform/http/cursor.ts";
import type { Locale } from "../../platform/http/problems.ts";
import type { TeamModule } from "../team/index.ts";

interface Row {
  id: string;
  subject: string;
  channel_id: string | null;
  channel_name: string | null;
  platform: Incident["platform"];
  code: string;
  severity: Incident["severity"];
  owner: Incident["owner"];
  words: Record<Locale, IncidentWords>;
  since: Date;
  until: Date | null;
  acknowledged_at: Date | null;
  acknowledged_by: string | null;
}

const TIMELINE_DAYS = 30;

/** Confirmed incidents only: what one look has seen is nobody's business yet. */
async function rowsWhere(q: Q, workspaceId: string, rest: RawBuilder<unknown>): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select i.id, i.subject, i.channel_id, c.name as channel_name,
      coalesce(c.platform, nullif(split_part(i.subject, ':', 2), '')) as platform,
      i.code, i.severity, i.owner, i.words, i.since, i.until, i.acknowledged_at, i.acknowledged_by
    from incident i left join channel c on c.workspace_id = i.workspace_id and c.id = i.channel_id
    where i.workspace_id = ${workspaceId} and i.confirmed_at is not null ${rest}`.execute(q);
  return rows;
}

export async function incidentsById(q: Q, workspaceId: string, ids: readonly string[]): Promise<Row[]> {
  return ids.length === 0 ? [] : rowsWhere(q, workspaceId, sql`and i.id = any(${ids}::uuid[])`);
}

/** A page of the workspace's incidents, newest first. */
export async function incidentPage(
  q: Q,
  workspaceId: string,
  { open, cursor, limit }: z.output<typeof IncidentQuery>,
): Promise<{ rows: Row[]; nextCursor: string | null }> {
  const after = decodeCursor(cursor, 2);
  const which = open === undefined ? sql`` : open ? sql`and i.until is null` : sql`and i.until is not null`;
  const rows = await rowsWhere(
    q,
    workspaceId,
    sql`${which} ${after ? sql`and (i.since, i.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
      order by i.since desc, i.id desc limit ${limit + 1}`,
  );
  const last = rows[limit - 1];
  return {
    rows: rows.slice(0, limit),
    nextCursor: rows.length > limit && last ? encodeCursor([last.since.toISOString(), last.id]) : null,
  };
}

/** What concerned a channel in the last 30 days, newest first: its own incidents and those of the app behind its platform. */
export function timelineOf(
  q: Q,
  workspaceId: string,
  channel: { id: string; platform: string },
  now: number,
): Promise<Row[]> {
  const from = new Date(now - TIMELINE_DAYS * 86_400_000);
  return rowsWhere(
    q,
    workspaceId,
    sql`and i.subject in (${channel.id}, ${`app:${channel.platform}`}) and (i.until is null or i.until >= ${from})
      order by i.since desc, i.id desc limit 200`,
  );
}

export async function presentIncidents(
  team: TeamModule,
  workspaceId: string,
  rows: readonly Row[],
  locale: Locale,
): Promise<Incident[]> {
  const members = rows.flatMap((r) => r.acknowledged_by ?? []);
  const names = members.length > 0 ? await team.members.names(workspaceId, members) : new Map<string, string>();
  return rows.map((r) => ({
    id: r.id,
    channelId: r.channel_id,
    channelName: r.channel_name,
    platform: r.platform,
    code: r.code,
    severity: r.severity,
    ...r.words[locale],
    owner: r.owner,
    since: r.since.toISOString(),
    until: r.until?.toISOString() ?? null,
    acknowledgedAt: r.acknowledged_at?.toISOString() ?? null,
    acknowledgedBy: r.acknowledged_by ? (names.get(r.acknowledged_by) ?? null) : null,
  }));
}
