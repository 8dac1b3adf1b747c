import type { Channel, GrantedPages, Problem } from "@firstline/contracts";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BLUE, BLUE_INSTAGRAM, KEVIN, startWorld, TEA, type World } from "../api/support/world.ts";
import { FakeClock, type Person } from "../harness/index.ts";

let w: World;
let admin: Person;
beforeEach(async () => {
  w = await startWorld({ clock: new FakeClock(Date.now()) });
  admin = await w.asMember("administrator", { name: "Olivia" });
});
afterEach(() => w.close());

const begin = async (who = admin) =>
  (await w.call<{ url: string }>("POST", "/channels/authorizations", { headers: who.headers, body: {} })).json.url;
/** What the browser does at Meta: shows the dialog, then posts its form. Gives the address it is sent back to. */
async function atMeta(url: string, choice: Record<string, string | string[]>): Promise<URL> {
  const dialog = await fetch(url);
  expect(dialog.status).toBe(200);
  const form = new URLSearchParams(new URL(url).searchParams);
  for (const [name, value] of Object.entries(choice)) for (const one of [value].flat()) form.append(name, one);
  const answer = await fetch(url.split("?")[0]!, { method: "POST", body: form, redirect: "manual" });
  expect(answer.status).toBe(302);
  return new URL(answer.headers.get("location")!);
}
/** Back at our server, in somebody's browser. Gives where it leads. */
async function back(to: URL, who: Person | null = admin) {
  const answer = await w.inject({ method: "GET", url: `${to.pathname}${to.search}`, headers: who?.headers ?? {} });
  return {
    status: answer.statusCode,
    query: new URL(String(answer.headers.location ?? "/"), "http://x").searchParams,
    path: String(answer.headers.location ?? "").split("?")[0],
  };
}
const allow = { user: KEVIN, pages: [BLUE, TEA], decision: "allow" };
const grantOf = async () => (await back(await atMeta(await begin(), allow))).query.get("grant")!;

test("through Meta's dialog: the Pages granted are listed with their Instagram accounts, the chosen ones are connected", async () => {
  const url = new URL(await begin());
  expect(url.pathname).toBe("/v26.0/dialog/oauth");
  expect(url.searchParams.get("redirect_uri")).toBe(
    `${w.deps.config.publicUrl}/api/v1/channels/authorizations/callback`,
  );
  expect(url.searchParams.get("scope")?.split(",")).toContain("pages_utility_messaging");
  expect(url.searchParams.get("state")!.length).toBeGreaterThanOrEqual(32);
  const returned = await back(await atMeta(url.href, allow));
  expect([returned.status, returned.path]).toEqual([302, "/settings/channels"]);
  const grant = returned.query.get("grant")!;
  const offered = await w.call<GrantedPages>("GET", `/channels/grants/${grant}`, { headers: admin.headers });
  const expected = [
    { platform: "messenger", externalId: BLUE, name: "Blue Harbour", connected: false, missing: [] },
    { platform: "instagram", externalId: BLUE_INSTAGRAM, name: "blueharbour", connected: false, missing: [] },
    { platform: "messenger", externalId: TEA, name: "Lantern Tea", connected: false, missing: [] },
  ];
  expect(offered.json.pages).toHaveLength(3);
  expect(offered.json.pages).toEqual(expect.arrayContaining(expected));
  const body = {
    pages: [
      { platform: "messenger", externalId: BLUE },
      { platform: "instagram", externalId: BLUE_INSTAGRAM },
    ],
  };
  const { status, json } = await w.call<{ channels: Channel[]; failures: unknown[] }>(
    "POST",
    `/channels/grants/${grant}`,
    { headers: admin.headers, body },
  );
  expect([status, json.channels.map((c) => [c.externalId, c.state]).sort(), json.failures]).toEqual([
    201,
    [
      [BLUE, "healthy"],
      [BLUE_INSTAGRAM, "healthy"],
    ].sort(),
    [],
  ]);
  // The long-lived token came first, so the Page's token has no end of its own.
  expect(json.channels[0]!.authorizers[0]!.expiresAt).toBeNull();
  const again = await w.call<GrantedPages>("GET", `/channels/grants/${grant}`, { headers: admin.headers });
  expect(
    again.json.pages
      .filter((p) => p.connected)
      .map((p) => p.externalId)
      .sort(),
  ).toEqual([BLUE, BLUE_INSTAGRAM].sort());
  await w.customerWrites(BLUE, "7400000000000001", "hello");
});

