import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import type { TestApp } from "../harness/index.ts";

/** Every row of every table as text, every raw delivery as Meta sent it, and every file with its path. */
export async function everythingKept(t: Pick<TestApp, "deps">): Promise<Map<string, string>> {
  const { rows } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'auth', 'pgboss')`.execute(
    t.deps.db,
  );
  const kept = new Map<string, string>();
  for (const { name } of rows) {
    const { rows: all } = await sql<{ text: string }>`select x::text as text from ${sql.raw(name)} x`.execute(
      t.deps.db,
    );
    kept.set(name, all.map((r) => r.text).join("\n"));
  }
  const { rows: bodies } = await sql<{ body: Buffer }>`select body from delivery`.execute(t.deps.db);
  kept.set("bodies of deliveries", bodies.map((b) => b.body.toString("utf8")).join("\n"));
  for (const path of readdirSync(join(t.deps.config.dataDir, "blobs"), { recursive: true, encoding: "utf8" })) {
    const file = join(t.deps.config.dataDir, "blobs", path);
    if (statSync(file).isFile()) kept.set(`file ${path}`, `${path}\n${readFileSync(file, "latin1")}`);
  }
  return kept;
}

/** Which of the words are kept, and where. */
export const found = (kept: Map<string, string>, words: readonly string[]): string[] =>
  [...kept].flatMap(([where, text]) => words.filter((word) => text.includes(word)).map((word) => `${where}: ${word}`));
