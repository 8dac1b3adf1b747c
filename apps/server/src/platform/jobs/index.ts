import { fromKysely, type Job, type JobResult, PgBoss } from "pg-boss";
import type { Tx } from "../db/pool.ts";
import type { Logger } from "../log/index.ts";

/** Background jobs and schedules, by pg-boss: chores that may run later and again, never the way of a message itself. */
export interface Jobs {
  /**
   * Declares a queue and what works it off. Call before {@link Jobs.start}. Throwing in `work` means: again later, with growing
   * waits. A new job is heard of at once; one that is due later, or again, is seen within `lookEverySeconds` (default 30).
   */
  define<T extends object>(
    name: string,
    options: { retryLimit: number; concurrency?: number; schedule?: string; lookEverySeconds?: number },
    work: (data: T) => Promise<void>,
  ): void;
  /** Adds jobs, in the transaction given, so that they exist exactly when the change does. */
  add<T extends object>(
    name: string,
    jobs: { data: T; singletonKey?: string; startAfterSeconds?: number }[],
    tx?: Tx,
  ): Promise<void>;
  start(options: { work: boolean }): Promise<void>;
  stop(): Promise<void>;
}

interface Definition {
  options: { retryLimit: number; concurrency?: number; schedule?: string; lookEverySeconds?: number };
  work: (data: object) => Promise<void>;
}

/** @param byTheClock whether what has a schedule runs when its minute comes; otherwise it runs when somebody adds it. */
export function createJobs(databaseUrl: string, log: Logger, { byTheClock = true } = {}): Jobs {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    schema: "pgboss",
    max: 3,
    useListenNotify: true,
    schedule: byTheClock,
    application_name: "firstline-jobs",
  });
  boss.on("error", (error) => log.warn({ err: error }, "job runner"));
  const definitions = new Map<string, Definition>();
  return {
    define(name, options, work) {
      definitions.set(name, { options, work: work as (data: object) => Promise<void> });
    },
    async add(name, jobs, tx) {
      if (jobs.length === 0) return;
      await boss.insert(
        name,
        jobs.map((j) => ({ data: j.data, singletonKey: j.singletonKey, startAfter: j.startAfterSeconds })),
        tx ? { db: fromKysely(tx) } : {},
      );
    },
    async start({ work }) {
      await boss.start();
      for (const [name, { options, work: run }] of definitions) {
        await boss.createQueue(name, {
          retryLimit: options.retryLimit,
          retryDelay: 5,
          retryBackoff: true,
          expireInSeconds: 120,
          retentionSeconds: 86_400 * 3,
          deleteAfterSeconds: 86_400,
          notify: true,
        });
        if (!work) continue;
        if (options.schedule) await boss.schedule(name, options.schedule);
        // A batch at a time, each job with an outcome of its own, and on at once while there is more.
        await boss.work(
          name,
          {
            batchSize: options.concurrency ?? 1,
            perJobResults: true,
            burstWhenBatchFull: true,
            pollingIntervalSeconds: 1,
            notifyPollingIntervalSeconds: options.lookEverySeconds ?? 30,
          },
          (batch: Job<object>[]) =>
            Promise.all(
              batch.map(async ({ id, data }): Promise<JobResult> => {
                try {
                  await run(data ?? {});
                  return { id, status: "completed" };
                } catch (error) {
                  log.debug({ err: error, queue: name }, "a job failed and comes again");
                  return { id, status: "failed", output: { message: String((error as Error).message) } };
                }
              }),
            ),
        );
      }
    },
    stop: () => boss.stop({ graceful: true, timeout: 10_000 }),
  };
}
