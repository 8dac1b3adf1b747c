import type { ApiKeyCreated, ApiKeyList, Me } from "@firstline/contracts";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { z } from "zod";
import { createTestApp, type TestApp } from "../harness/index.ts";
import { teamOnly } from "./team-app.ts";

let t: TestApp;
beforeEach(async () => {
  t = await createTestApp({ build: teamOnly() });
});
afterEach(() => t.close());

type Created = z.infer<typeof ApiKeyCreated>;
type List = z.infer<typeof ApiKeyList>;
const create = async (name: string, role = "agent") => {
  const { headers } = await t.asOwner();
  return t.call<Created>("POST", "/api-keys", { headers, body: { name, role } });
};

test("a key is shown once, works with its role, and is found nowhere in the database", async () => {
  const made = await create("Shop", "supervisor");
  expect(made.status).toBe(201);
  expect(made.json.key).toMatch(/^fl_[a-zA-Z]{48}$/);
  expect(made.json.start).toBe(made.json.key.slice(0, 8));
  const bearer = { authorization: `Bearer ${made.json.key}` };
  const me = await t.call<Me>("GET", "/me", { headers: bearer });
  expect(me.json).toMatchObject({ member: null, workspace: { id: t.workspaceId } });
  expect(me.json.permissions).toContain("deliveries:read");
  expect(me.json.permissions).not.toContain("apikeys:write");

  const { headers } = await t.asOwner();
  const list = await t.call<List>("GET", "/api-keys", { headers });
  expect(list.text).not.toContain(made.json.key);
  expect(list.json.data.map((k) => k.name)).toEqual(["Shop", "Bootstrap"]);
  expect(list.json.data[0]!.lastUsedAt).not.toBeNull();
  const { rows } = await sql<{ dump: string }>`select string_agg(k::text, ' ') as dump from auth.apikey k`.execute(
    t.deps.db,
  );
  expect(rows[0]!.dump).toContain("Shop");
  expect(rows[0]!.dump).not.toContain(made.json.key);
  expect(rows[0]!.dump).not.toContain(t.apiKey.authorization.slice(7));
});

test("a deleted key is dead at once, although it has just been used", async () => {
  const made = await create("Shop");
  const bearer = { authorization: `Bearer ${made.json.key}` };
  expect((await t.call("GET", "/me", { headers: bearer })).status).toBe(200);
  const { headers } = await t.asOwner();
  expect((await t.call("DELETE", `/api-keys/${made.json.id}`, { headers })).status).toBe(204);
  expect((await t.call("GET", "/me", { headers: bearer })).status).toBe(401);
});

test("a key of another workspace sees nothing of this one and changes nothing in it", async () => {
  const owner = await t.asOwner();
  const made = await create("Shop");
  const body = { email: "new@example.test", role: "agent" };
  const invitation = await t.call<{ id: string }>("POST", "/invitations", { headers: owner.headers, body });
  const env = { BOOTSTRAP_API_KEY: "fl_the_other_workspaces_key", BOOTSTRAP_WORKSPACE: "Other" };
  const other = await createTestApp({ build: teamOnly(), database: t.database, env });
  try {
    const headers = other.apiKey;
    const read = async (path: string) => (await other.call<{ data: unknown[] }>("GET", path, { headers })).json;
    expect(await read("/me")).toMatchObject({ workspace: { name: "Other" } });
    expect((await read("/members")).data).toEqual([]);
    expect((await read("/invitations")).data).toEqual([]);
    expect((await read("/api-keys")).data).toHaveLength(1);
    expect((await other.call("PATCH", `/members/${owner.memberId}`, { headers, body: { role: "agent" } })).status).toBe(
      404,
    );
    expect((await other.call("DELETE", `/invitations/${invitation.json.id}`, { headers })).status).toBe(404);
    expect((await other.call("DELETE", `/api-keys/${made.json.id}`, { headers })).status).toBe(404);
  } finally {
    await other.close();
  }
  expect((await t.call<List>("GET", "/api-keys", { headers: owner.headers })).json.data).toHaveLength(2);
  expect((await t.call<List>("GET", "/invitations", { headers: owner.headers })).json.data).toHaveLength(1);
  expect((await t.call<Me>("GET", "/me", { headers: owner.headers })).json.member?.role).toBe("administrator");
});
