import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";

const FOLDER = join(import.meta.dirname, "../../../migrations");
const LOCK = 7_105_131; // any fixed number: one migrator at a time

/**
 * Applies the numbered `.sql` files that are not yet applied, each in a transaction of its own, forward only.
 * Safe to run from several processes at once. @throws Error when an applied file was changed afterwards, or when the database
 * is newer than this program.
 */
export async function migrate(url: string): Promise<string[]> {
  const files = migrationFiles();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const applied: string[] = [];
  try {
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    await client.query(
      "create table if not exists schema_migration (name text primary key, checksum text not null, applied_at timestamptz not null default now())",
    );
    const { rows } = await client.query<{ name: string; checksum: string }>(
      "select name, checksum from schema_migration order by name",
    );
    const done = new Map(rows.map((r) => [r.name, r.checksum]));
    const newer = rows.find((r) => !files.includes(r.name));
    if (newer)
      throw new Error(
        `The database was migrated by a newer version (${newer.name} is unknown here). Upgrade the program.`,
      );
    for (const name of files) {
      const sql = readFileSync(join(FOLDER, name), "utf8");
      const checksum = createHash("sha256").update(sql).digest("hex");
      if (done.has(name)) {
        if (done.get(name) !== checksum)
          throw new Error(
            `Migration ${name} was changed after it had been applied. Migrations are forward only: add a new one.`,
          );
        continue;
      }
      await client.query("begin");
      try {
        await client.query(sql);
        await client.query("insert into schema_migration (name, checksum) values ($1, $2)", [name, checksum]);
        await client.query("commit");
      } catch (error) {
        await client.query("rollback");
        throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error });
      }
      applied.push(name);
    }
  } finally {
    await client.end();
  }
  return applied;
}

const migrationFiles = () =>
  readdirSync(FOLDER)
    .filter((f) => /^\d{4}_.+\.sql$/.test(f))
    .sort();

/** How the database stands to this program's migrations, changing nothing. @throws when it does not answer */
export async function migrationState(url: string): Promise<{ major: number; missing: string[]; newer: string | null }> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const version = await client.query<{ server_version_num: string }>("show server_version_num");
    const table = await client.query<{ found: boolean }>("select to_regclass('schema_migration') is not null as found");
    const done = table.rows[0]!.found
      ? (await client.query<{ name: string }>("select name from schema_migration order by name")).rows.map(
          (r) => r.name,
        )
      : [];
    const files = migrationFiles();
    return {
      major: Math.floor(Number(version.rows[0]!.server_version_num) / 10_000),
      missing: files.filter((f) => !done.includes(f)),
      newer: done.find((name) => !files.includes(name)) ?? null,
    };
  } finally {
    await client.end();
  }
}
