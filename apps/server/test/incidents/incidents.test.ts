import type { Channel, Incident } from "@firstline/contracts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openStream } from "../api/support/stream.ts";
import { until } from "../api/support/until.ts";
import { BLUE, KEVIN, MEI, startWorld, surveyed, TEA, type World } from "../api/support/world.ts";
import { FakeClock } from "../harness/index.ts";

let w: World;
let clock: FakeClock;
let id: string;
beforeEach(async () => {
  clock = new FakeClock(Date.now());
  w = await startWorld({ clock });
  id = (await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE))).json.id;
  await surveyed(w, id);
});
afterEach(() => w.close());

const headers = () => w.apiKey as Record<string, string>;
const incidents = async (query: Record<string, string> = { open: "true" }) =>
  (await w.call<{ data: Incident[] }>("GET", "/incidents", { headers: headers(), query })).json.data;
const codes = async (query?: Record<string, string>) => (await incidents(query)).map((i) => i.code);
const channel = async () => (await w.call<Channel>("GET", `/channels/${id}`, { headers: headers() })).json;
const rows = () => w.deps.db.selectFrom("incident").selectAll().orderBy("since").execute();
/** One look of the schedule at every channel, awaited by what it writes. */
async function looked(what: string, holds: () => Promise<boolean>): Promise<void> {
  await w.deps.jobs.add("incidents.watch", [{ data: {} }]);
  await until(what, holds);
}
const dropSubscription = async () =>
  fetch(`${w.sim.url}/${BLUE}/subscribed_apps?access_token=${await w.meta.pageToken(KEVIN, BLUE)}`, {
    method: "DELETE",
  });
const seen = (code: string) => async () => (await rows()).some((r) => r.code === code);

test("S3 a channel that stops is one incident a moment later, without any schedule; it ends when the channel is back, and says since when", async () => {
  await w.meta.post(`/users/${KEVIN}/password`);
  await w.deps.jobs.add("channels.tokens", [{ data: {} }]);
  await until("it is open", async () => (await codes()).includes("channel_needs_reauthorization"));
  const [open] = await incidents();
  expect(open).toMatchObject({
    channelId: id,
    severity: "critical",
    title: expect.stringContaining("password"),
    since: (await channel()).stateSince,
    until: null,
  });
  await w.connect("messenger", BLUE, await w.meta.pageToken(MEI, BLUE));
  await until("it is over", async () => (await codes()).length === 0);
  const over = await incidents({ open: "false" });
  expect(over.map((i) => [i.id, i.until !== null])).toEqual([[open?.id, true]]);
});

test("S3 what comes back within the hour is the same incident, after the hour a new one", async () => {
  const kill = async (user: string) => {
    await w.meta.post(`/users/${user}/password`);
    await w.deps.jobs.add("channels.tokens", [{ data: {} }]);
    await until("it is open", async () => (await codes()).includes("channel_needs_reauthorization"));
  };
  const cure = async (user: string) => {
    await w.connect("messenger", BLUE, await w.meta.pageToken(user, BLUE));
    await until("it is over", async () => (await codes()).length === 0);
  };
  await kill(KEVIN);
  await cure(MEI);
  clock.advance({ minutes: 50 });
  await kill(MEI);
  expect((await rows()).map((r) => r.reopened)).toEqual([1]);
  await cure(KEVIN);
  clock.advance({ minutes: 61 });
  await kill(KEVIN);
  expect((await rows()).map((r) => r.code)).toEqual(["channel_needs_reauthorization", "channel_needs_reauthorization"]);
});

test("O3 a spare authoriser that dies is told, by name, although nothing was interrupted; a new one ends it", async () => {
  await w.connect("messenger", BLUE, await w.meta.pageToken(MEI, BLUE));
  await w.meta.post(`/users/${KEVIN}/password`);
  await w.deps.jobs.add("channels.tokens", [{ data: {} }]);
  await until("the loss is told", async () => (await codes()).includes("authorizer_lost"));
  expect((await channel()).state).toBe("healthy");
  expect((await incidents())[0]).toMatchObject({ severity: "warning", title: expect.stringContaining("took over") });
  await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
  await until("it is over", async () => (await codes()).length === 0);
});

