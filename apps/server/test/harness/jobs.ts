import pg from "pg";
import { PgBoss } from "pg-boss";

/**
 * Does at once what a schedule does when its time comes: the job is in its queue, and whichever server works in this database takes
 * it from there. Gives the schedule (cron, UTC). @throws Error where nothing of this name is scheduled.
 */
export async function runScheduled(databaseUrl: string, name: string): Promise<string> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    schema: "pgboss",
    max: 1,
    // Only puts a job in: schema, schedules and upkeep are the server's.
    ...{ migrate: false, createSchema: false, schedule: false, supervise: false },
  });
  boss.on("error", () => {});
  await boss.start();
  try {
    const [schedule] = await boss.getSchedules(name);
    if (!schedule) throw new Error(`Nothing is scheduled as ${name}.`);
    await boss.send(name, {});
    return schedule.cron;
  } finally {
    await boss.stop({ graceful: false });
  }
}

/** Which of these kinds of jobs are waiting, to be tried again, or being done. */
export async function openJobs(databaseUrl: string, names: readonly string[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on("error", () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      "select distinct name from pgboss.job where name = any($1) and state in ('created', 'retry', 'active') order by name",
      [names],
    );
    return rows.map((row) => row.name);
  } finally {
    await client.end();
  }
}
