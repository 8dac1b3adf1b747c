import type { Channel, ChannelHealth, Conversation, Message } from "@firstline/contracts";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { z } from "zod";
import { until } from "../api/support/until.ts";
import { ANN, BLUE, KEVIN, startWorld, surveyed, type World } from "../api/support/world.ts";
import { FakeClock, type Person } from "../harness/index.ts";

const OTHER = "7400000000000002";
let w: World;
let agent: Person;
let channelId: string;
let thread: Conversation;
let other: Conversation;

beforeEach(async () => {
  w = await startWorld({ clock: new FakeClock(Date.now()) });
  agent = await w.asMember("agent");
  channelId = (await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE))).json.id;
  thread = await w.customerWrites(BLUE, ANN, "hello");
  other = await w.customerWrites(BLUE, OTHER, "me too");
});
afterEach(() => w.close());

const channel = async () => (await w.call<Channel>("GET", `/channels/${channelId}`, { headers: agent.headers })).json;
const reply = async (text: string, id = thread.id, headers: Record<string, string> = agent.headers) =>
  (await w.reply(id, { text }, headers)).json;
const restrict = (restricted: boolean, code?: number) =>
  w.meta.post(`/pages/${BLUE}/restrict`, { restricted, ...(code ? { code } : {}) });
const onPhone = async (customer: string) =>
  (await w.meta.phone(BLUE, customer)).messages.filter((m) => m.from === "page").map((m) => m.text);
const calls = async () => (await w.deps.db.selectFrom("send_attempt").select("id").execute()).length;
const later = async (minutes: number) => {
  w.clock.advance({ minutes });
  await sql`select pg_notify('firstline_send', '')`.execute(w.deps.db);
};
const settled = (n: number) =>
  until(`${n} calls are settled`, async () => {
    const flying = await w.deps.db.selectFrom("message").select("id").where("state", "=", "sending").execute();
    return flying.length === 0 && (await calls()) === n;
  });
/** A try told nothing of the restriction: the next one follows. Kept after its message is settled. */
const triedAgainSoon = () =>
  until("another try is due soon", async () => {
    const { probe_at } = await w.deps.db.selectFrom("channel").select("probe_at").executeTakeFirstOrThrow();
    return probe_at!.getTime() <= w.clock.now() + 60_000;
  });
const told = async () =>
  (
    await w.deps.db
      .selectFrom("event")
      .select("id")
      .where("type", "=", "channel.updated")
      .where("subject_id", "=", channelId)
      .execute()
  ).length;

for (const [code, fault] of [
  [undefined, "channel_restricted"],
  [368, "policy_block"],
  [2022, "page_reported"],
] as const)
  test(`S11 ${code ?? "10/1893063"}: the first refusal stops the whole Page, replies wait with the reason, one is tried at growing distances, and all follow in order`, async () => {
    await surveyed(w, channelId);
    await restrict(true, code);
    const before = await told();
    const first = await reply("first");
    expect((await w.becomes(first, "held")).failure).toMatchObject({ fault });
    const state = await channel();
    expect(state).toMatchObject({ state: "restricted", stateReason: { code: fault } });
    expect(await told()).toBe(before + 1);

    const second = await reply("second");
    const byKey = await reply("by a program", other.id, w.apiKey);
    expect([second.state, byKey.state]).toEqual(["held", "held"]);
    expect(second.failure).toMatchObject({ fault: "channel_restricted" });
    await later(29);
    await settled(1);

    // Tries after half an hour, one hour more, two more: one call each, and none before its time.
    for (const [n, quiet, rest] of [
      [2, 0, 2],
      [3, 50, 10],
      [4, 100, 20],
    ] as const) {
      await later(quiet);
      await settled(n - 1);
      await later(rest);
      await settled(n);
    }
    await w.becomes(first, "held");
    expect(await channel()).toMatchObject({ state: "restricted", stateSince: state.stateSince });
    const shown = (await w.call<Conversation>("GET", `/conversations/${thread.id}`, { headers: agent.headers })).json;
    expect([shown.needsLook, shown.reply.state, shown.reply.reasons.map((r) => r.code)]).toEqual([
      true,
      "blocked",
      ["channel_restricted"],
    ]);

    await restrict(false);
    await later(24 * 60 - 400);
    for (const m of [first, second, byKey]) await w.becomes(m, "sent", "delivered");
    expect(await onPhone(ANN)).toEqual(["first", "second"]);
    expect(await onPhone(OTHER)).toEqual(["by a program"]);
    await until("the restriction is over", async () => (await channel()).state === "healthy");
    expect((await channel()).stateReason).toBeNull();
    await w.becomes(await reply("as before"), "sent", "delivered");
  });

