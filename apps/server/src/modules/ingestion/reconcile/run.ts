import type { Deps } from "../../../deps.ts";
import { isTransient } from "../../../platform/db/pool.ts";
import { writeEvents } from "../../../platform/outbox/index.ts";
import {
  claimRun,
  finishRun,
  fromOf,
  insertRun,
  type ReconciliationReason,
  type Run,
  releaseRun,
  runById,
  waitingRun,
} from "./rows.ts";
import { type Outcome, putOffMs, type WalkModules, walk } from "./walk.ts";

/** A run works so long at a stretch, then it gives its place to others and goes on. */
const STRETCH_MS = 45_000;

export interface RunRequest {
  from?: Date;
  contactExternalId?: string;
}

export interface Runner {
  /**
   * Makes a run and leaves the work to a job. A whole run that covers as much and has not begun yet is given instead.
   */
  queue(workspaceId: string, channelId: string, why: ReconciliationReason, request?: RunRequest): Promise<Run>;
  /** The same, worked on here: to its end, unless Meta puts it off; then a job goes on and the run is still *running*. */
  start(workspaceId: string, channelId: string, why: ReconciliationReason, request?: RunRequest): Promise<Run>;
  /** A stretch of work on a run. Gives false where somebody else is at it. */
  work(workspaceId: string, id: string): Promise<boolean>;
}

export const RUN_JOB = "reconcile.run";

export function createRunner(deps: Deps, modules: WalkModules): Runner {
  /** Runs this process left in the middle, for want of a database. */
  const left = new Set<string>();
  const make = async (
    workspaceId: string,
    channelId: string,
    why: ReconciliationReason,
    request: RunRequest,
    job: boolean,
  ): Promise<string> => {
    const from = request.from ?? (await fromOf(deps, workspaceId, channelId, why));
    const contactExternalId = request.contactExternalId ?? null;
    const waiting = contactExternalId === null ? await waitingRun(deps.db, workspaceId, channelId, from) : null;
    if (waiting) return waiting;
    return deps.db.transaction().execute(async (tx) => {
      const startedAt = new Date(deps.clock());
      const id = await insertRun(tx, { workspaceId, channelId, why, contactExternalId, from, startedAt });
      if (job) await deps.jobs.add(RUN_JOB, [{ data: { workspaceId, id } }], tx);
      return id;
    });
  };
  const shown = async (workspaceId: string, id: string) => (await runById(deps.db, workspaceId, id))!;

  const work = async (workspaceId: string, id: string): Promise<boolean> => {
    const run = await claimRun(deps.db, workspaceId, id, left.has(id));
    if (!run) return (await shown(workspaceId, id)).state !== "running";
    left.delete(id);
    const outcome = await walk(deps, modules, run, Date.now() + STRETCH_MS).catch((error: unknown): Outcome => {
      // With the database away nothing can be written down; whoever gets to it next goes on.
      if (isTransient(error)) {
        left.add(id);
        throw error;
      }
      deps.log.error({ err: error, channelId: run.channel_id, reconciliationId: run.id }, "a comparison broke off");
      return { kind: "failed", fault: "unexpected", error: String((error as Error).message).slice(0, 500) };
    });
    await settle(deps, run, outcome);
    return true;
  };

  return {
    work,
    async queue(workspaceId, channelId, why, request = {}) {
      return shown(workspaceId, await make(workspaceId, channelId, why, request, true));
    },
    async start(workspaceId, channelId, why, request = {}) {
      const id = await make(workspaceId, channelId, why, request, false);
      await work(workspaceId, id);
      return shown(workspaceId, id);
    },
  };
}

async function settle(deps: Deps, run: Run, outcome: Outcome): Promise<void> {
  const put = outcome.kind === "later" ? whenAgain(deps, run, outcome) : null;
  await deps.db.transaction().execute(async (tx) => {
    if (put) {
      await releaseRun(tx, run, put.tries);
      await deps.jobs.add(
        RUN_JOB,
        [{ data: { workspaceId: run.workspace_id, id: run.id }, startAfterSeconds: put.seconds }],
        tx,
      );
      return;
    }
    const fault = outcome.kind === "done" ? null : outcome.fault;
    const error = outcome.kind === "failed" ? outcome.error : null;
    await finishRun(tx, run, { at: new Date(deps.clock()), fault, error });
    await writeEvents(tx, [
      { workspaceId: run.workspace_id, type: "channel.updated", conversationId: null, subjectId: run.channel_id },
    ]);
  });
  if (put) return;
  deps.metrics.reconciliations.inc({ reason: run.reason, outcome: outcome.kind === "done" ? "done" : "failed" });
  if (outcome.kind !== "done")
    deps.log.warn({ channelId: run.channel_id, reason: run.reason, fault: outcome.fault }, "a comparison failed");
}

/** When a run that Meta puts off goes on; null: it has been put off too often. */
function whenAgain(
  deps: Deps,
  run: Run,
  outcome: Outcome & { kind: "later" },
): { seconds: number; tries: number } | null {
  if (outcome.fault === null) return { seconds: 0, tries: 0 };
  const wait = putOffMs(outcome, run.tries + 1, deps.random());
  return wait === null ? null : { seconds: Math.ceil(wait / 1000), tries: run.tries + 1 };
}
