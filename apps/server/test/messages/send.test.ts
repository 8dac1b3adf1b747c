import type { ActivityList, Channel, Contact, Conversation } from "@firstline/contracts";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { z } from "zod";
import { until } from "../api/support/until.ts";
import { BLUE, BLUE_INSTAGRAM, HELD_BACK_MS, KEVIN, startWorld, type World, workedOff } from "../api/support/world.ts";
import { FakeClock, type Person } from "../harness/index.ts";

let w: World;
let agent: Person;
let serial = 0;
let customer: string;
let thread: Conversation;

beforeAll(async () => {
  w = await startWorld({ clock: new FakeClock(Date.now()) });
  agent = await w.asMember("agent", { name: "Ada" });
  await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
  await w.connect("instagram", BLUE_INSTAGRAM, await w.meta.pageToken(KEVIN, BLUE));
});
afterAll(() => w.close());
beforeEach(async () => {
  await w.meta.clearFaults();
  w.clock.set(Date.now());
  await sql`delete from send_pace`.execute(w.deps.db);
  ({ customer, thread } = await newThread());
});

async function newThread(platform: "messenger" | "instagram" = "messenger") {
  const { id } = await w.meta.post<{ id: string }>(`/pages/${BLUE}/customers`, {
    name: `Customer ${++serial}`,
    platform,
  });
  return { customer: id, thread: await w.customerWrites(BLUE, id, `question ${serial}`) };
}
const reply = (text: string, body: object = {}, id = thread.id) => w.reply(id, { text, ...body }, agent.headers);
const phone = (id = customer) => w.meta.phone(BLUE, id);
const conversation = async () =>
  (await w.call<Conversation>("GET", `/conversations/${thread.id}`, { headers: agent.headers })).json;
const contact = async () =>
  (await w.call<Contact>("GET", `/contacts/${thread.contact.id}`, { headers: agent.headers })).json;
const channelState = async () =>
  (await w.call<Channel>("GET", `/channels/${thread.channelId}`, { headers: agent.headers })).json.state;
const attempts = (id: string) =>
  w.deps.db.selectFrom("send_attempt").selectAll().where("message_id", "=", id).orderBy("started_at").execute();
/** Lets the waits between attempts pass. */
const later = async (seconds: number) => {
  w.clock.advance({ seconds });
  await sql`select pg_notify('firstline_send', '')`.execute(w.deps.db);
};
/** A reply written now has gone out elsewhere: whatever was to be sent at this time would have begun. */
async function looked(): Promise<void> {
  const elsewhere = await newThread();
  await w.becomes((await reply("elsewhere", {}, elsewhere.thread.id)).json, "sent", "delivered");
}

test("a reply reaches the phone once, carries our id, is confirmed, delivered and read by Meta's millisecond watermarks", async () => {
  await w.meta.faults({ phonesOnline: false });
  const first = (await reply("one")).json;
  await w.becomes(first, "sent");
  await w.meta.post(`/pages/${BLUE}/customers/${customer}/receive`);
  await w.becomes(first, "delivered");
  const second = (await reply("two")).json;
  await w.becomes(second, "sent");
  expect((await w.message(thread.id, first.id)).state).toBe("delivered");
  await w.meta.post(`/pages/${BLUE}/customers/${customer}/read`);
  await w.becomes(second, "read");
  await w.becomes(first, "read");
  const shown = (await phone()).messages.filter((m) => m.from === "page");
  expect(shown.map((m) => [m.text, m.metadata, m.tag])).toEqual([
    ["one", first.id, null],
    ["two", second.id, null],
  ]);
  const stored = await w.messages(thread.id);
  expect(stored.map((m) => m.externalId)).toEqual(expect.arrayContaining(shown.map((m) => m.mid)));
});

test("on Instagram, where only mids are given, a reply is confirmed by its mid and everything up to the seen one becomes read", async () => {
  ({ customer, thread } = await newThread("instagram"));
  const first = (await reply("uno")).json;
  const second = (await reply("dos")).json;
  await w.becomes(second, "sent", "delivered");
  await w.meta.post(`/pages/${BLUE}/customers/${customer}/read`);
  await w.becomes(second, "read");
  await w.becomes(first, "read");
});

for (const platform of ["messenger", "instagram"] as const) {
  test(`an echo that overtakes the answer of the Send API gives one bubble of ours (${platform})`, async () => {
    ({ customer, thread } = await newThread(platform));
    await w.meta.faults({ echoOvertakes: true, slowMs: 150 });
    const sent = (await reply("who is first?")).json;
    await w.becomes(sent, "sent", "delivered");
    await until("the answer is settled", async () => (await attempts(sent.id))[0]?.outcome === "sent");
    await workedOff(w);
    const bubbles = (await w.messages(thread.id)).filter((m) => m.direction === "outbound");
    expect(bubbles.map((m) => [m.id, m.text, m.source.kind, m.source.name])).toEqual([
      [sent.id, "who is first?", "agent", "Ada"],
    ]);
    expect((await conversation()).lastMessage?.id).toBe(sent.id);
    expect((await phone()).messages).toHaveLength(2);
  });
}