test("S11 the Page's health says since when it is restricted and what helps", async () => {
  await restrict(true);
  await w.becomes(await reply("x"), "held");
  const health = await w.call<z.infer<typeof ChannelHealth>>("GET", `/channels/${channelId}/health`, {
    headers: agent.headers,
  });
  expect(health.json.state).toBe("restricted");
  expect(health.json.checks.find((c) => c.code === "restriction")).toMatchObject({ status: "fail" });
});

test("S11 a reply whose window closed while the Page was restricted is not tried, and failed with that reason afterwards", async () => {
  await restrict(true);
  const old = await reply("too late");
  await w.becomes(old, "held");
  w.clock.advance({ hours: 23 });
  const late = await w.customerWrites(BLUE, "7400000000000003", "new");
  const fresh = await reply("in time", late.id);
  await sql`update conversation set qualifying_at = ${w.clock.date()} where id = ${late.id}`.execute(w.deps.db);
  await later(3 * 60);
  await until("the other one is tried", async () => {
    const tried = w.deps.db.selectFrom("send_attempt").select("id").where("message_id", "=", fresh.id);
    return (await tried.execute()).length > 0 && (await w.message(late.id, fresh.id)).state === "held";
  });
  await restrict(false);
  await later(13 * 60);
  await w.becomes(fresh, "sent", "delivered");
  expect((await w.becomes(old, "failed")).failure).toMatchObject({ fault: "window_closed", code: null });
  expect(await onPhone(ANN)).toEqual([]);
});

test("S11 a held reply given up is not tried; a try refused for its customer alone is followed by another", async () => {
  await restrict(true);
  const given = await reply("never mind");
  await w.becomes(given, "held");
  const blocked = await reply("blocked", other.id);
  const third = await w.customerWrites(BLUE, "7400000000000003", "three");
  const last = await reply("last", third.id);
  await w.call("POST", `/conversations/${thread.id}/messages/${given.id}/cancel`, { headers: agent.headers });
  await restrict(false);
  await w.meta.post(`/pages/${BLUE}/customers/${OTHER}/block`);
  await later(31);
  expect((await w.becomes(blocked, "failed")).failure).toMatchObject({ fault: "contact_cannot_receive" });
  expect((await channel()).state).toBe("restricted");
  await triedAgainSoon();
  await later(2);
  await w.becomes(last, "sent", "delivered");
  await until("the restriction is over", async () => (await channel()).state === "healthy");
  expect(await onPhone(ANN)).toEqual([]);
});

test("S11 a held reply that could not go without the restriction either fails with that reason at the next try, not left waiting", async () => {
  await restrict(true);
  const [first, second] = [await reply("one"), await reply("two")];
  await w.becomes(second, "held");
  await restrict(false);
  await w.meta.post(`/pages/${BLUE}/customers/${ANN}/block`);
  await later(31);
  await w.becomes(first, "failed");
  expect((await w.message(thread.id, second.id)).state).toBe("held");
  await triedAgainSoon();
  await later(2);
  expect((await w.becomes(second, "failed")).failure).toMatchObject({ fault: "contact_cannot_receive", code: null });
  expect((await channel()).state).toBe("restricted");
});

test("S11 what was held by a process that died before releasing it is released all the same", async () => {
  await restrict(true);
  const held: Message = await reply("left behind");
  await w.becomes(held, "held");
  await restrict(false);
  await sql`update channel set state = 'healthy', state_fault = null where id = ${channelId}`.execute(w.deps.db);
  await later(0);
  await w.becomes(held, "sent", "delivered");
});
