import type { ChannelHealth } from "@firstline/contracts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ANN, BLUE, KEVIN, startWorld, surveyed, type World } from "../api/support/world.ts";
import { cutDatabase, FakeClock } from "../harness/index.ts";

let w: World;
let id: string;
let token: string;
beforeEach(async () => {
  w = await startWorld({ clock: new FakeClock(Date.now()) });
  token = await w.meta.pageToken(KEVIN, BLUE);
  id = (await w.connect("messenger", BLUE, token)).json.id;
  await surveyed(w, id);
});
afterEach(() => w.close());

const health = async (headers = w.apiKey as Record<string, string>) =>
  (await w.call<ChannelHealth>("GET", `/channels/${id}/health`, { headers })).json;
const check = async (code: string) => (await health()).checks.find((c) => c.code === code)!;
const graph = (method: string, path: string, query: Record<string, string>) =>
  fetch(`${w.sim.url}${path}?${new URLSearchParams(query)}`, { method });

test("a channel in order shows every check with its evidence: token, permissions, both subscriptions, our callback, last event", async () => {
  await w.customerWrites(BLUE, ANN, "hello");
  const { state, checks } = await health();
  expect(state).toBe("healthy");
  const byCode = Object.fromEntries(checks.map((c) => [c.code, c.status]));
  expect(byCode).toMatchObject({
    access_token: "ok",
    access_expiry: "ok",
    data_access: "ok",
    permissions: "ok",
    page_subscription: "ok",
    app_subscription: "ok",
    callback: "ok",
    last_event: "ok",
    restriction: "ok",
  });
  for (const c of checks) expect([c.code, c.title.length > 0, c.evidence.length > 0]).toEqual([c.code, true, true]);
  expect(checks.find((c) => c.code === "callback")!.evidence).toContain(w.deps.config.publicUrl);
});

test("R1 what nobody can see is listed as a blind spot, not as healthy", async () => {
  expect(await check("page_to_page")).toMatchObject({ group: "blind_spots", status: "unknown" });
});

test("R4 a Page that lost its subscription is found, with what is missing and who mends it; the channel counts as degraded", async () => {
  await graph("DELETE", `/${BLUE}/subscribed_apps`, { access_token: token });
  const found = await check("page_subscription");
  expect(found).toMatchObject({ status: "fail", group: "receiving" });
  expect(found.evidence).toContain("messages");
  expect(found.fix).not.toBe("");
  expect((await health()).state).toBe("degraded");
});

test("R4 a callback address that is not ours, or none, is found", async () => {
  await graph("DELETE", `/${w.sim.app.id}/subscriptions`, {
    access_token: `${w.sim.app.id}|${w.sim.app.secret}`,
    object: "page",
  });
  expect((await check("callback")).status).toBe("fail");
  expect((await check("app_subscription")).status).toBe("fail");
  await w.connect("messenger", BLUE, token);
  expect((await check("callback")).status).toBe("ok");
  w.deps.config.publicUrl = "https://moved.example.test";
  expect(await check("callback")).toMatchObject({
    status: "fail",
    evidence: expect.stringContaining("moved.example.test"),
  });
});

test("S4 a dead token is found by the check itself: reason, owner and state in one answer", async () => {
  await w.meta.post(`/users/${KEVIN}/password`);
  const { state, checks } = await health();
  expect(state).toBe("needs_reauthorization");
  expect(checks.find((c) => c.code === "access_token")).toMatchObject({ status: "fail", owner: "administrator" });
});

test("what could not be read is unknown, never in order, and the channel is not blamed for it", async () => {
  await w.meta.faults({
    nextGraph: [
      { path: "debug_token", code: 2 },
      { path: "subscribed_apps", code: 2 },
      { path: "subscriptions", cut: "before" },
    ],
  });
  const { state, checks } = await health();
  const byCode = Object.fromEntries(checks.map((c) => [c.code, c.status]));
  expect(byCode).toMatchObject({
    access_token: "unknown",
    permissions: "unknown",
    page_subscription: "unknown",
    app_subscription: "unknown",
    callback: "unknown",
  });
  expect(state).toBe("healthy");
});

test("silence of a week is a warning; a disconnected channel has one line only", async () => {
  await w.customerWrites(BLUE, ANN, "hello");
  w.clock.advance({ days: 8 });
  expect((await check("last_event")).status).toBe("warn");
  await w.call("DELETE", `/channels/${id}`, { headers: w.apiKey });
  const { state, checks } = await health();
  expect([state, checks.map((c) => c.code)]).toEqual(["disconnected", ["connection"]]);
});

test("the checks speak the reader's language", async () => {
  const { checks } = await health({ ...w.apiKey, "accept-language": "zh-TW" });
  for (const c of checks) expect(c.title).toMatch(/\p{Script=Han}/u);
});

test("the probes of operators: alive without a database, ready only with one, figures without secrets", async () => {
  const get = async (path: string) => (await w.inject({ method: "GET", url: path })).statusCode;
  expect([await get("/healthz"), await get("/readyz")]).toEqual([200, 200]);
  const metrics = (await w.inject({ method: "GET", url: "/metrics" })).body;
  for (const name of ["firstline_deliveries_received_total", "firstline_sends_total", "firstline_realtime_clients"])
    expect(metrics).toContain(name);
  const restore = await cutDatabase(w.deps);
  expect([await get("/healthz"), await get("/readyz")]).toEqual([200, 503]);
  restore();
  expect(await get("/readyz")).toBe(200);
});
