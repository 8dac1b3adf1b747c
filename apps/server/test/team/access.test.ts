import { Permission, type Role } from "@firstline/contracts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { permissionsOf } from "../../src/modules/team/roles.ts";
import { createTestApp, type TestApp } from "../harness/index.ts";
import { teamOnly } from "./team-app.ts";

let t: TestApp;
beforeAll(async () => {
  t = await createTestApp({ build: teamOnly() });
});
afterAll(() => t.close());

test("roles grow: a supervisor may all that an agent may and more, an administrator everything", () => {
  const list = (role: Role): Permission[] => [...permissionsOf(role)].sort();
  expect(list("agent")).toEqual(["channels:read", "conversations:read", "conversations:write", "team:read"]);
  expect(list("supervisor")).toEqual([...list("agent"), "deliveries:read", "templates:write"].sort());
  expect(list("administrator")).toEqual([...Permission.options].sort());
});

test("a Bearer key stands before a cookie: a wrong key is not helped by a good session", async () => {
  const both = { ...(await t.asOwner()).headers, authorization: "Bearer fl_wrong" };
  expect((await t.call("GET", "/me", { headers: both })).status).toBe(401);
});

test("routes are closed by default: one that is neither public nor names a permission cannot be registered", async () => {
  const open = createTestApp({
    build: teamOnly({ extra: (app) => app.get("/api/v1/forgotten", async () => "everybody may read this") }),
  });
  await expect(open).rejects.toThrow(/GET \/api\/v1\/forgotten is neither public nor names the permission/);
});