test("a Page that fails does not keep the others from being connected, and says why; one that was not granted is refused", async () => {
  const grant = await grantOf();
  await w.meta.faults({ nextGraph: [{ path: `${TEA}/subscribed_apps`, code: 10, message: "(#10) No" }] });
  const body = {
    pages: [
      { platform: "messenger", externalId: TEA },
      { platform: "messenger", externalId: "999" },
      { platform: "messenger", externalId: BLUE },
    ],
  };
  const { json } = await w.call<{ channels: Channel[]; failures: { externalId: string; problem: Problem }[] }>(
    "POST",
    `/channels/grants/${grant}`,
    { headers: admin.headers, body },
  );
  expect(json.channels.map((c) => c.externalId)).toEqual([BLUE]);
  expect(json.failures.map((f) => [f.externalId, f.problem.status])).toEqual([
    [TEA, 422],
    ["999", 404],
  ]);
});

test("a Page on which the person may not answer messages is offered with what it lacks", async () => {
  await w.meta.post(`/users/${KEVIN}/role`, { pageId: TEA, tasks: ["ANALYZE"] });
  const { json } = await w.call<GrantedPages>("GET", `/channels/grants/${await grantOf()}`, { headers: admin.headers });
  expect(json.pages.find((p) => p.externalId === TEA)!.missing.map((r) => r.code)).toEqual(["page_role_lost"]);
  expect(json.pages.find((p) => p.externalId === BLUE)!.missing).toEqual([]);
});

test("cancelled at Meta: back in the settings, told so, nothing changed", async () => {
  const returned = await back(await atMeta(await begin(), { decision: "cancel" }));
  expect([returned.path, returned.query.get("error"), returned.query.get("grant")]).toEqual([
    "/settings/channels",
    "not_allowed",
    null,
  ]);
  expect((await w.call<{ data: unknown[] }>("GET", "/channels", { headers: admin.headers })).json.data).toEqual([]);
});

test("a return into another person's session, a made-up one, a second use or no session at all connects nothing", async () => {
  const other = await w.asMember("administrator");
  const to = await atMeta(await begin(), allow);
  expect((await back(to, other)).query.get("error")).toBe("conflict");
  expect((await back(to, null)).status).toBe(401);
  const forged = new URL(to);
  forged.searchParams.set("state", "made-up");
  expect((await back(forged)).query.get("error")).toBe("conflict");
  const grant = (await back(to)).query.get("grant")!;
  expect((await back(to)).query.get("error")).toBe("conflict");
  for (const who of [other, await w.asMember("agent")])
    expect([403, 404]).toContain((await w.call("GET", `/channels/grants/${grant}`, { headers: who.headers })).status);
});

test("ten minutes are the life of a start and of a grant: later both lead nowhere", async () => {
  const to = await atMeta(await begin(), allow);
  w.clock.advance({ minutes: 10 });
  expect((await back(to)).query.get("error")).toBe("conflict");
  w.clock.set(Date.now());
  const grant = await grantOf();
  w.clock.advance({ minutes: 10 });
  expect((await w.call("GET", `/channels/grants/${grant}`, { headers: admin.headers })).status).toBe(404);
  expect(
    (
      await w.call("POST", `/channels/grants/${grant}`, {
        headers: admin.headers,
        body: { pages: [{ platform: "messenger", externalId: BLUE }] },
      })
    ).status,
  ).toBe(404);
});

test("a code Meta no longer takes leads back with the reason; the tokens of a grant are kept sealed", async () => {
  const to = await atMeta(await begin(), allow);
  to.searchParams.set("code", "AQinvalid");
  expect((await back(to)).query.get("error")).not.toBeNull();
  await grantOf();
  const { rows } = await sql<{ text: string }>`select channel_grant::text as text from channel_grant`.execute(
    w.deps.db,
  );
  const { users } = await w.meta.get<{ users: { accessToken: string | null }[] }>("/state");
  for (const { accessToken } of users)
    for (const row of rows) expect(row.text).not.toContain(Buffer.from(accessToken ?? "none").toString("hex"));
});
