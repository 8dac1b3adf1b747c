import { afterEach, expect, test } from "vitest";
import { sweep } from "../../src/modules/team/sweep.ts";
import { withAuth } from "../../src/platform/auth/index.ts";
import { createTestApp, type TestApp } from "../harness/index.ts";
import { signIn, teamOnly } from "./team-app.ts";

let t: TestApp;
afterEach(() => t.close());

test("the nightly sweep forgets ended sessions and old counters, and nothing that still counts", async () => {
  t = await createTestApp({ build: teamOnly(), clock: "real" });
  const [ended, live] = [await t.asMember("agent"), await t.asMember("agent")];
  const past = new Date(Date.now() - 1000);
  const sessions = withAuth(t.deps.db);
  await sessions.updateTable("auth.session").set({ expiresAt: past }).where("userId", "=", ended.userId).execute();
  await signIn(t, "nobody@example.test", "x");
  const count = async () => (await t.deps.database.pool.query('select 1 from auth."rateLimit"')).rowCount;

  await sweep(t.deps);
  const left = await sessions.selectFrom("auth.session").select("userId").execute();
  expect(left.map((s) => s.userId)).toEqual([live.userId]);
  expect(await count()).toBe(1);

  await t.deps.database.pool.query('update auth."rateLimit" set "lastRequest" = "lastRequest" - 90000000');
  await sweep(t.deps);
  expect(await count()).toBe(0);
  expect((await t.call("GET", "/me", { headers: live.headers })).status).toBe(200);
});
