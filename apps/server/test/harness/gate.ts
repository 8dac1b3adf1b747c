import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { Deps } from "../../src/deps.ts";

export interface Gate {
  /** Resolves when this many transactions wait for a lock: before the gate, or for one of those who do. */
  waiting(count: number): Promise<void>;
  open(): Promise<void>;
}

/**
 * Holds up every write to a table (reads pass), so that a test can bring several requests to the same point before letting them
 * go: a race that always happens. @param table as written in SQL, e.g. `member` or `auth."user"`.
 */
export async function closeGate(deps: Deps, table: string): Promise<Gate> {
  const holder = new pg.Client({ connectionString: deps.database.url });
  await holder.connect();
  await holder.query(`begin; lock table ${table} in share mode`);
  return {
    async waiting(count) {
      const waiters = `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      while ((await deps.database.pool.query<{ n: number }>(waiters)).rows[0]!.n < count) await delay(5);
    },
    async open() {
      await holder.query("commit");
      await holder.end();
    },
  };
}
