import type { Member } from "@firstline/contracts";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { TeamModule } from "../../src/modules/team/index.ts";
import { addUser, hashOf } from "../../src/platform/auth/index.ts";
import { closeGate, createTestApp, makeWorkspace, type TestApp } from "../harness/index.ts";
import { signIn, teamOnly } from "./team-app.ts";

let t: TestApp;
let team: TeamModule;
beforeEach(async () => {
  t = await createTestApp({
    build: teamOnly({
      extra: (_app, made) => {
        team = made;
      },
    }),
  });
});
afterEach(() => t.close());

const patch = async (id: string, body: object, as = t.apiKey as Record<string, string>) =>
  t.call<Member & { code?: string; detail?: string }>("PATCH", `/members/${id}`, { headers: as, body });
const me = (headers: Record<string, string>) => t.call("GET", "/me", { headers });

test("a deactivated member is out at once, cannot sign in, and comes back only through a new sign-in", async () => {
  await t.asOwner();
  const userId = await t.deps.db
    .transaction()
    .execute(async (tx) =>
      addUser(tx, { name: "Ana", email: "ana@example.test", passwordHash: await hashOf("a good long password") }),
    );
  const { id } = await t.deps.db
    .insertInto("member")
    .values({ workspace_id: t.workspaceId, user_id: userId, role: "agent" })
    .returning("id")
    .executeTakeFirstOrThrow();
  const cookies = (await signIn(t, "ana@example.test", "a good long password")).headers["set-cookie"];
  const headers = { cookie: String([cookies].flat()[0]).split(";")[0]! };
  expect((await me(headers)).status).toBe(200);

  const gone = await patch(id, { deactivated: true });
  expect([gone.status, gone.json.deactivatedAt]).toEqual([200, "2026-03-02T09:00:00.000Z"]);
  expect((await me(headers)).status).toBe(401);
  const refused = await signIn(t, "ana@example.test", "a good long password");
  expect([refused.status, refused.json.code]).toEqual([403, "ACCOUNT_DEACTIVATED"]);

  expect((await patch(id, { deactivated: false })).json.deactivatedAt).toBeNull();
  expect((await me(headers)).status).toBe(401);
  expect((await signIn(t, "ana@example.test", "a good long password")).status).toBe(200);
});

test("another role counts from the next request on", async () => {
  await t.asOwner();
  const ana = await t.asMember("agent");
  const keys = () => t.call("GET", "/api-keys", { headers: ana.headers });
  expect((await keys()).status).toBe(403);
  expect((await patch(ana.memberId, { role: "administrator" })).json.role).toBe("administrator");
  expect((await keys()).status).toBe(200);
  await patch(ana.memberId, { role: "supervisor" });
  expect((await keys()).status).toBe(403);
});

test("the last administrator can be neither demoted nor deactivated, not even by two at once", async () => {
  const one = await t.asMember("administrator");
  for (const body of [{ role: "agent" }, { deactivated: true }, { role: "supervisor", deactivated: true }]) {
    const refused = await patch(one.memberId, body);
    expect([refused.status, refused.json.code]).toEqual([409, "conflict"]);
    expect(refused.json.detail).toMatch(/last administrator/);
  }
  const two = await t.asMember("administrator");
  const gate = await closeGate(t.deps, "auth.session");
  const racing = Promise.all([
    patch(one.memberId, { deactivated: true }, two.headers),
    patch(two.memberId, { deactivated: true }, one.headers),
  ]);
  await gate.waiting(2);
  await gate.open();
  expect((await racing).map((a) => a.status).sort()).toEqual([200, 409]);
  const left = t.deps.db.selectFrom("member").select("id").where("deactivated_at", "is", null);
  expect(await left.execute()).toHaveLength(1);
});

test("a deactivated administrator does not count as one", async () => {
  const one = await t.asMember("administrator");
  const two = await t.asMember("administrator");
  expect((await patch(two.memberId, { deactivated: true })).status).toBe(200);
  expect((await patch(one.memberId, { role: "agent" })).status).toBe(409);
});

test("names are found for members of the own workspace only, deactivated ones included; work goes to active ones only", async () => {
  await t.asOwner();
  const ana = await t.asMember("agent", { name: "Ana" });
  const other = await makeWorkspace(t.deps);
  const eve = await t.asMember("agent", { name: "Eve", workspaceId: other.id });
  await patch(ana.memberId, { deactivated: true });
  const names = await team.members.names(t.workspaceId, [ana.memberId, eve.memberId, ana.memberId]);
  expect(names).toEqual(new Map([[ana.memberId, "Ana"]]));
  expect(await team.members.names(t.workspaceId, [])).toEqual(new Map());
  expect(await team.members.exists(t.workspaceId, ana.memberId)).toBe(false);
  expect(await team.members.exists(t.workspaceId, eve.memberId)).toBe(false);
  expect(await team.members.exists(other.id, eve.memberId)).toBe(true);
});
