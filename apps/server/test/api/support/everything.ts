import { sql } from "kysely";
import type { TestApp } from "../../harness/index.ts";

/** Every row of every table, but what a request leaves behind about itself. */
export async function everything(t: Pick<TestApp, "deps">): Promise<Record<string, string>> {
  const { rows } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('public', 'auth') and tablename not in ('session', 'rateLimit') and tablename !~ '^delivery_' order by 1`.execute(
    t.deps.db,
  );
  const state: Record<string, string> = {};
  for (const { name } of rows) {
    const shown =
      name === "auth.apikey" ? `to_jsonb(x) - array['lastRequest', 'requestCount', 'updatedAt']` : "to_jsonb(x)";
    const result = await sql<{
      rows: string | null;
    }>`select string_agg((${sql.raw(shown)})::text, chr(10) order by (${sql.raw(shown)})::text) as rows from ${sql.raw(name)} x`.execute(
      t.deps.db,
    );
    state[name] = result.rows[0]!.rows ?? "";
  }
  return state;
}