test("S10 a connection cut after Meta accepted is uncertain, is settled by its echo and is never sent a second time", async () => {
  await w.meta.faults({ nextSend: [{ cut: "after" }], delayMs: HELD_BACK_MS });
  const sent = (await reply("maybe")).json;
  const uncertain = await w.becomes(sent, "uncertain");
  expect(uncertain.failure).toMatchObject({ fault: "outcome_unknown" });
  expect((await conversation()).needsLook).toBe(true);
  await w.meta.faults({ delayMs: 0 });
  await w.becomes(sent, "sent", "delivered");
  expect((await w.message(thread.id, sent.id)).failure).toBeNull();
  expect((await conversation()).needsLook).toBe(false);
  await later(3600);
  await looked();
  expect((await phone()).messages.filter((m) => m.from === "page")).toHaveLength(1);
  expect(await attempts(sent.id)).toHaveLength(1);
});

test("S10 a connection cut before Meta accepted stays uncertain: not resent by itself nor by the agent, only given up", async () => {
  await w.meta.faults({ nextSend: [{ cut: "before" }] });
  const sent = (await reply("perhaps")).json;
  await w.becomes(sent, "uncertain");
  const act = (action: string) =>
    w.call<{ code: string; state: string }>("POST", `/conversations/${thread.id}/messages/${sent.id}/${action}`, {
      headers: agent.headers,
    });
  expect((await act("resend")).status).toBe(409);
  expect((await act("cancel")).json.state).toBe("cancelled");
  expect((await phone()).messages.filter((m) => m.from === "page")).toEqual([]);
  expect((await conversation()).needsLook).toBe(false);
});

test("S10 an answer that nobody can read leaves the outcome uncertain", async () => {
  await w.meta.faults({ nextSend: [{ html: "<h1>Bad gateway</h1>", status: 502 }] });
  const sent = (await reply("html")).json;
  expect((await w.becomes(sent, "uncertain")).failure?.fault).toBe("outcome_unknown");
});

test("S2 Meta refuses the human-agent way: the capability is off for the channel, said once, and the reply failed by that name", async () => {
  await using other = await startWorld({
    clock: new FakeClock(Date.now()),
    env: { META_HUMAN_AGENT_APPROVED: "true" },
  });
  await other.connect("messenger", BLUE, await other.meta.pageToken(KEVIN, BLUE));
  const ada = await other.asMember("agent");
  const c = await other.customerWrites(BLUE, "7400000000000001", "hello");
  other.clock.advance({ hours: 30 });
  const sent = (await other.reply(c.id, { text: "next day" }, ada.headers)).json;
  expect(sent.way).toBe("human_agent");
  expect((await other.becomes(sent, "failed")).failure).toMatchObject({
    fault: "human_agent_not_approved",
    code: 100,
    subcode: 2018276,
  });
  const refused = await other.reply(c.id, { text: "again" }, ada.headers);
  expect(refused.status).toBe(409);
});

test("S6 551 marks the contact and not the channel, is not repeated, and the mark goes with the next message of the customer", async () => {
  await w.meta.post(`/pages/${BLUE}/customers/${customer}/block`);
  const sent = (await reply("anybody there?")).json;
  const failed = await w.becomes(sent, "failed");
  expect(failed.failure).toMatchObject({ code: 551, subcode: 1545041, fault: "contact_cannot_receive" });
  expect((await contact()).cannotReceiveSince).not.toBeNull();
  expect((await conversation()).reply).toMatchObject({ state: "blocked" });
  expect(await channelState()).toBe("healthy");
  expect((await reply("again")).status).toBe(409);
  await later(3600);
  await looked();
  expect(await attempts(sent.id)).toHaveLength(1);
  w.clock.set(Date.now());
  await w.meta.post(`/pages/${BLUE}/customers/${customer}/unblock`);
  await w.customerWrites(BLUE, customer, "I am back");
  expect((await contact()).cannotReceiveSince).toBeNull();
  await w.becomes((await reply("welcome")).json, "sent", "delivered");
});

test("S8 Meta says outside the window though we think it open: Meta's clock wins, the thread says so, the next inbound opens it", async () => {
  expect((await conversation()).reply.state).toBe("open");
  await w.meta.post(`/pages/${BLUE}/customers/${customer}/window`, { lastActionHoursAgo: 25 });
  const sent = (await reply("late?")).json;
  expect((await w.becomes(sent, "failed")).failure).toMatchObject({
    code: 10,
    subcode: 2018278,
    fault: "window_closed",
  });
  expect((await conversation()).reply).toMatchObject({ state: "closed" });
  const lines = await w.call<z.infer<typeof ActivityList>>("GET", `/conversations/${thread.id}/activity`, {
    headers: agent.headers,
  });
  expect(lines.json.data.map((a) => a.kind)).toEqual(["window_corrected"]);
  expect((await reply("again")).status).toBe(409);
  w.clock.set(Date.now());
  await w.customerWrites(BLUE, customer, "still here");
  expect((await conversation()).reply.state).toBe("open");
});

