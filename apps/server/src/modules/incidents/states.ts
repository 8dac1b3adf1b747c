import { type FaultCode, judgeState, STATE_CODES, type StateFacts } from "@firstline/core";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { ModuleLife } from "../../life.ts";
import { createLoop } from "../../platform/jobs/loop.ts";
import { writeEvents } from "../../platform/outbox/index.ts";
import { bestFirst } from "../channels/index.ts";
import { applyLook, lockIncidents } from "./apply.ts";

const ENDED_AFTER_DAYS = 7;

interface Row {
  workspace_id: string;
  id: string;
  platform: StateFacts["platform"];
  name: string;
  state: StateFacts["state"];
  state_fault: FaultCode | null;
  state_since: Date;
  died_at: Date | null;
  lost_name: string | null;
  lost_fault: FaultCode | null;
  now_used: string | null;
}

/**
 * Holds the incidents against the states the channels are in, and makes them agree. It reads states, not changes: whoever changed
 * one, and whatever happened to this process since, the next pass sees it.
 */
export async function followStates(deps: Pick<Deps, "db" | "clock">): Promise<void> {
  const { rows } = await sql<Row>`
    select c.workspace_id, c.id, c.platform, c.name, c.state, c.state_fault, c.state_since, l.died_at, l.name as lost_name, l.fault as lost_fault, l.now_used
    from channel c left join lateral (
      select a.died_at, a.name, a.fault, u.name as now_used from authorizer a
      join lateral (select b.name from authorizer b where b.workspace_id = a.workspace_id and b.channel_id = a.channel_id and b.state = 'live'
        order by ${bestFirst("b")} limit 1) u on true
      where a.workspace_id = c.workspace_id and a.channel_id = c.id and a.state = 'dead'
        and a.died_at > now() - ${ENDED_AFTER_DAYS} * interval '1 day'
        and not exists (select from authorizer n where n.workspace_id = a.workspace_id and n.channel_id = a.channel_id and n.granted_at > a.died_at)
      order by a.died_at desc limit 1) l on true
    where c.state in ('needs_reauthorization', 'restricted') or (l.died_at is not null and c.state <> 'disconnected')
      or exists (select from incident i where i.workspace_id = c.workspace_id and i.subject = c.id::text and i.until is null
        and (i.code = any(${[...STATE_CODES]}::text[]) or c.state = 'disconnected'))`.execute(deps.db);
  for (const row of rows) {
    await deps.db.transaction().execute(async (tx) => {
      await lockIncidents(tx, row.workspace_id);
      const about = { workspaceId: row.workspace_id, subject: row.id, channelId: row.id };
      const lost = row.died_at && { name: row.lost_name, fault: row.lost_fault, nowUsed: row.now_used };
      const { platform, name, state } = row;
      await applyLook(
        tx,
        about,
        judgeState({ platform, name, state, stateFault: row.state_fault, lost }),
        deps.clock(),
        {
          channel_needs_reauthorization: row.state_since.getTime(),
          channel_restricted: row.state_since.getTime(),
          ...(row.died_at ? { authorizer_lost: row.died_at.getTime() } : {}),
        },
      );
    });
  }
  await endOrphans(deps);
}

/** What is wrong with a channel nobody uses any more, or with an app behind no channel, is over. */
async function endOrphans(deps: Pick<Deps, "db" | "clock">): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ workspaceId: string; id: string; told: boolean }>`
      update incident i set until = ${new Date(deps.clock())}
      where i.until is null and not exists (select from channel c where c.workspace_id = i.workspace_id and c.state <> 'disconnected'
        and (i.subject = c.id::text or i.subject = 'app:' || c.platform))
      returning workspace_id as "workspaceId", id, confirmed_at is not null as told`.execute(tx);
    await writeEvents(
      tx,
      rows
        .filter((r) => r.told)
        .map((r) => ({
          workspaceId: r.workspaceId,
          type: "incident.updated",
          conversationId: null,
          subjectId: r.id,
        })),
    );
  });
}

/** Follows the states while a worker runs: a channel that stops is an incident a moment later. */
export function createStateFollower(deps: Deps): Required<ModuleLife> {
  const loop = createLoop(deps.log, "the states of channels cannot be followed", () => followStates(deps));
  return {
    start(roles) {
      if (!roles.worker) return;
      deps.signals.on("firstline_event", loop.wake);
      loop.start();
    },
    stop: loop.stop,
  };
}
