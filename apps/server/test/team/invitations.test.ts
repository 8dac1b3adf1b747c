import type { Me, MemberList } from "@firstline/contracts";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { z } from "zod";
import { closeGate, createTestApp, type TestApp } from "../harness/index.ts";
import { cookieOf, signIn, teamOnly } from "./team-app.ts";

let t: TestApp;
beforeEach(async () => {
  t = await createTestApp({ build: teamOnly() });
});
afterEach(() => t.close());

interface Made {
  id: string;
  url: string;
  expiresAt: string;
}
const invite = async (email: string, role = "agent") => {
  const { headers } = await t.asOwner();
  const answer = await t.call<Made & { detail: string }>("POST", "/invitations", { headers, body: { email, role } });
  return { ...answer, token: answer.json.url?.split("/invite/")[1] ?? "" };
};
const preview = (token: string) => t.call<{ detail: string }>("GET", `/invitations/by-token/${token}`);
const accept = (token: string, name = "Ana") =>
  t.call<{ email: string; detail: string; code: string }>("POST", `/invitations/by-token/${token}/accept`, {
    body: { name, password: "a good long password" },
  });

test("an invited person sees what the link leads to, chooses a password, signs in and is a member with the role given", async () => {
  const made = await invite("Ana@Example.test", "supervisor");
  expect(made.status).toBe(201);
  expect(made.json.url).toMatch(/^http:\/\/localhost\/invite\/[\w-]{43}$/);
  expect(made.json.expiresAt).toBe("2026-03-09T09:00:00.000Z");
  expect((await preview(made.token)).json).toEqual({
    email: "ana@example.test",
    role: "supervisor",
    workspaceName: "Default",
  });
  const accepted = await accept(made.token);
  expect([accepted.status, accepted.json]).toEqual([201, { email: "ana@example.test" }]);
  const headers = cookieOf((await signIn(t, "ana@example.test", "a good long password")).headers);
  const me = await t.call<Me>("GET", "/me", { headers });
  expect(me.json.member).toMatchObject({ name: "Ana", role: "supervisor" });
  const members = await t.call<z.infer<typeof MemberList>>("GET", "/members", { headers });
  expect(members.json.data.map((m) => m.name)).toEqual(["Ana", "Olivia Owner"]);
});

test("an invitation works once, also for several who use the link at the same moment", async () => {
  const { token } = await invite("ana@example.test");
  const gate = await closeGate(t.deps, "invitation");
  const racing = Promise.all([accept(token, "Ana"), accept(token, "Eve"), accept(token, "Mal")]);
  await gate.waiting(3);
  await gate.open();
  expect((await racing).map((a) => a.status).sort()).toEqual([201, 404, 404]);
  expect((await preview(token)).status).toBe(404);
  expect((await preview(token)).json.detail).toMatch(/used already/);
  expect(await t.deps.db.selectFrom("member").selectAll().execute()).toHaveLength(2);
});

test("an invitation ends after seven days to the millisecond", async () => {
  const { token } = await invite("ana@example.test");
  t.clock.advance({ days: 7, ms: -1 });
  expect((await preview(token)).status).toBe(200);
  t.clock.advance(1);
  expect((await preview(token)).json.detail).toMatch(/expired/);
  expect((await accept(token)).status).toBe(404);
});

test("a withdrawn invitation, and one replaced by a newer for the same address, lead nowhere", async () => {
  const { headers } = await t.asOwner();
  const first = await invite("ana@example.test");
  const second = await invite("ANA@example.test");
  expect((await preview(first.token)).status).toBe(404);
  expect((await preview(second.token)).status).toBe(200);
  expect((await t.call("DELETE", `/invitations/${second.json.id}`, { headers })).status).toBe(204);
  expect((await preview(second.token)).status).toBe(404);
  expect((await t.call("DELETE", `/invitations/${second.json.id}`, { headers })).status).toBe(404);
});

test("an address with an account cannot be taken over by an invitation: 409 that says so", async () => {
  const { token } = await invite("ana@example.test");
  const elsewhere = await invite("bo@example.test");
  await accept(elsewhere.token, "Bo");
  expect((await invite("bo@example.test")).json.detail).toMatch(/bo@example.test is a member already/);
  await t.deps.db
    .updateTable("invitation")
    .set({ email: "bo@example.test" })
    .where("accepted_at", "is", null)
    .execute();
  const answer = await accept(token, "Eve");
  expect([answer.status, answer.json.code]).toEqual([409, "conflict"]);
  expect(answer.json.detail).toMatch(/has an account here already/);
  expect((await signIn(t, "bo@example.test", "a good long password")).status).toBe(200);
});

test("the token is not stored: what the database holds does not open the invitation", async () => {
  const { token } = await invite("ana@example.test");
  const row = await t.deps.db.selectFrom("invitation").selectAll().executeTakeFirstOrThrow();
  expect(JSON.stringify(row)).not.toContain(token);
  expect(row.token_hash).toHaveLength(32);
  expect((await preview(row.token_hash.toString("base64url"))).status).toBe(404);
  const { headers } = await t.asOwner();
  expect((await t.call("GET", "/invitations", { headers })).text).not.toContain(token);
});
