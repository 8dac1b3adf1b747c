import type { Me, SetupState } from "@firstline/contracts";
import { afterEach, expect, test } from "vitest";
import { phonePageOf } from "../../src/modules/team/local-meta.ts";
import { withAuth } from "../../src/platform/auth/index.ts";
import { closeGate, createTestApp, type TestApp } from "../harness/index.ts";
import { cookieOf, OWNER, signIn, teamOnly } from "./team-app.ts";

let t: TestApp;
afterEach(() => t?.close());

test("first runs at the same moment make one owner, one user and one workspace", async () => {
  t = await createTestApp({ build: teamOnly(), config: { bootstrap: { apiKey: null, workspace: "Default" } } });
  await t.deps.db.deleteFrom("workspace").execute();
  const wishes = [1, 2, 3, 4].map((n) => ({ ...OWNER, email: `owner${n}@example.test` }));
  const gate = await closeGate(t.deps, 'auth."user"');
  const racing = Promise.all(wishes.map((body) => t.call("POST", "/setup", { body })));
  await gate.waiting(wishes.length);
  await gate.open();
  const answers = await racing;
  expect(answers.map((a) => a.status).sort()).toEqual([201, 409, 409, 409]);
  expect(await t.deps.db.selectFrom("member").selectAll().execute()).toHaveLength(1);
  expect(await t.deps.db.selectFrom("workspace").selectAll().execute()).toHaveLength(1);
  expect(await withAuth(t.deps.db).selectFrom("auth.user").selectAll().execute()).toHaveLength(1);
});

test("setup is closed for good once there is an owner, with a problem that says what to do", async () => {
  t = await createTestApp({ build: teamOnly() });
  await t.call("POST", "/setup", { body: OWNER });
  const again = await t.call<{ code: string; detail: string }>("POST", "/setup", {
    body: { ...OWNER, email: "b@example.test" },
  });
  expect(again.status).toBe(409);
  expect(again.json.code).toBe("conflict");
  expect(again.json.detail).toMatch(/has its owner already/);
});

test("the first owner joins the workspace of BOOTSTRAP_API_KEY and names it only while it has no name of its own", async () => {
  t = await createTestApp({ build: teamOnly(), env: { BOOTSTRAP_WORKSPACE: "Acme" } });
  await t.call("POST", "/setup", { body: OWNER });
  const me = await t.call<Me>("GET", "/me", {
    headers: cookieOf((await signIn(t, OWNER.email, OWNER.password)).headers),
  });
  expect(me.json.workspace).toEqual({ id: t.workspaceId, name: "Acme" });
  const key = await t.call<Me>("GET", "/me", { headers: t.apiKey });
  expect(key.json).toMatchObject({ member: null, workspace: { id: t.workspaceId, name: "Acme" } });
});

test("a wish that cannot be is refused field by field and makes nothing", async () => {
  t = await createTestApp({ build: teamOnly() });
  const body = { workspaceName: " ", name: "", email: "nobody", password: "short" };
  const answer = await t.call<{ code: string; errors: { path: string }[] }>("POST", "/setup", { body });
  expect(answer.status).toBe(422);
  expect(answer.json.code).toBe("invalid_request");
  expect(answer.json.errors.map((e) => e.path).sort()).toEqual(["email", "name", "password", "workspaceName"]);
  expect((await t.call<SetupState>("GET", "/setup")).json.needed).toBe(true);
});

test.each([
  ["https://graph.facebook.com", null],
  ["http://localhost:4000", "http://localhost:4000/phone"],
  ["http://127.0.0.1:4000", "http://127.0.0.1:4000/phone"],
  ["http://[::1]:4000", "http://[::1]:4000/phone"],
  ["http://192.168.1.20:4000", "http://192.168.1.20:4000/phone"],
  ["http://172.20.0.3", "http://172.20.0.3/phone"],
  ["http://sim:4000", "http://sim:4000/phone"],
  ["http://172.32.0.3", null],
  ["https://meta-proxy.example.com", null],
])("the phone page is offered for a local Meta only: %s", (graphUrl, expected) => {
  expect(phonePageOf(graphUrl)).toBe(expected);
});
