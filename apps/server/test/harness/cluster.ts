import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { type EmbeddedDatabase, startEmbedded } from "../../src/platform/db/embedded.ts";
import { migrate } from "../../src/platform/db/migrate.ts";
import { createJobs } from "../../src/platform/jobs/index.ts";
import { createLogger } from "../../src/platform/log/index.ts";
import { withFileLock } from "./file-lock.ts";

const ROOT = join(import.meta.dirname, "../../../..");
const MIGRATIONS = join(import.meta.dirname, "../../migrations");
const IN_USE = 7_105_132; // advisory lock: shared by every run, exclusive for the one that cleans up
const TEMPLATE = "firstline_template";

/** Where the tests' PostgreSQL is, and the migrated database every test database is a copy of. */
export interface Cluster {
  url: string;
  template: string;
}

export interface RunningCluster extends Cluster {
  /** Ends this run's use of it; the last run stops the server. */
  stop(): Promise<void>;
}

/**
 * Starts (or joins) the tests' own PostgreSQL in `.data/test-postgres`: real, but without durability. Several runs at once share
 * it. Tests of one checkout find their template made once per state of the migrations.
 */
export async function startTestCluster(dir = join(ROOT, ".data/test-postgres")): Promise<RunningCluster> {
  const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" };
  const lock = join(dir, "starting.lock");
  return withFileLock(lock, async () => {
    const server = await startEmbedded({ dir, settings });
    const use = new pg.Client({ connectionString: server.url });
    use.on("error", () => {});
    const leave = async () => {
      await use.query("select pg_advisory_unlock_all()");
      const last = await tryAlone(use);
      await use.end();
      if (last) await server.stop();
    };
    await use.connect();
    try {
      if (await tryAlone(use)) {
        await dropLeftovers(use);
        await use.query("select pg_advisory_unlock($1)", [IN_USE]);
      }
      await use.query("select pg_advisory_lock_shared($1)", [IN_USE]);
      const template = await makeTemplate(server, use);
      return { url: server.url, template, stop: () => withFileLock(lock, leave) };
    } catch (error) {
      await leave();
      throw error;
    }
  });
}

async function tryAlone(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ alone: boolean }>("select pg_try_advisory_lock($1) as alone", [IN_USE]);
  return rows[0]!.alone;
}

/** Databases of runs that were killed, and templates of earlier migrations. */
async function dropLeftovers(client: pg.Client): Promise<void> {
  const current = templateName();
  const { rows } = await client.query<{ name: string }>(
    "select datname as name from pg_database where (datname like 't\\_%' or datname like $1) and datname <> $2",
    [`${TEMPLATE}%`, current],
  );
  for (const { name } of rows) await client.query(`drop database if exists ${name} with (force)`);
}

async function makeTemplate(server: EmbeddedDatabase, client: pg.Client): Promise<string> {
  const name = templateName();
  const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [name]);
  if (rowCount) return name;
  // Migrated under another name and renamed when whole, so that a killed run leaves no half template.
  const draft = `${name}_draft`;
  await client.query(`drop database if exists ${draft} with (force)`);
  await client.query(`create database ${draft}`);
  await migrate(urlOf(server.url, draft));
  await makeJobTables(urlOf(server.url, draft));
  await client.query(`alter database ${draft} rename to ${name}`);
  return name;
}

/** The job runner makes its tables when it starts first, which takes longer than all the rest of a server's start: once for all copies. */
async function makeJobTables(url: string): Promise<void> {
  const jobs = createJobs(url, createLogger("silent"), { byTheClock: false });
  await jobs.start({ work: false });
  await jobs.stop();
}

/** Another one for other migrations, or other tables of the job runner's. */
function templateName(): string {
  const hash = createHash("sha256").update(readFileSync(join(ROOT, "package-lock.json")));
  for (const file of readdirSync(MIGRATIONS).sort()) hash.update(file).update(readFileSync(join(MIGRATIONS, file)));
  return `${TEMPLATE}_${hash.digest("hex").slice(0, 10)}`;
}

/** The same server, another database. */
export function urlOf(clusterUrl: string, database: string): string {
  return clusterUrl.replace(/\/postgres(?=\?|$)/, `/${database}`);
}
