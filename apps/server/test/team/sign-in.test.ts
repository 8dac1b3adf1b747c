import type { Me, SetupState } from "@firstline/contracts";
import { afterEach, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../harness/index.ts";
import { teamOnly } from "./team-app.ts";

const owner = {
  workspaceName: "Blue Door",
  name: "Olivia",
  email: "Olivia@Example.test",
  password: "correct horse battery",
};

let t: TestApp;
afterEach(() => t.close());

const cookieOf = (headers: Record<string, unknown>) =>
  ([] as string[])
    .concat((headers["set-cookie"] as string[] | string | undefined) ?? [])
    .map((c) => c.split(";")[0])
    .join("; ");

const signIn = (email: string, password: string, headers: Record<string, string> = {}) =>
  t.call("POST", "/api/auth/sign-in/email", {
    headers: { origin: "http://localhost", ...headers },
    body: { email, password },
  });

test("first run: the owner is made once, signs in, sees who they are, and signs out", async () => {
  t = await createTestApp({ build: teamOnly() });
  expect((await t.call<SetupState>("GET", "/setup")).json).toEqual({
    needed: true,
    localMeta: "http://127.0.0.1:9/phone",
  });
  expect((await t.call("POST", "/setup", { body: owner })).status).toBe(201);
  expect((await t.call<SetupState>("GET", "/setup")).json.needed).toBe(false);

  expect((await signIn(owner.email, "not the password")).status).toBe(401);
  const signedIn = await signIn("olivia@example.test", owner.password);
  expect(signedIn.status).toBe(200);
  const headers = { cookie: cookieOf(signedIn.headers) };
  const me = await t.call<Me>("GET", "/me", { headers });
  expect(me.status).toBe(200);
  expect(me.json.member).toMatchObject({ name: "Olivia", email: "olivia@example.test", role: "administrator" });
  expect(me.json.workspace).toEqual({ id: t.workspaceId, name: "Blue Door" });
  expect(me.json.permissions).toHaveLength(9);

  expect(
    (await t.call("POST", "/api/auth/sign-out", { headers: { ...headers, origin: "http://localhost" }, body: {} }))
      .status,
  ).toBe(200);
  expect((await t.call("GET", "/me", { headers })).status).toBe(401);
});
