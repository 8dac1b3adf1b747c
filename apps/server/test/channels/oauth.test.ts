import type { Channel, Problem } from "@firstline/contracts";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BLUE, BLUE_INSTAGRAM, startWorld, TEA, type World } from "../api/support/world.ts";
import { FakeClock, type Person } from "../harness/index.ts";
import { loginOf } from "./support/dialog.ts";

let w: World;
let admin: Person;
let login: ReturnType<typeof loginOf>;
beforeAll(async () => {
  w = await startWorld({ clock: new FakeClock(Date.now()) });
  admin = await w.asMember("administrator", { name: "Olivia" });
  login = loginOf(w, admin);
});
afterAll(() => w.close());

const choose = (grant: string, pages: [Channel["platform"], string][]) =>
  w.call<{ channels: Channel[]; failures: { externalId: string; problem: Problem }[] }>(
    "POST",
    `/channels/grants/${grant}`,
    {
      headers: admin.headers,
      body: { pages: pages.map(([platform, externalId]) => ({ platform, externalId })) },
    },
  );

test("S5 cancelled, refused and any other answer of the dialog: back in the settings with its own words, nothing changed", async () => {
  const { atMeta, back, begin } = login;
  const cancelled = await back(await atMeta(await begin(), { decision: "cancel" }));
  expect([cancelled.path, cancelled.query.get("error"), cancelled.query.get("grant")]).toEqual([
    "/settings/channels",
    "connection_cancelled",
    null,
  ]);
  const answers = async (parameters: Record<string, string>) => {
    const to = new URL(`${w.deps.config.publicUrl}/api/v1/channels/authorizations/callback`);
    to.search = new URLSearchParams({
      state: new URL(await begin()).searchParams.get("state")!,
      ...parameters,
    }).toString();
    const { query } = await back(to);
    return [query.get("error"), query.get("detail")];
  };
  expect(await answers({ error: "server_error", error_description: "Try later" })).toEqual([
    "connection_refused",
    "Try later",
  ]);
  expect(await answers({ error_code: "1349126", error_message: "App Not Setup" })).toEqual([
    "connection_refused",
    "App Not Setup",
  ]);
  expect(await answers({})).toEqual(["connection_refused", ""]);
  expect((await answers({ code: "AQinvalid" }))[0]).toBe("connection_expired");
  expect((await w.call<{ data: unknown[] }>("GET", "/channels", { headers: admin.headers })).json.data).toEqual([]);
});

test("through Meta's dialog: the Pages granted are listed with their Instagram accounts, the chosen ones are connected", async () => {
  const { allow, atMeta, back, begin, offered } = login;
  const url = new URL(await begin());
  expect(url.pathname).toBe("/v26.0/dialog/oauth");
  expect(url.searchParams.get("redirect_uri")).toBe(
    `${w.deps.config.publicUrl}/api/v1/channels/authorizations/callback`,
  );
  const asked = url.searchParams.get("scope")?.split(",");
  for (const useful of ["pages_utility_messaging", "pages_read_user_content", "instagram_manage_comments"])
    expect(asked).toContain(useful);
  expect(url.searchParams.get("state")!.length).toBeGreaterThanOrEqual(32);
  const returned = await back(await atMeta(url.href, allow));
  expect([returned.status, returned.path]).toEqual([302, "/settings/channels"]);
  const grant = await offered(returned.query.get("grant")!);
  const whole = { connected: false, missing: [], missingPermissions: [], notes: [], without: [] };
  expect(grant).toMatchObject({ by: { kind: "person", name: "Kevin Chou" }, declined: [], nothing: null });
  expect(grant.pages.filter((p) => p.externalId !== TEA)).toEqual([
    { platform: "messenger", externalId: BLUE, name: "Blue Harbour", pageName: "Blue Harbour", ...whole },
    { platform: "instagram", externalId: BLUE_INSTAGRAM, name: "blueharbour", pageName: "Blue Harbour", ...whole },
  ]);
  expect(grant.pages.find((p) => p.externalId === TEA)).toMatchObject({ missing: [], connected: false });

  const { status, json } = await choose(grant.grantId, [
    ["messenger", BLUE],
    ["instagram", BLUE_INSTAGRAM],
  ]);
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
  const again = await offered(grant.grantId);
  expect(
    again.pages
      .filter((p) => p.connected)
      .map((p) => p.externalId)
      .sort(),
  ).toEqual([BLUE, BLUE_INSTAGRAM].sort());
  await w.customerWrites(BLUE, "7400000000000001", "hello");
});

