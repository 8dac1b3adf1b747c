import { getMigrations } from "better-auth/db/migration";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { authOptions } from "../../src/platform/auth/options.ts";
import { createTestDeps, type TestDeps } from "../harness/index.ts";

/** Tables without a workspace_id, or with keys that do not begin with it, and why that is right. */
const NOT_BY_WORKSPACE: Record<string, string> = {
  workspace: "is the workspace",
  installation: "belongs to the installation as a whole",
  schema_migration: "belongs to the installation as a whole",
  callback_seen: "signed callbacks of Meta's about an id of the app, which belongs to no workspace",
  channel_route: "answers whose a webhook is, before a workspace is known",
  delivery_refusal: "counts calls that were refused before anybody could say whose they are",
  delivery: "is what Meta sent, before a workspace is known; one body may concern several",
};

let t: TestDeps;
beforeAll(async () => {
  t = await createTestDeps();
});
afterAll(() => t.dispose());

test("every table of a tenant has workspace_id, and its primary and unique keys begin with it", async () => {
  const { rows } = await t.deps.database.pool.query<{ table: string; has: boolean; keys: string[] | null }>(`
    select c.relname as table,
      exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped) as has,
      (select array_agg(a.attname::text)
         from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
        where i.indrelid = c.oid and i.indisunique) as keys
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`);
  expect(rows.length).toBeGreaterThan(15);
  const wrong = rows.filter((r) => !r.has || !r.keys || r.keys.some((first) => first !== "workspace_id"));
  expect(wrong.map((r) => r.table).sort()).toEqual(Object.keys(NOT_BY_WORKSPACE).sort());
});

test("a foreign key between tables of tenants carries workspace_id, so that no row can point into another workspace", async () => {
  const { rows } = await t.deps.database.pool.query<{ name: string; columns: string[]; target: string }>(`
    select conname as name, confrelid::regclass::text as target,
      (select array_agg(a.attname::text) from unnest(k.conkey) n join pg_attribute a on a.attrelid = k.conrelid and a.attnum = n) as columns
    from pg_constraint k where contype = 'f' and connamespace = 'public'::regnamespace`);
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.filter((r) => !r.columns.includes("workspace_id"))).toEqual([]);
});

test("the tables of migration 0002 are what the installed better-auth expects", async () => {
  const pool = new pg.Pool({ connectionString: t.database.url, options: "-c search_path=auth" });
  try {
    const settings = {
      db: t.deps.db,
      log: t.deps.log,
      publicUrl: "http://localhost",
      secret: "s".repeat(44),
      rateLimit: true,
    };
    const options = authOptions({ ...settings, maySignIn: async () => true });
    const plan = await getMigrations({ ...options, database: pool });
    const { toBeCreated, toBeAdded, schemaProblems, unsafeChanges } = plan;
    expect({ toBeCreated, toBeAdded, schemaProblems, unsafeChanges }).toEqual({
      toBeCreated: [],
      toBeAdded: [],
      schemaProblems: [],
      unsafeChanges: [],
    });
  } finally {
    await pool.end();
  }
});
