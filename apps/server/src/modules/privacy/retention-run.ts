import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Q, Tx } from "../../platform/db/pool.ts";
import { lockThreads } from "../conversations/index.ts";
import { eraseContact, findPerson } from "./erase-contact.ts";

export const RETENTION_JOB = "privacy.retention";
const RUN_JOB = "privacy.retention-run";
/** Minute and hour of the day, UTC, at which runs begin. */
export const RUNS_AT = { minute: 17, hour: 2 } as const;
const DAY_MS = 86_400_000;
const AT_ONCE = 50;
/** A job goes on in another one after this, so that a stop of the server waits for little. */
const LONGEST_MS = 45_000;

type RunDeps = Pick<Deps, "db" | "jobs" | "clock">;
interface Place {
  contact_id: string;
  last_message_at: string;
  id: string;
}

/** Every night: begins a run for each workspace that wants one, or goes on with one that was broken off. */
export function retentionJobs(deps: Deps): void {
  deps.jobs.define(RETENTION_JOB, { retryLimit: 3, schedule: `${RUNS_AT.minute} ${RUNS_AT.hour} * * *` }, () =>
    beginRuns(deps),
  );
  deps.jobs.define<{ workspaceId: string }>(RUN_JOB, { retryLimit: 12 }, ({ workspaceId }) =>
    continueRun(deps, workspaceId),
  );
}

export async function beginRuns(deps: RunDeps): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    await sql`
      insert into retention_run (workspace_id, days, started_at)
      select id, message_retention_days, ${new Date(deps.clock())} from workspace where message_retention_days is not null
      on conflict (workspace_id) where done_at is null do nothing`.execute(tx);
    const { rows } = await sql<{ workspaceId: string }>`
      select workspace_id as "workspaceId" from retention_run where done_at is null`.execute(tx);
    await deps.jobs.add(
      RUN_JOB,
      rows.map((data) => ({ data })),
      tx,
    );
  });
}

/** Deletes what is due, each conversation in a transaction with the run's figures. A run whose setting was changed meanwhile ends. */
export async function continueRun(deps: RunDeps, workspaceId: string): Promise<void> {
  const deadline = Date.now() + LONGEST_MS;
  let after: Place | undefined;
  for (;;) {
    const run = await openRun(deps.db, workspaceId);
    if (!run) return;
    const places = run.wanted ? await dueIn(deps, workspaceId, run.days, after) : [];
    for (const { contact_id } of places)
      await deps.db.transaction().execute((tx) => eraseDue(tx, deps, workspaceId, contact_id));
    after = places.at(-1);
    if (!after) {
      await sql`
        update retention_run set done_at = ${new Date(deps.clock())} where workspace_id = ${workspaceId} and id = ${run.id} and done_at is null`.execute(
        deps.db,
      );
      return;
    }
    if (Date.now() > deadline) return deps.jobs.add(RUN_JOB, [{ data: { workspaceId } }]);
  }
}

async function openRun(q: Q, workspaceId: string): Promise<{ id: string; days: number; wanted: boolean } | undefined> {
  const { rows } = await sql<{ id: string; days: number; wanted: boolean }>`
    select r.id, r.days, coalesce(w.message_retention_days = r.days, false) as wanted from retention_run r join workspace w on w.id = r.workspace_id
    where r.workspace_id = ${workspaceId} and r.done_at is null`.execute(q);
  return rows[0];
}

/**
 * A condition over `conversation v`: resolved and quiet for so many days, and nothing of it still on its way to the customer. Who
 * resolves an old conversation today begins its days today.
 */
export function isDue(deps: Pick<Deps, "clock">, days: number) {
  const before = new Date(deps.clock() - days * DAY_MS);
  return sql`v.status = 'resolved' and v.last_message_at < ${before} and coalesce(v.resolved_at, v.last_message_at) < ${before}
    and not exists (select from message m where m.workspace_id = v.workspace_id and m.conversation_id = v.id and m.state in ('queued', 'sending', 'held', 'uncertain'))`;
}

async function dueIn(deps: RunDeps, workspaceId: string, days: number, after: Place | undefined): Promise<Place[]> {
  const { rows } = await sql<Place>`
    select v.contact_id, v.last_message_at::text as last_message_at, v.id from conversation v where v.workspace_id = ${workspaceId} and ${isDue(deps, days)}
      ${after ? sql`and (v.last_message_at, v.id) > (${after.last_message_at}::timestamptz, ${after.id}::uuid)` : sql``}
    order by v.last_message_at, v.id limit ${AT_ONCE}`.execute(deps.db);
  return rows;
}

/** Looks once more under the lock: the customer may have written, the setting may have been changed. */
async function eraseDue(tx: Tx, deps: RunDeps, workspaceId: string, contactId: string): Promise<void> {
  const person = await findPerson(tx, workspaceId, contactId);
  if (!person) return;
  await lockThreads(
    tx,
    person.people.map((contactExternalId) => ({ channelId: person.channelId, contactExternalId })),
  );
  const run = await openRun(tx, workspaceId);
  if (!run?.wanted) return;
  const { rows: still } = await sql`
    select 1 from conversation v where v.workspace_id = ${workspaceId} and v.contact_id = ${contactId} and ${isDue(deps, run.days)}`.execute(
    tx,
  );
  if (still.length === 0) return;
  const erasure = await eraseContact(tx, deps, { workspaceId, contactId, memberId: null });
  await sql`
    with of_run as (update erasure set retention_run_id = ${run.id} where workspace_id = ${workspaceId} and id = ${erasure} returning counts)
    update retention_run r set conversations = conversations + 1, messages = messages + (counts->>'messages')::int, files = files + (counts->>'files')::int
    from of_run where r.workspace_id = ${workspaceId} and r.id = ${run.id}`.execute(tx);
}
