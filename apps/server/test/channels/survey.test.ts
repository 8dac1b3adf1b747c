import type { ChannelHealth, ChannelRouting } from "@firstline/contracts";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { until } from "../api/support/until.ts";
import { ANN, BLUE, BLUE_INSTAGRAM, KEVIN, startWorld, surveyed, type World } from "../api/support/world.ts";

const SALES_BOT = "1900000000000777";
let w: World;
let id: string;
beforeEach(async () => {
  w = await startWorld();
  id = (await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE))).json.id;
  await surveyed(w, id);
});
afterEach(() => w.close());

const routing = async (query: Record<string, string> = {}, headers: Record<string, string> = w.apiKey) =>
  (await w.call<ChannelRouting>("GET", `/channels/${id}/routing`, { headers, query })).json;
const refreshed = () => routing({ refresh: "true" });
const routeTo = (defaultAppId: string) =>
  w.meta.put(`/pages/${BLUE}/routing`, { platform: "messenger", enabled: true, defaultAppId });
const check = async (code: string) =>
  (await w.call<ChannelHealth>("GET", `/channels/${id}/health`, { headers: w.apiKey })).json.checks.find(
    (c) => c.code === code,
  )!;

test("R4 connecting surveys the Page: our app with its fields, no other, every app gets every event", async () => {
  const found = await routing();
  expect(found).toMatchObject({ mode: "all_apps", defaultApp: null, apps: [{ appId: w.sim.app.id, ours: true }] });
  expect(found.apps[0]!.fields).toEqual(expect.arrayContaining(["messages", "standby"]));
  expect(found.clicks.map((c) => c.formerly ?? "").join()).toContain("Handover Protocol");
});

test("R4 a refresh finds another app by name, and the health warns of two that answer the same customer", async () => {
  await w.meta.post(`/pages/${BLUE}/apps`, {});
  const found = await refreshed();
  expect(found.apps.map((a) => [a.name, a.ours])).toEqual([
    ["Firstline (local)", true],
    ["Sales Bot", false],
  ]);
  const apps = await check("other_apps");
  expect([apps.status, apps.evidence]).toEqual(["warn", expect.stringContaining("Sales Bot")]);
  expect(apps.fix).toContain("Business Apps");
});

test("R4 the default app is learned from what Meta tells of a thread's owner: ours where the owner is named, another's where not", async () => {
  await w.meta.post(`/pages/${BLUE}/apps`, {});
  await routeTo(w.sim.app.id);
  await w.customerWrites(BLUE, ANN, "hello");
  expect(await refreshed()).toMatchObject({ mode: "routing", defaultApp: null });
  expect((await check("default_app")).status).toBe("unknown");

  await w.meta.post(`/pages/${BLUE}/customers/${ANN}/control`, { to: SALES_BOT });
  expect((await refreshed()).defaultApp).toMatchObject({ ours: true, name: "Firstline (local)" });
  expect((await check("default_app")).status).toBe("ok");

  await routeTo(SALES_BOT);
  expect((await refreshed()).defaultApp).toMatchObject({ ours: false, appId: null });
  expect((await check("default_app")).status).toBe("warn");

  await w.meta.put(`/pages/${BLUE}/routing`, { platform: "messenger", enabled: false });
  expect(await refreshed()).toMatchObject({ mode: "all_apps", defaultApp: null });
});

test("R4 what Meta does not answer leaves what was known, and says unknown where nothing was", async () => {
  await w.meta.post(`/pages/${BLUE}/apps`, {});
  await refreshed();
  await w.meta.faults({ nextGraph: [{ path: "subscribed_apps", code: 2 }] });
  expect((await refreshed()).apps).toHaveLength(2);
  await w.meta.faults({ nextGraph: [{ path: "subscribed_apps", code: 2 }] });
  expect((await check("other_apps")).status).toBe("unknown");
  await sql`update channel set apps = null, routing = null, surveyed_at = null where id = ${id}`.execute(w.deps.db);
  expect(await routing()).toMatchObject({ surveyedAt: null, mode: "unknown", apps: [], defaultApp: null });
});

test("I1 R4 an Instagram account has its own mode and its own clicks, told in the reader's language", async () => {
  id = (await w.connect("instagram", BLUE_INSTAGRAM, await w.meta.pageToken(KEVIN, BLUE))).json.id;
  await routeTo(w.sim.app.id);
  const found = await refreshed();
  expect(found.mode).toBe("all_apps");
  expect(found.clicks.map((c) => c.steps).join()).toContain("Instagram Conversation Routing");
  const zh = await routing({}, { ...w.apiKey, "accept-language": "zh-TW" });
  for (const click of zh.clicks) expect(click.title).toMatch(/\p{Script=Han}/u);
});

test("R2 conversations that Meta's AI holds are counted while it does: with routing off nobody can take them over from here", async () => {
  await w.customerWrites(BLUE, ANN, "hello");
  expect((await check("takeover")).status).toBe("ok");
  await w.meta.post(`/pages/${BLUE}/customers/${ANN}/meta-ai`, {});
  await until("it is held", async () => (await w.conversationOf(ANN))?.heldBy);
  const stuck = await check("takeover");
  expect([stuck.status, stuck.evidence]).toEqual(["warn", expect.stringMatching(/^1 /)]);
  expect(stuck.fix).toContain("Meta Business Suite");
});
