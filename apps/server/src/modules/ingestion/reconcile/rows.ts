import type { Reconciliation } from "@firstline/contracts";
import type { FaultCode } from "@firstline/core";
import { sql } from "kysely";
import type { Platform } from "../../../adapters/channel.ts";
import type { Deps } from "../../../deps.ts";
import type { Q } from "../../../platform/db/pool.ts";
import type { CursorPart } from "../../../platform/http/cursor.ts";
import type { Locale } from "../../../platform/http/problems.ts";
import { reason } from "../../../platform/http/reason.ts";

export type ReconciliationReason = Reconciliation["reason"];

/** One comparison of our record with Meta's. */
export interface Run {
  id: string;
  workspace_id: string;
  channel_id: string;
  platform: Platform;
  account_id: string;
  page_id: string;
  connected_at: Date;
  reason: ReconciliationReason;
  contact_external_id: string | null;
  state: Reconciliation["state"];
  from_at: Date;
  started_at: Date;
  finished_at: Date | null;
  conversations: number;
  examined: number;
  recovered: number;
  fault: FaultCode | null;
  error: string | null;
  cursor: string | null;
  tries: number;
}

const COLUMNS = sql`r.id, r.workspace_id, r.channel_id, c.platform, c.external_id as account_id, c.page_id, c.created_at as connected_at, r.reason, r.contact_external_id, r.state, r.from_at, r.started_at, r.finished_at,
  r.conversations, r.examined, r.recovered, r.fault, r.error, r.cursor, r.tries`;
const WITH_CHANNEL = sql`reconciliation r join channel c on c.workspace_id = r.workspace_id and c.id = r.channel_id`;

/** A message may reach Meta's record minutes late: every comparison goes back a little before the last one. */
const OVERLAP_MS = 10 * 60_000;
const DAY = 86_400_000;
/** What was sent a moment ago may be on its way to us: a routine comparison leaves it to the next one. */
const SETTLING_MS = 60_000;

/** Up to when a run compares: its start, or a little before it. */
export function comparedTo(run: Pick<Run, "reason" | "started_at">): Date {
  const routine = run.reason === "scheduled" || run.reason === "silence";
  return new Date(run.started_at.getTime() - (routine ? SETTLING_MS : 0));
}

/**
 * From where to compare: what is asked for, else from the last comparison that was finished. Of what was before the channel was
 * connected nothing is missing, so it is read only where somebody asks for it.
 */
export async function fromOf(
  deps: Pick<Deps, "db" | "clock">,
  workspaceId: string,
  channelId: string,
  why: ReconciliationReason,
): Promise<Date> {
  const { rows } = await sql<{ created_at: Date; reconciled_at: Date | null }>`
    select created_at, reconciled_at from channel where workspace_id = ${workspaceId} and id = ${channelId}`.execute(
    deps.db,
  );
  const { created_at, reconciled_at } = rows[0]!;
  const wanted =
    why === "demand" || why === "trace" ? deps.clock() - DAY : (reconciled_at ?? created_at).getTime() - OVERLAP_MS;
  return new Date(Math.max(wanted, Math.floor(created_at.getTime() / 1000) * 1000));
}

export async function insertRun(
  q: Q,
  run: {
    workspaceId: string;
    channelId: string;
    why: ReconciliationReason;
    contactExternalId: string | null;
    from: Date;
    startedAt: Date;
  },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into reconciliation (workspace_id, channel_id, reason, contact_external_id, from_at, started_at)
    values (${run.workspaceId}, ${run.channelId}, ${run.why}, ${run.contactExternalId}, ${run.from}, ${run.startedAt}) returning id`.execute(
    q,
  );
  return rows[0]!.id;
}

/** A whole comparison that covers as much and has not begun: one that has may be past what is newer. */
export async function waitingRun(q: Q, workspaceId: string, channelId: string, from: Date): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from reconciliation where workspace_id = ${workspaceId} and channel_id = ${channelId} and state = 'running'
      and contact_external_id is null and from_at <= ${from} and runner_at is null and cursor is null and tries = 0
    order by started_at desc limit 1`.execute(q);
  return rows[0]?.id ?? null;
}

