import type { Permission, Role } from "@firstline/contracts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { permissionsOf } from "../../src/modules/team/roles.ts";
import { createTestApp, type TestApp } from "../harness/index.ts";
import { teamOnly } from "./team-app.ts";

const ID = "01890000-0000-7000-8000-000000000000";
const everybody: Role[] = ["agent", "supervisor", "administrator"];
const administrators: Role[] = ["administrator"];

/** Who may call which route. A route that is not here fails the test below. */
const MATRIX: Record<string, { who: Role[] | "public"; body?: unknown }> = {
  "GET /api/v1/setup": { who: "public" },
  "POST /api/v1/setup": { who: "public" },
  "GET /api/v1/me": { who: everybody },
  "GET /api/v1/members": { who: everybody },
  "PATCH /api/v1/members/:id": { who: administrators, body: { role: "agent" } },
  "GET /api/v1/invitations": { who: administrators },
  "POST /api/v1/invitations": { who: administrators, body: { email: "new@example.test", role: "agent" } },
  "DELETE /api/v1/invitations/:id": { who: administrators },
  "GET /api/v1/invitations/by-token/:token": { who: "public" },
  "POST /api/v1/invitations/by-token/:token/accept": { who: "public" },
  "GET /api/v1/api-keys": { who: administrators },
  "POST /api/v1/api-keys": { who: administrators, body: { name: "n", role: "agent" } },
  "DELETE /api/v1/api-keys/:id": { who: administrators },
  "POST /api/auth/sign-in/email": { who: "public" },
  "POST /api/auth/sign-out": { who: "public" },
  "GET /api/auth/get-session": { who: "public" },
  "POST /api/auth/change-password": { who: "public" },
};

const routes: string[] = [];
let t: TestApp;
const headers: Record<string, Record<string, string>> = {};

beforeAll(async () => {
  t = await createTestApp({ build: teamOnly({ onRoute: (name) => routes.push(name) }) });
  for (const role of everybody) {
    headers[role] = (await t.asMember(role)).headers;
    const key = await t.call<{ key: string }>("POST", "/api-keys", { headers: t.apiKey, body: { name: role, role } });
    headers[`${role}'s key`] = { authorization: `Bearer ${key.json.key}` };
  }
});
afterAll(() => t.close());

test("every route of the team is in the matrix, and nothing in the matrix is without a route", () => {
  expect([...routes].sort()).toEqual(Object.keys(MATRIX).sort());
});

describe.each(Object.entries(MATRIX).filter(([, rule]) => rule.who !== "public"))("%s", (route, rule) => {
  const [method, path] = route.split(" ") as ["GET", string];
  const call = (as: Record<string, string>) =>
    t.call<{ code?: string }>(method, path.replace(":id", ID), {
      headers: as,
      ...(rule.body ? { body: rule.body } : {}),
    });

  test("needs somebody: 401 without, with an unknown key, with an unknown session", async () => {
    const strangers: Record<string, string>[] = [
      {},
      { authorization: "Bearer fl_unknown" },
      { cookie: "better-auth.session_token=a.b" },
    ];
    for (const as of strangers) {
      const answer = await call(as);
      expect([answer.status, answer.json.code]).toEqual([401, "not_signed_in"]);
    }
  });

  test.each(everybody.flatMap((role) => [role, `${role}'s key`]))("as %s", async (who) => {
    const role = who.replace("'s key", "") as Role;
    const answer = await call(headers[who]!);
    if (rule.who.includes(role)) expect([200, 201, 404]).toContain(answer.status);
    else expect([answer.status, answer.json.code]).toEqual([403, "not_allowed"]);
  });
});

test("roles grow: a supervisor may all that an agent may, an administrator everything", () => {
  const list = (role: Role): Permission[] => [...permissionsOf(role)].sort();
  expect(list("agent")).toEqual(["channels:read", "conversations:read", "conversations:write", "team:read"]);
  expect(list("supervisor")).toEqual([...list("agent"), "deliveries:read"].sort());
  expect(list("administrator")).toHaveLength(9);
});

test("a Bearer key stands before a cookie: a wrong key is not helped by a good session", async () => {
  const both = { ...headers.administrator!, authorization: "Bearer fl_wrong" };
  expect((await t.call("GET", "/me", { headers: both })).status).toBe(401);
});

test("routes are closed by default: one that is neither public nor names a permission cannot be registered", async () => {
  const open = createTestApp({
    build: teamOnly({ extra: (app) => app.get("/api/v1/forgotten", async () => "everybody may read this") }),
  });
  await expect(open).rejects.toThrow(/GET \/api\/v1\/forgotten is neither public nor names the permission/);
});
