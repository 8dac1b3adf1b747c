import type { Trace } from "@firstline/contracts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { BLUE, KEVIN, surveyed, type World } from "../api/support/world.ts";
import { connectedWorld, customerPath, newCustomer, type PlatformName, settled } from "../reconcile/support.ts";

let w: World & { channels: Record<PlatformName, string> };
beforeAll(async () => {
  w = await connectedWorld();
});
afterAll(() => w.close());
beforeEach(() => w.meta.clearFaults());

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const iso = (ago: number) => new Date(Date.now() - ago).toISOString();
/** The reasons of a trace, by code. */
async function reasons(contactExternalId: string, platform: PlatformName = "messenger", from = HOUR, to = -HOUR) {
  const query = { channelId: w.channels[platform], contactExternalId, from: iso(from), to: iso(to) };
  const { json } = await w.call<Trace>("GET", "/trace", { headers: w.apiKey, query });
  return { ...json, of: (code: string) => json.reasons.find((r) => r.code === code) };
}

test("R6 a Page whose subscription lacks standby while Meta's AI answers: total silence, and the reason is found", async () => {
  const id = await newCustomer(w, "messenger");
  await w.customerWrites(BLUE, id, "before");
  await w.meta.post(`${customerPath(id)}/meta-ai`, {});
  await settled(w);
  const accessToken = await w.meta.pageToken(KEVIN, BLUE);
  const query = new URLSearchParams({ access_token: accessToken, subscribed_fields: "messages,message_echoes" });
  await fetch(`${w.sim.url}/${BLUE}/subscribed_apps?${query}`, { method: "POST" });
  const { mid } = await w.meta.post<{ mid: string }>(`${customerPath(id)}/messages`, { text: "unheard" });
  await settled(w);
  expect(await w.deps.db.selectFrom("message").select("id").where("external_id", "=", mid).execute()).toEqual([]);
  const found = await reasons(id);
  expect(found.verdict).toBe("recovered");
  expect(found.of("standby_not_subscribed")).toMatchObject({ status: "found", owner: "operator" });
  expect(found.of("other_app_holds")!.status).toBe("found");
  await w.connect("messenger", BLUE, accessToken);
  // The self-test that follows reads Meta's record too, and would take a fault meant for the next test.
  await surveyed(w, w.channels.messenger);
  expect((await reasons(id)).of("standby_not_subscribed")!.status).toBe("ruled_out");
});

test("R6 another app on the Page is named as possible", async () => {
  const id = await newCustomer(w, "messenger");
  await w.meta.post(`/pages/${BLUE}/apps`, {});
  expect((await reasons(id)).of("other_app_holds")).toMatchObject({
    status: "possible",
    evidence: expect.stringContaining("Sales Bot"),
  });
  await fetch(`${w.sim.url}/_sim/pages/${BLUE}/apps/1900000000000777`, { method: "DELETE" });
  expect((await reasons(id)).of("other_app_holds")!.status).toBe("ruled_out");
});

test("R6 an app without Advanced Access is found from Meta's refusal to show the conversation", async () => {
  const id = await newCustomer(w, "instagram");
  const message =
    "(#200) App does not have Advanced Access to instagram_manage_messages permission, and recipient user does not have role on app";
  await w.meta.faults({ nextGraph: [{ path: "conversations", code: 200, status: 403, message }] });
  const found = await reasons(id, "instagram");
  expect([found.verdict, found.of("app_not_open_to_all")!.status]).toEqual(["not_found", "found"]);
});

test("R6 a Page that Meta blocks is found from its notice, and free again after the next one", async () => {
  const id = await newCustomer(w, "messenger");
  await w.meta.post(`/pages/${BLUE}/policy`, { action: "block", reason: "spam" });
  await settled(w);
  expect((await reasons(id)).of("page_restricted")!.status).toBe("found");
  await w.meta.post(`/pages/${BLUE}/policy`, { action: "unblock" });
  await settled(w);
  expect((await reasons(id)).of("page_restricted")!.status).toBe("ruled_out");
});

test("R6 a customer Meta does not let us reach is possibly one who blocked the Page; one who was reached is not", async () => {
  const id = await newCustomer(w, "messenger");
  const { id: conversationId } = await w.customerWrites(BLUE, id, "hi");
  await w.meta.faults({ lose: { rate: 1, customerId: id } });
  await w.meta.post(`${customerPath(id)}/messages`, { text: "lost" });
  const { json: sent } = await w.reply(conversationId, { text: "hello" });
  await w.becomes(sent, "sent", "delivered", "read");
  expect((await reasons(id)).of("customer_blocked")!.status).toBe("ruled_out");
  await w.meta.faults({ nextSend: [{ code: 551, message: "This person isn't available right now." }] });
  const { json: failed } = await w.reply(conversationId, { text: "hello?" });
  await w.becomes(failed, "failed");
  expect((await reasons(id)).of("customer_blocked")!.status).toBe("possible");
});

test("R6 a time long ago: the requests folder and removed deliveries are named, for Meta's record leaves them out", async () => {
  const id = await newCustomer(w, "messenger");
  const found = await reasons(id, "messenger", 45 * DAY, 40 * DAY);
  expect(found.verdict).toBe("not_found");
  expect(found.of("requests_folder")!.status).toBe("possible");
  expect(found.of("own_reading")).toMatchObject({ status: "unknown", evidence: expect.stringContaining("removed") });
  expect(found.of("not_connected")!.status).toBe("found");
});

test("R6 a time in which this server could not receive is found", async () => {
  const id = await newCustomer(w, "messenger");
  expect((await reasons(id)).of("own_outage")!.status).not.toBe("found");
  await w.deps.db
    .insertInto("reconciliation")
    .values({
      workspace_id: w.workspaceId,
      channel_id: w.channels.messenger,
      reason: "outage",
      state: "done",
      from_at: new Date(Date.now() - HOUR),
      started_at: new Date(),
    })
    .execute();
  expect((await reasons(id)).of("own_outage")).toMatchObject({ status: "found", owner: "operator" });
});

test("R6 Meta out of reach: the answer says so, in bounded time, and claims nothing", async () => {
  const id = await newCustomer(w, "messenger");
  await w.meta.faults({
    nextGraph: Array.from({ length: 12 }, () => ({ path: "conversations", code: 2, status: 500, isTransient: true })),
  });
  const found = await reasons(id);
  expect(found).toMatchObject({ verdict: "not_found", title: expect.stringContaining("could not be read") });
  expect(found.of("requests_folder")!.status).toBe("unknown");
});
