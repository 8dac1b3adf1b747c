import type { Role } from "@firstline/contracts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Answer, createTestApp, type TestApp } from "../harness/index.ts";
import { type Contract, readContract } from "./support/contract.ts";
import { everything } from "./support/everything.ts";
import { routesOf } from "./support/routes.ts";
import { SHELL, WHO } from "./support/who.ts";

const NOBODY = "01890000-0000-7000-8000-000000000000";
const ROLES: readonly Role[] = ["agent", "supervisor", "administrator"];
/** Never ends by itself; who may open it is decided before it begins. */
const STREAM = "GET /api/v1/events";

let t: TestApp;
let contract: Contract;
/** A session and a key of each role. */
const people: { role: Role; as: string; headers: Record<string, string> }[] = [];

beforeAll(async () => {
  t = await createTestApp();
  contract = await readContract(t);
  for (const role of ROLES) {
    people.push({ role, as: role, headers: (await t.asMember(role)).headers });
    const key = await t.call<{ key: string }>("POST", "/api-keys", { headers: t.apiKey, body: { name: role, role } });
    people.push({ role, as: `${role}'s key`, headers: { authorization: `Bearer ${key.json.key}` } });
  }
});
afterAll(() => t.close());

const split = (route: string) => route.split(" ") as ["GET", string];
const address = (path: string) =>
  path.replace("/deliveries/:id", "/deliveries/1").replace(/:\w+/g, NOBODY).replace("*", "x");
async function call(route: string, headers: Record<string, string>): Promise<Answer<{ code?: string } | null>> {
  const [method, path] = split(route);
  const payload = method === "GET" || method === "DELETE" ? {} : { payload: {} };
  const answer = await t.inject({ method, url: address(path), headers, ...payload });
  const json = /json/.test(String(answer.headers["content-type"])) && answer.body ? answer.json() : null;
  return { status: answer.statusCode, headers: answer.headers, json, text: answer.body };
}
const closed = () => Object.entries(WHO).filter((e): e is [string, readonly Role[]] => e[1] !== "public");

test("every route of the server says in the table who may call it, and every line of the table has its route", () => {
  const routes = routesOf(t.app.http).filter((route) => !SHELL.test(route));
  expect(routes.sort()).toEqual(Object.keys(WHO).sort());
  const described = contract.operations.map((o) => `${o.method} ${o.path.replace(/\{(\w+)\}/g, ":$1")}`);
  expect(described.filter((route) => !WHO[route])).toEqual([]);
});

test("every closed route needs somebody: 401 without credentials, with a wrong key, a forged session or another scheme", async () => {
  const before = await everything(t);
  for (const [route] of closed())
    for (const headers of [
      {},
      { authorization: "Bearer fl_nobody_knows_this_key" },
      { cookie: "better-auth.session_token=abc.def" },
      { authorization: "Basic eDp5" },
    ] as Record<string, string>[]) {
      const answer = await call(route, headers);
      expect({ route, status: answer.status, code: answer.json?.code }).toEqual({
        route,
        status: 401,
        code: "not_signed_in",
      });
      contract.check(split(route)[0], address(split(route)[1]), answer);
    }
  expect(await everything(t)).toEqual(before);
});

test("who is not named for a route hears 403, by session and by key, and nothing changes", async () => {
  const before = await everything(t);
  for (const [route, roles] of closed())
    for (const { as, headers } of people.filter((p) => !roles.includes(p.role))) {
      const answer = await call(route, headers);
      expect({ route, as, status: answer.status, code: answer.json?.code }).toEqual({
        route,
        as,
        status: 403,
        code: "not_allowed",
      });
      contract.check(split(route)[0], address(split(route)[1]), answer);
    }
  expect(await everything(t)).toEqual(before);
});

test("who is named for a route is let in, by session and by key", async () => {
  for (const [route, roles] of closed().filter(([name]) => name !== STREAM))
    for (const { as, headers } of people.filter((p) => roles.includes(p.role))) {
      const { status, json } = await call(route, headers);
      const turnedAway = status === 401 || json?.code === "not_allowed" || status >= 500;
      expect({ route, as, turnedAway: turnedAway && status }).toEqual({ route, as, turnedAway: false });
    }
});

test("public routes are open to anybody, and are no more than these", async () => {
  const open = Object.keys(WHO).filter((route) => WHO[route] === "public");
  expect(open.filter((route) => route.includes(" /api/v1/"))).toEqual([
    "GET /api/v1/setup",
    "POST /api/v1/setup",
    "GET /api/v1/invitations/by-token/:token",
    "POST /api/v1/invitations/by-token/:token/accept",
    "GET /api/v1/reauthorizations/by-token/:token",
    "POST /api/v1/reauthorizations/by-token/:token/start",
    "GET /api/v1/reauthorizations/results/:state",
    "GET /api/v1/openapi.json",
  ]);
  for (const route of open.filter((r) => !r.includes("/api/auth/")))
    expect({ route, code: (await call(route, {})).json?.code }).not.toEqual({ route, code: "not_signed_in" });
});
