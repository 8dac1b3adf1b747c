import {
  Retention,
  RetentionPreview,
  RetentionPreviewQuery,
  type RetentionRun,
  SetRetention,
} from "@firstline/contracts";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { App } from "../../platform/http/server.ts";
import type { TeamModule } from "../team/index.ts";
import { isDue, RUNS_AT } from "./retention-run.ts";

interface RunRow {
  id: string;
  days: number;
  started_at: Date;
  done_at: Date | null;
  conversations: number;
  messages: number;
  files: number;
}

/** Shown of runs and of changes: for looking back, not an archive. */
const SHOWN = 12;

/** How long messages are kept: the setting, what a setting would delete, what went. */
export function retentionRoutes(app: App, deps: Deps, team: TeamModule): void {
  const tags = ["privacy"];
  const config = { permission: "privacy:write" } as const;

  app.get(
    "/api/v1/privacy/retention",
    {
      config,
      schema: {
        tags,
        summary: "How long resolved conversations are kept, and what went because of that",
        response: { 200: Retention },
      },
    },
    (request) => read(deps, team, request.actor.workspaceId),
  );

  app.get(
    "/api/v1/privacy/retention/preview",
    {
      config,
      schema: {
        tags,
        summary: "What would be deleted if conversations were kept for so many days",
        querystring: RetentionPreviewQuery,
        response: { 200: RetentionPreview },
      },
    },
    async (request): Promise<RetentionPreview> => {
      const { days } = request.query;
      const { rows } = await sql<{ conversations: number; oldest: Date | null }>`
        select count(*)::int as conversations, min(v.last_message_at) as oldest from conversation v
        where v.workspace_id = ${request.actor.workspaceId} and ${isDue(deps, days)}`.execute(deps.db);
      const { conversations, oldest } = rows[0]!;
      const nextRunAt = new Date(nextRun(deps.clock())).toISOString();
      return { days, conversations, oldestAt: oldest?.toISOString() ?? null, nextRunAt };
    },
  );

  app.put(
    "/api/v1/privacy/retention",
    {
      config,
      schema: {
        tags,
        summary: "Set how long resolved conversations are kept; nothing is deleted before the next run",
        body: SetRetention,
        response: { 200: Retention },
      },
    },
    async (request) => {
      const { workspaceId, member } = request.actor;
      const { days } = request.body;
      await deps.db.transaction().execute(async (tx) => {
        const { rows } = await sql<{ before: number | null }>`
          select message_retention_days as before from workspace where id = ${workspaceId} for update`.execute(tx);
        const before = rows[0]!.before;
        if (before === days) return;
        await sql`update workspace set message_retention_days = ${days} where id = ${workspaceId}`.execute(tx);
        await sql`
          insert into retention_change (workspace_id, changed_at, changed_by, days_before, days_after)
          values (${workspaceId}, ${new Date(deps.clock())}, ${member?.id ?? null}, ${before}, ${days})`.execute(tx);
      });
      return read(deps, team, workspaceId);
    },
  );
}

async function read(deps: Deps, team: TeamModule, workspaceId: string): Promise<Retention> {
  const { rows: set } = await sql<{ days: number | null }>`
    select message_retention_days as days from workspace where id = ${workspaceId}`.execute(deps.db);
  const newest = (some: ReturnType<typeof sql>, limit: number) =>
    sql<RunRow>`
      select id, days, started_at, done_at, conversations, messages, files from retention_run where workspace_id = ${workspaceId} and ${some}
      order by started_at desc, id desc limit ${limit}`.execute(deps.db);
  const { rows: last } = await newest(sql`true`, 1);
  const { rows: runs } = await newest(sql`conversations > 0`, SHOWN);
  const { rows: changes } = await sql<{ at: Date; by: string | null; before: number | null; after: number | null }>`
    select changed_at as at, changed_by as by, days_before as before, days_after as after from retention_change where workspace_id = ${workspaceId}
    order by changed_at desc, id desc limit ${SHOWN}`.execute(deps.db);
  const names = await team.members.names(
    workspaceId,
    changes.flatMap((c) => c.by ?? []),
  );
  const days = set[0]?.days ?? null;
  return {
    days,
    nextRunAt: days === null ? null : new Date(nextRun(deps.clock())).toISOString(),
    lastRun: last[0] ? present(last[0]) : null,
    runs: runs.map(present),
    changes: changes.map((c) => ({ ...c, at: c.at.toISOString(), by: c.by ? (names.get(c.by) ?? null) : null })),
  };
}

function nextRun(now: number): number {
  const today = new Date(now).setUTCHours(RUNS_AT.hour, RUNS_AT.minute, 0, 0);
  return today > now ? today : today + 86_400_000;
}

const present = (row: RunRow): RetentionRun => ({
  id: row.id,
  days: row.days,
  startedAt: row.started_at.toISOString(),
  doneAt: row.done_at?.toISOString() ?? null,
  conversations: row.conversations,
  messages: row.messages,
  files: row.files,
});