test("a Page that fails does not keep the others from being connected, and says why; one that was not granted is refused", async () => {
  const { grantId } = await login.grantOf();
  await w.meta.faults({ nextGraph: [{ path: `${TEA}/subscribed_apps`, code: 10, message: "(#10) No" }] });
  const { json } = await choose(grantId, [
    ["messenger", TEA],
    ["messenger", "999"],
    ["messenger", BLUE],
  ]);
  expect(json.channels.map((c) => c.externalId)).toEqual([BLUE]);
  expect(json.failures.map((f) => [f.externalId, f.problem.status])).toEqual([
    [TEA, 422],
    ["999", 404],
  ]);
});

test("a return into another person's session, a made-up one or no session at all connects nothing and says which it is", async () => {
  const { allow, atMeta, back, begin } = login;
  const other = await w.asMember("administrator");
  const agent = await w.asMember("agent");
  const to = await atMeta(await begin(), allow);
  const error = async (url: URL, who: Person | null) => (await back(url, who)).query.get("error");
  expect(await error(to, other)).toBe("connection_other_session");
  expect(await error(to, null)).toBe("not_signed_in");
  expect(await error(to, agent)).toBe("not_allowed");
  const forged = new URL(to);
  forged.searchParams.set("state", "made-up");
  expect(await error(forged, admin)).toBe("connection_expired");
  const grant = (await back(to)).query.get("grant")!;
  for (const who of [other, agent])
    expect([403, 404]).toContain((await w.call("GET", `/channels/grants/${grant}`, { headers: who.headers })).status);
});

test("two tabs: each login leads to its own choice, and the same answer opened twice, even at once, to one and the same", async () => {
  const { allow, atMeta, back, begin } = login;
  const [older, newer] = [await begin(), await begin()];
  const second = (await back(await atMeta(newer, allow))).query.get("grant")!;
  const to = await atMeta(older, allow);
  const both = await Promise.all([back(to), back(to)]);
  const first = both.find((b) => b.query.get("grant"))!.query.get("grant")!;
  // Whoever was late to redeem the code either finds the choice or is told that the other tab has it.
  for (const { query } of both) expect([first, "connection_used"]).toContain(query.get("grant") ?? query.get("error"));
  expect((await back(to)).query.get("grant")).toBe(first);
  expect(first).not.toBe(second);
  for (const grant of [first, second])
    expect((await choose(grant, [["messenger", BLUE]])).json.channels.map((c) => c.externalId)).toEqual([BLUE]);
  const { data } = (await w.call<{ data: Channel[] }>("GET", "/channels", { headers: admin.headers })).json;
  expect(data.filter((c) => c.externalId === BLUE)).toHaveLength(1);
});

test("a code that was redeemed elsewhere, or came with another address, is named as that", async () => {
  const { allow, atMeta, back, begin } = login;
  const redeemed = await atMeta(await begin(), allow);
  const { app } = w.sim;
  const query = new URLSearchParams({
    client_id: app.id,
    client_secret: app.secret,
    redirect_uri: `${redeemed.origin}${redeemed.pathname}`,
    code: redeemed.searchParams.get("code")!,
  });
  expect((await fetch(`${w.sim.url}/oauth/access_token?${query}`)).status).toBe(200);
  expect((await back(redeemed)).query.get("error")).toBe("connection_used");

  const url = new URL(await begin());
  url.searchParams.set("redirect_uri", "https://elsewhere.example/back");
  const strange = await atMeta(url.href, allow);
  const to = new URL(`${w.deps.config.publicUrl}/api/v1/channels/authorizations/callback${strange.search}`);
  expect((await back(to)).query.get("error")).toBe("connection_address_refused");
});

test("ten minutes are the life of a start and of a grant: later both lead nowhere", async () => {
  const { allow, atMeta, back, begin, grantOf } = login;
  const to = await atMeta(await begin(), allow);
  w.clock.advance({ minutes: 10 });
  expect((await back(to)).query.get("error")).toBe("connection_expired");
  w.clock.set(Date.now());
  const { grantId, expiresAt } = await grantOf();
  expect(Date.parse(expiresAt) - w.clock.now()).toBe(10 * 60_000);
  w.clock.advance({ minutes: 10 });
  expect((await w.call("GET", `/channels/grants/${grantId}`, { headers: admin.headers })).status).toBe(404);
  expect((await choose(grantId, [["messenger", BLUE]])).status).toBe(404);
});

test("the tokens of a grant are kept sealed", async () => {
  await login.grantOf();
  const { rows } = await sql<{ text: string }>`select channel_grant::text as text from channel_grant`.execute(
    w.deps.db,
  );
  const { users } = await w.meta.get<{ users: { accessToken: string | null }[] }>("/state");
  for (const { accessToken } of users)
    for (const row of rows) expect(row.text).not.toContain(Buffer.from(accessToken ?? "none").toString("hex"));
});