test("S9 #-1 is tried again after seconds and goes out, with what was written after it behind it", async () => {
  await w.meta.faults({ nextSend: [{ code: -1, times: 2, recipientId: customer }] });
  const first = (await reply("first")).json;
  const second = (await reply("second")).json;
  await until("one attempt failed", async () => (await attempts(first.id)).length === 1);
  const waiting = await w.becomes(first, "queued");
  expect(waiting.failure).toMatchObject({ code: -1, fault: "meta_internal_error" });
  expect((await w.message(thread.id, second.id)).state).toBe("queued");
  await later(4);
  await until("two attempts failed", async () => (await attempts(first.id)).length === 2);
  await later(20);
  await w.becomes(second, "sent", "delivered");
  const shown = (await phone()).messages.filter((m) => m.from === "page");
  expect(shown.map((m) => m.text)).toEqual(["first", "second"]);
  expect((await w.message(thread.id, first.id)).failure).toBeNull();
});

test("S9 after the last try it failed, the thread goes on, and the agent's resend sends it", async () => {
  await w.meta.faults({ nextSend: [{ code: -1, times: 4, recipientId: customer }] });
  const sent = (await reply("stubborn")).json;
  for (let n = 1; n <= 4; n++) {
    await until(`attempt ${n}`, async () => (await attempts(sent.id)).length === n);
    await later(100);
  }
  await w.becomes(sent, "failed");
  expect((await conversation()).needsLook).toBe(true);
  w.clock.set(Date.now());
  const again = await w.call("POST", `/conversations/${thread.id}/messages/${sent.id}/resend`, {
    headers: agent.headers,
  });
  expect(again.status).toBe(202);
  await w.becomes(sent, "sent", "delivered");
  expect((await conversation()).needsLook).toBe(false);
});

test("S12 a code nobody knows keeps Meta's own words and the trace id, and is not repeated", async () => {
  await w.meta.faults({ nextSend: [{ code: 99_999, subcode: 12, message: "(#99999) Something new" }] });
  const sent = (await reply("unheard of")).json;
  const { failure } = await w.becomes(sent, "failed");
  expect(failure).toMatchObject({
    code: 99_999,
    subcode: 12,
    fault: "unknown_meta_error",
    raw: "(#99999) Something new",
  });
  expect(failure?.traceId).toMatch(/^[\w-]{8,}$/);
  const [attempt] = await attempts(sent.id);
  expect(attempt).toMatchObject({
    code: 99_999,
    subcode: 12,
    trace_id: failure?.traceId,
    outcome: "failed",
    raw: "(#99999) Something new",
  });
});

test("a send that is refused as Meta's rate limit waits minutes, not seconds", async () => {
  await w.meta.faults({ nextSend: [{ code: 613, recipientId: customer }] });
  const sent = (await reply("slowly")).json;
  await until("one attempt", async () => (await attempts(sent.id)).length === 1);
  await w.becomes(sent, "queued");
  await later(15);
  expect((await w.message(thread.id, sent.id)).state).toBe("queued");
  await later(60);
  await w.becomes(sent, "sent", "delivered");
});

test("the reply that quotes a message shows on the phone as an answer to it", async () => {
  const asked = thread.lastMessage!.id;
  const mid = (await w.message(thread.id, asked)).externalId!;
  const sent = (await reply("this one", { replyTo: mid })).json;
  expect(sent.replyTo).toMatchObject({ externalId: mid, messageId: asked });
  await w.becomes(sent, "sent", "delivered");
  expect((await phone()).messages.at(-1)?.replyTo).toBe(mid);
});

test("typing and seen are shown to the customer, and failing to do so hurts nobody", async () => {
  const typing = (on: boolean) =>
    w.call("POST", `/conversations/${thread.id}/typing`, { headers: agent.headers, body: { on } });
  expect((await typing(true)).status).toBe(204);
  await until("the bubble shows", async () => (await phone()).pageTyping);
  await w.call("POST", `/conversations/${thread.id}/read`, { headers: agent.headers });
  await until("the phone shows seen", async () => (await phone()).pageSeenAt !== null);
  await w.meta.faults({ nextSend: [{ code: 2 }] });
  expect((await typing(false)).status).toBe(204);
});

test("R3 a human in the Page's inbox answers: the bubble is there, with its source, and is not ours", async () => {
  await w.meta.post(`/pages/${BLUE}/inbox-reply`, { customerId: customer, text: "from Business Suite" });
  const echo = await until("the echo", async () =>
    (await w.messages(thread.id)).find((m) => m.text === "from Business Suite"),
  );
  expect(echo).toMatchObject({
    direction: "outbound",
    clientId: null,
    source: { kind: "page_inbox", name: "Meta Business Suite", memberId: null },
  });
  expect(["sent", "delivered"]).toContain(echo.state);
});
