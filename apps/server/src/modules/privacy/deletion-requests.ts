import {
  type DeletionRequest,
  DeletionRequestList,
  DeletionRequestQuery,
  DeletionRequest as DeletionRequestSchema,
  EndDeletionRequest,
  Id,
} from "@firstline/contracts";
import { sql } from "kysely";
import { z } from "zod";
import type { Deps } from "../../deps.ts";
import { decodeCursor, encodeCursor } from "../../platform/http/cursor.ts";
import { notFound } from "../../platform/http/problems.ts";
import type { App } from "../../platform/http/server.ts";
import type { AuthorizedChannel } from "../channels/index.ts";
import type { TeamModule } from "../team/index.ts";

interface Row {
  id: string;
  code: string;
  external_user_id: string;
  received_at: Date;
  state: DeletionRequest["state"];
  matched: DeletionRequest["matched"];
  done_at: Date | null;
  done_by: string | null;
  note: string | null;
}

/**
 * Keeps a request: in every workspace where something of the person was forgotten, as done; where nothing was, as a task in every
 * workspace with a channel, for the id names nobody we know.
 */
export async function openRequests(
  deps: Pick<Deps, "db" | "clock">,
  about: { code: string; externalUserId: string; forgotten: readonly AuthorizedChannel[] },
): Promise<void> {
  const { code, externalUserId, forgotten } = about;
  const now = new Date(deps.clock());
  const workspaces = [...new Set(forgotten.map((f) => f.workspaceId))];
  if (workspaces.length === 0) {
    await sql`
      insert into deletion_request (workspace_id, code, external_user_id, received_at, state)
      select distinct workspace_id, ${code}, ${externalUserId}, ${now}::timestamptz, 'open' from channel`.execute(
      deps.db,
    );
    return;
  }
  for (const workspaceId of workspaces) {
    const matched = forgotten
      .filter((f) => f.workspaceId === workspaceId)
      .map(({ channelId, name }) => ({ channelId, name }));
    await sql`
      insert into deletion_request (workspace_id, code, external_user_id, received_at, state, matched, done_at)
      values (${workspaceId}, ${code}, ${externalUserId}, ${now}, 'done', ${JSON.stringify(matched)}::jsonb, ${now})`.execute(
      deps.db,
    );
  }
}

/** Requests as tasks for administrators. */
export function deletionRequestRoutes(app: App, deps: Deps, team: TeamModule): void {
  const tags = ["privacy"];
  app.get(
    "/api/v1/privacy/deletion-requests",
    {
      config: { permission: "privacy:write" },
      schema: {
        tags,
        summary: "Requests to delete a person's data that came through Meta, newest first",
        querystring: DeletionRequestQuery,
        response: { 200: DeletionRequestList },
      },
    },
    async (request) => {
      const { workspaceId } = request.actor;
      const { cursor, limit } = request.query;
      const after = decodeCursor(cursor, 2);
      const { rows } = await sql<Row>`
        select * from deletion_request where workspace_id = ${workspaceId} ${after ? sql`and (received_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
        order by received_at desc, id desc limit ${limit + 1}`.execute(deps.db);
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        data: await present(team, workspaceId, page),
        nextCursor: rows.length > limit && last ? encodeCursor([last.received_at.toISOString(), last.id]) : null,
      };
    },
  );

  app.post(
    "/api/v1/privacy/deletion-requests/:id/done",
    {
      config: { permission: "privacy:write" },
      schema: {
        tags,
        summary: "Ends a request: what there was of the person is deleted, or there was nothing",
        params: z.object({ id: Id }),
        body: EndDeletionRequest,
        response: { 200: DeletionRequestSchema },
      },
    },
    async (request) => {
      const { workspaceId, member } = request.actor;
      const { rows } = await sql<Row>`
        update deletion_request set state = 'done', done_at = coalesce(done_at, ${new Date(deps.clock())}), done_by = coalesce(done_by, ${member?.id ?? null}::uuid),
          note = coalesce(${request.body.note ?? null}, note)
        where workspace_id = ${workspaceId} and id = ${request.params.id} returning *`.execute(deps.db);
      const [ended] = await present(team, workspaceId, rows);
      if (!ended) throw notFound("deletion request");
      return ended;
    },
  );
}

async function present(team: TeamModule, workspaceId: string, rows: readonly Row[]): Promise<DeletionRequest[]> {
  const names = await team.members.names(
    workspaceId,
    rows.flatMap((r) => r.done_by ?? []),
  );
  return rows.map((r) => ({
    id: r.id,
    code: r.code,
    externalUserId: r.external_user_id,
    receivedAt: r.received_at.toISOString(),
    state: r.state,
    matched: r.matched,
    doneAt: r.done_at?.toISOString() ?? null,
    doneBy: r.done_by ? (names.get(r.done_by) ?? null) : null,
    note: r.note,
  }));
}
