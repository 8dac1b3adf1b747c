import { type Me, Permission, type SetupState } from "@firstline/contracts";
import { afterEach, expect, test } from "vitest";
import { withAuth } from "../../src/platform/auth/index.ts";
import { createTestApp, cutDatabase, type TestApp } from "../harness/index.ts";
import { cookieOf, OWNER, signIn, teamOnly } from "./team-app.ts";

let t: TestApp;
afterEach(() => t.close());

test("first run: the owner is made, signs in with any case of the address, sees who they are, and signs out", async () => {
  t = await createTestApp({ build: teamOnly() });
  const before = await t.call<SetupState>("GET", "/setup");
  expect(before.json).toEqual({ needed: true, localMeta: "http://127.0.0.1:9/phone" });
  expect((await t.call("POST", "/setup", { body: OWNER })).status).toBe(201);
  expect((await t.call<SetupState>("GET", "/setup")).json.needed).toBe(false);

  const wrong = await signIn(t, OWNER.email, "not the password");
  expect(wrong.status).toBe(401);
  const signedIn = await signIn(t, "olivia@example.TEST", OWNER.password);
  expect(signedIn.status).toBe(200);
  expect(String(signedIn.headers["set-cookie"])).toMatch(/Max-Age=2592000;.*HttpOnly; SameSite=Lax/);
  const headers = cookieOf(signedIn.headers);
  const me = await t.call<Me>("GET", "/me", { headers });
  expect(me.status).toBe(200);
  expect(me.json.member).toMatchObject({ name: "Olivia", email: "olivia@example.test", role: "administrator" });
  expect(me.json.workspace).toEqual({ id: t.workspaceId, name: "Blue Door" });
  expect([...me.json.permissions].sort()).toEqual([...Permission.options].sort());
  const session = await t.call<{ user: { email: string } }>("GET", "/api/auth/get-session", { headers });
  expect(session.json.user.email).toBe("olivia@example.test");

  const out = await t.call("POST", "/api/auth/sign-out", {
    headers: { ...headers, origin: "http://localhost" },
    body: {},
  });
  expect(out.status).toBe(200);
  expect((await t.call("GET", "/me", { headers })).status).toBe(401);
});

test("a cookie whose signature is not ours is nobody's", async () => {
  t = await createTestApp({ build: teamOnly() });
  const { headers } = await t.asOwner();
  expect((await t.call("GET", "/me", { headers })).status).toBe(200);
  const forged = headers.cookie.replace(/\..*/, `.${encodeURIComponent(Buffer.alloc(32, 1).toString("base64"))}`);
  expect((await t.call("GET", "/me", { headers: { cookie: forged } })).status).toBe(401);
});

test("a new password ends the other sessions at once", async () => {
  t = await createTestApp({ build: teamOnly() });
  await t.call("POST", "/setup", { body: OWNER });
  const here = cookieOf((await signIn(t, OWNER.email, OWNER.password)).headers);
  const there = cookieOf((await signIn(t, OWNER.email, OWNER.password)).headers);
  expect((await t.call("GET", "/me", { headers: there })).status).toBe(200);
  const changed = await t.call("POST", "/api/auth/change-password", {
    headers: { ...here, origin: "http://localhost" },
    body: { currentPassword: OWNER.password, newPassword: "another long password", revokeOtherSessions: true },
  });
  expect(changed.status).toBe(200);
  expect((await t.call("GET", "/me", { headers: there })).status).toBe(401);
  expect((await signIn(t, OWNER.email, OWNER.password)).status).toBe(401);
  expect((await signIn(t, OWNER.email, "another long password")).status).toBe(200);
});

test("a session in use is prolonged: after ten days the first call gives the browser a cookie for thirty more", async () => {
  t = await createTestApp({ build: teamOnly() });
  const { headers, userId } = await t.asOwner();
  expect((await t.call("GET", "/me", { headers })).headers["set-cookie"]).toBeUndefined();
  const sessions = withAuth(t.deps.db);
  const inTwentyDays = new Date(Date.now() + 20 * 86_400_000);
  await sessions.updateTable("auth.session").set({ expiresAt: inTwentyDays }).where("userId", "=", userId).execute();
  const me = await t.call("GET", "/me", { headers });
  expect(String(me.headers["set-cookie"])).toMatch(/session_token=.*Max-Age=2592000/);
  const { expiresAt } = await sessions
    .selectFrom("auth.session")
    .select("expiresAt")
    .where("userId", "=", userId)
    .executeTakeFirstOrThrow();
  expect(expiresAt.getTime()).toBeGreaterThan(Date.now() + 29 * 86_400_000);
});

test("sign-in is accepted from the server's own pages under any name it is reached by, and from no other site", async () => {
  t = await createTestApp({ build: teamOnly() });
  await t.call("POST", "/setup", { body: OWNER });
  const from = (origin: string, host: string) =>
    signIn(t, OWNER.email, OWNER.password, { origin, host, cookie: "theme=dark" });
  expect((await from("http://127.0.0.1:3111", "127.0.0.1:3111")).status).toBe(200);
  expect((await from("https://inbox.example.test", "inbox.example.test")).status).toBe(200);
  expect((await from("http://localhost", "10.0.0.5:3000")).status).toBe(200);
  expect((await from("https://evil.example", "localhost:3000")).status).toBe(403);
});

test("a write with a session's cookie that comes from another site is refused", async () => {
  t = await createTestApp({ build: teamOnly() });
  const { headers } = await t.asOwner();
  const body = { email: "a@example.test", role: "agent" };
  const foreign = await t.call("POST", "/invitations", {
    headers: { ...headers, origin: "https://evil.example" },
    body,
  });
  expect(foreign.status).toBe(403);
});

test("guessing is slowed: after thirty tries within a minute an address gets 429, whatever it claims to be", async () => {
  t = await createTestApp({ build: teamOnly() });
  const tryOnce = (n: number) => signIn(t, "not an address", "x", { "x-firstline-client-address": `10.9.8.${n}` });
  for (let n = 0; n < 30; n++) expect((await tryOnce(n)).status).not.toBe(429);
  expect((await tryOnce(31)).status).toBe(429);
});

test("of better-auth only sign-in, sign-out, session and password are open: no sign-up, no making of keys", async () => {
  t = await createTestApp({ build: teamOnly() });
  const { headers } = await t.asMember("agent");
  const body = {
    name: "x",
    email: "x@example.test",
    password: "long enough password",
    metadata: { role: "administrator" },
  };
  for (const path of ["/sign-up/email", "/api-key/create", "/api-key/update", "/update-user", "/delete-user"]) {
    const answer = await t.call("POST", `/api/auth${path}`, {
      headers: { ...headers, origin: "http://localhost" },
      body,
    });
    expect([path, answer.status]).toEqual([path, 404]);
  }
});

test("while the database is away nobody hears that they are signed out: 503, for a session, a key and a sign-in", async () => {
  t = await createTestApp({ build: teamOnly() });
  const { headers } = await t.asOwner();
  const restore = await cutDatabase(t.deps);
  const answers = [
    await t.call<{ code: string }>("GET", "/me", { headers }),
    await t.call<{ code: string }>("GET", "/me", { headers: t.apiKey }),
    await signIn(t, OWNER.email, OWNER.password),
  ];
  expect(answers.map((a) => [a.status, a.json.code])).toEqual(Array(3).fill([503, "storage_unavailable"]));
  restore();
  expect((await t.call("GET", "/me", { headers })).status).toBe(200);
});