export async function runById(q: Q, workspaceId: string, id: string): Promise<Run | null> {
  const { rows } = await sql<Run>`
    select ${COLUMNS} from ${WITH_CHANNEL} where r.workspace_id = ${workspaceId} and r.id = ${id}`.execute(q);
  return rows[0] ?? null;
}

/** Who has not been heard of for this long is gone: longer than a call to Meta with what is written after it. */
export const GONE = sql`interval '60 seconds'`;

/** Makes the caller the one who works on a run; null: it is done, or somebody else is at it. `mine`: the caller left it itself. */
export async function claimRun(q: Q, workspaceId: string, id: string, mine: boolean): Promise<Run | null> {
  const { rows } = await sql<Run>`
    with mine as (
      update reconciliation set runner_at = clock_timestamp()
      where workspace_id = ${workspaceId} and id = ${id} and state = 'running' and (runner_at is null or ${mine} or runner_at < clock_timestamp() - ${GONE})
      returning workspace_id, id)
    select ${COLUMNS} from ${WITH_CHANNEL} join mine m on m.workspace_id = r.workspace_id and m.id = r.id`.execute(q);
  return rows[0] ?? null;
}

/** Figures are added with what they count, so that a process that dies leaves them right. */
export async function noteProgress(
  q: Q,
  run: Pick<Run, "workspace_id" | "id">,
  add: { conversations?: number; examined?: number; recovered?: number; cursor?: string | null },
): Promise<void> {
  await sql`
    update reconciliation set conversations = conversations + ${add.conversations ?? 0}, examined = examined + ${add.examined ?? 0},
      recovered = recovered + ${add.recovered ?? 0}, runner_at = clock_timestamp()
      ${add.cursor === undefined ? sql`` : sql`, cursor = ${add.cursor}, tries = 0`}
    where workspace_id = ${run.workspace_id} and id = ${run.id}`.execute(q);
}

/** Nobody works on it any more; it goes on later from its cursor. */
export async function releaseRun(q: Q, run: Pick<Run, "workspace_id" | "id">, tries: number): Promise<void> {
  await sql`update reconciliation set runner_at = null, tries = ${tries} where workspace_id = ${run.workspace_id} and id = ${run.id} and state = 'running'`.execute(
    q,
  );
}

/** Ends a run. One of the whole record moves the time up to which everything has been compared. */
export async function finishRun(
  q: Q,
  run: Run,
  end: { at: Date; fault: FaultCode | null; error: string | null },
): Promise<void> {
  const moves = end.fault === null && run.contact_external_id === null;
  // In one statement: who sees it finished sees how far everything has been compared.
  await sql`
    with finished as (
      update reconciliation set state = ${end.fault ? "failed" : "done"}, finished_at = ${end.at}, fault = ${end.fault}, error = ${end.error}, cursor = null, runner_at = null
      where workspace_id = ${run.workspace_id} and id = ${run.id} and state = 'running')
    update channel set reconciled_at = greatest(reconciled_at, ${comparedTo(run)})
    where ${moves} and workspace_id = ${run.workspace_id} and id = ${run.channel_id} and ${run.from_at} <= coalesce(reconciled_at, created_at)`.execute(
    q,
  );
}

export async function listRuns(
  q: Q,
  workspaceId: string,
  channelId: string,
  after: CursorPart[] | null,
  limit: number,
): Promise<Run[]> {
  const { rows } = await sql<Run>`
    select ${COLUMNS} from ${WITH_CHANNEL}
    where r.workspace_id = ${workspaceId} and r.channel_id = ${channelId} ${after ? sql`and (r.started_at, r.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by r.started_at desc, r.id desc limit ${limit + 1}`.execute(q);
  return rows;
}

export function presentRun(run: Run, locale: Locale): Reconciliation {
  return {
    id: run.id,
    channelId: run.channel_id,
    reason: run.reason,
    state: run.state,
    from: run.from_at.toISOString(),
    startedAt: run.started_at.toISOString(),
    finishedAt: run.finished_at?.toISOString() ?? null,
    conversations: run.conversations,
    examined: run.examined,
    recovered: run.recovered,
    failure: run.fault ? reason(run.fault, locale) : null,
  };
}
