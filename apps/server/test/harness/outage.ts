import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { Deps } from "../../src/deps.ts";

/**
 * Takes the database away from a server, as when PostgreSQL restarts or the network breaks: open connections die, new ones are
 * refused. Concerns the server's own pool, not its job runner. @returns gives it back.
 */
export async function cutDatabase(deps: Deps): Promise<() => void> {
  const { pool, url } = deps.database;
  const options = pool.options as pg.PoolConfig;
  options.connectionString = "postgres://nobody@127.0.0.1:9/nothing";
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  // One that was being opened a moment ago is not listed yet: looked for until the pool has none.
  do {
    await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and application_name = 'firstline'`,
    );
    await delay(2);
  } while (pool.totalCount > 0);
  await admin.end();
  return () => {
    options.connectionString = url;
  };
}