test("R5 a failed check opens at the second look, makes the channel degraded, and one good look ends both", async () => {
  await dropSubscription();
  await looked("it was seen once", seen("page_subscription"));
  expect(await codes()).toEqual([]);
  expect((await channel()).state).toBe("healthy");
  clock.advance({ minutes: 10 });
  await looked("it is degraded", async () => (await channel()).state === "degraded");
  expect(await codes()).toContain("page_subscription");
  await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
  await looked("it is over", async () => (await codes()).length === 0);
  await until("it is well", async () => (await channel()).state === "healthy");
});

test("a wrong callback is one incident for all channels of the platform, and each of them is degraded", async () => {
  const other = await w.connect("messenger", TEA, await w.meta.pageToken(MEI, TEA));
  const ids = [id, other.json.id];
  w.deps.config.publicUrl = "https://moved.example.test";
  await looked("it was seen once", seen("callback"));
  clock.advance({ minutes: 10 });
  await looked("it is open", async () => (await codes()).includes("callback"));
  const found = (await incidents()).filter((i) => i.code === "callback");
  expect(found).toMatchObject([{ channelId: null, platform: "messenger", owner: "operator" }]);
  for (const each of ids)
    await until("degraded", async () => {
      const { json } = await w.call<Channel>("GET", `/channels/${each}`, { headers: headers() });
      return json.state === "degraded";
    });
});

test("S3 a look never writes over a channel that needs reauthorisation", async () => {
  await dropSubscription();
  await looked("it was seen once", seen("page_subscription"));
  clock.advance({ minutes: 10 });
  await looked("it is degraded", async () => (await channel()).state === "degraded");
  await w.meta.post(`/users/${KEVIN}/password`);
  clock.advance({ minutes: 10 });
  await looked("the token is found dead", async () => (await channel()).state === "needs_reauthorization");
  await until("both are told", async () => (await codes()).includes("channel_needs_reauthorization"));
  expect((await channel()).stateReason?.code).toBe("token_password_changed");
});

test("O5 disconnecting ends what was wrong with the channel", async () => {
  await w.meta.post(`/users/${KEVIN}/password`);
  await w.deps.jobs.add("channels.tokens", [{ data: {} }]);
  await until("it is open", async () => (await codes()).length > 0);
  await w.call("DELETE", `/channels/${id}`, { headers: headers() });
  await until("it is over", async () => (await codes()).length === 0);
});

test("an administrator acknowledges it once, by name; it stays open, and the channel's timeline shows it", async () => {
  const owner = await w.asOwner();
  await w.meta.post(`/users/${KEVIN}/password`);
  await w.deps.jobs.add("channels.tokens", [{ data: {} }]);
  await until("it is open", async () => (await codes()).length > 0);
  const [open] = await incidents();
  const acknowledge = (as: Record<string, string>) =>
    w.call<Incident>("POST", `/incidents/${open?.id}/acknowledge`, { headers: as });
  const agent = await w.asMember("agent");
  expect((await acknowledge(agent.headers)).status).toBe(403);
  const first = await acknowledge(owner.headers);
  expect(first.json).toMatchObject({ acknowledgedAt: expect.any(String), until: null });
  expect(first.json.acknowledgedBy).not.toBeNull();
  clock.advance({ minutes: 1 });
  expect((await acknowledge(owner.headers)).json.acknowledgedAt).toBe(first.json.acknowledgedAt);
  const { json } = await w.call<{ data: Incident[] }>("GET", `/channels/${id}/incidents`, { headers: headers() });
  expect(json.data).toMatchObject([{ id: open?.id, acknowledgedBy: first.json.acknowledgedBy }]);
});

test("an incident is told live, in the reader's language, and counted for Prometheus", async () => {
  const stream = await openStream(w.deps.config.publicUrl, { ...headers(), "accept-language": "zh-TW" });
  await stream.ready();
  await w.meta.post(`/users/${KEVIN}/password`);
  await w.deps.jobs.add("channels.tokens", [{ data: {} }]);
  const { incident } = await stream.next("incident.updated");
  expect(incident).toMatchObject({ channelId: id, title: expect.stringContaining("密碼") });
  await stream.close();
  const figures = await (await fetch(`${w.deps.config.publicUrl}/metrics`)).text();
  expect(figures).toContain('firstline_incidents_open{code="channel_needs_reauthorization"} 1');
  expect(figures).toContain('firstline_channels{state="needs_reauthorization"} 1');
});
