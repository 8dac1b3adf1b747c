import type { Me } from "@firstline/contracts";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { registerTeam } from "../../src/modules/team/index.ts";
import { createTestApp, createTestDatabase, createTestDeps, type TestDatabase } from "../harness/index.ts";
import { teamOnly } from "./team-app.ts";

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.dispose());

/** Starts the server's team with this environment and lets it go again. */
async function start<T>(
  env: Record<string, string>,
  then: (t: Awaited<ReturnType<typeof createTestApp>>) => Promise<T>,
): Promise<T> {
  const t = await createTestApp({ build: teamOnly(), database, env });
  try {
    return await then(t);
  } finally {
    await t.close();
  }
}
const workspaceOf = async (t: Awaited<ReturnType<typeof createTestApp>>, key: string) => {
  const answer = await t.call<Me>("GET", "/me", { headers: { authorization: `Bearer ${key}` } });
  return answer.status === 200 ? answer.json.workspace : answer.status;
};

test("many starts at once make one workspace and one administrator's key of exactly the configured value", async () => {
  const { deps, dispose } = await createTestDeps({ database });
  await Promise.all(Array.from({ length: 6 }, () => registerTeam(deps)));
  const count = async (table: string) =>
    Number((await sql<{ n: number }>`select count(*) as n from ${sql.raw(table)}`.execute(deps.db)).rows[0]!.n);
  expect([await count("workspace"), await count("auth.apikey")]).toEqual([1, 1]);
  const team = await registerTeam(deps);
  const actor = await team.authenticate({ authorization: `Bearer ${deps.config.bootstrap.apiKey}` });
  expect(actor).toMatchObject({ role: "administrator", member: null });
  expect(await team.authenticate({ authorization: `Bearer ${deps.config.bootstrap.apiKey}x` })).toBeNull();
  await dispose();
});

test("another value of BOOTSTRAP_API_KEY is one more key of the same workspace; a rename does not make a second workspace", async () => {
  const first = "fl_first_bootstrap_key";
  const second = "fl_second_bootstrap_key";
  const before = await start({ BOOTSTRAP_API_KEY: first }, async (t) => {
    await t.deps.db.updateTable("workspace").set({ name: "Renamed" }).execute();
    return workspaceOf(t, first);
  });
  await start({ BOOTSTRAP_API_KEY: second }, async (t) => {
    expect(await workspaceOf(t, first)).toEqual(before);
    expect(await workspaceOf(t, second)).toEqual(before);
  });
});

test("a bootstrap key that an administrator has deleted does not come back with the next start", async () => {
  const key = "fl_first_bootstrap_key";
  await start({ BOOTSTRAP_API_KEY: key }, async (t) => {
    const keys = await t.call<{ data: { id: string }[] }>("GET", "/api-keys", { headers: t.apiKey });
    await t.call("DELETE", `/api-keys/${keys.json.data[0]!.id}`, { headers: t.apiKey });
  });
  await start({ BOOTSTRAP_API_KEY: key }, async (t) => expect(await workspaceOf(t, key)).toBe(401));
});

test("without BOOTSTRAP_API_KEY nothing is made", async () => {
  const { deps, dispose } = await createTestDeps({ database, env: { BOOTSTRAP_API_KEY: "" } });
  await registerTeam(deps);
  expect(await deps.db.selectFrom("workspace").selectAll().execute()).toEqual([]);
  await dispose();
});
