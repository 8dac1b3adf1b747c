import type { Channel, Conversation, Message } from "@firstline/contracts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { until } from "../api/support/until.ts";
import { ANN, BLUE, DESK, KEVIN, MEI, startWorld, surveyed, type World } from "../api/support/world.ts";
import { FakeClock, type Person } from "../harness/index.ts";
import { WRITTEN_DOWN } from "./support/answers.ts";

let w: World;
let agent: Person;
let channelId: string;
let thread: Conversation;

beforeEach(async () => {
  w = await startWorld({ clock: new FakeClock(Date.now()) });
  agent = await w.asMember("agent", { name: "Ada" });
  channelId = (await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE))).json.id;
  thread = await w.customerWrites(BLUE, ANN, "hello");
});
afterEach(() => w.close());

const channel = async () => (await w.call<Channel>("GET", `/channels/${channelId}`, { headers: agent.headers })).json;
const reply = (text: string, id = thread.id) => w.reply(id, { text }, agent.headers).then((a) => a.json);
const fromPage = async (customer = ANN) =>
  (await w.meta.phone(BLUE, customer)).messages.filter((m) => m.from === "page").map((m) => m.text);
/** Changes a password while nothing else uses the token: reading a profile would notice it before any reply does. */
async function newPassword(user: string): Promise<void> {
  await surveyed(w, channelId);
  await until(
    "every profile is read",
    async () =>
      (await w.deps.db.selectFrom("contact").select("id").where("name_reason", "=", "pending").execute()).length === 0,
  );
  await w.meta.post(`/users/${user}/password`);
}
const channelEvents = async () =>
  (
    await w.deps.db
      .selectFrom("event")
      .select("id")
      .where("type", "=", "channel.updated")
      .where("subject_id", "=", channelId)
      .execute()
  ).length;
const attempts = (m: Message) =>
  w.deps.db.selectFrom("send_attempt").selectAll().where("message_id", "=", m.id).execute();

test("S3 password changed: at the first refusal the channel needs reauthorisation, once; replies are held and go out in order after reconnecting", async () => {
  const other = await w.customerWrites(BLUE, "7400000000000002", "me too");
  await newPassword(KEVIN);
  const before = await channelEvents();
  const first = await reply("first");
  expect((await w.becomes(first, "held")).failure).toMatchObject({
    code: 190,
    subcode: 460,
    fault: "token_password_changed",
  });
  const dead = await channel();
  expect(dead).toMatchObject({ state: "needs_reauthorization", stateReason: { code: "token_password_changed" } });
  expect(dead.authorizers).toMatchObject([{ state: "dead", reason: { code: "token_password_changed" } }]);

  const second = await reply("second");
  const third = await reply("third");
  const elsewhere = await reply("elsewhere", other.id);
  expect([second.state, third.state, elsewhere.state]).toEqual(["held", "held", "held"]);
  expect(await channelEvents()).toBe(before + 1);
  expect(await Promise.all([first, second].map(attempts)).then((a) => a.map((x) => x.length))).toEqual([1, 0]);
  expect(await fromPage()).toEqual([]);
  const shown = (await w.call<Conversation>("GET", `/conversations/${thread.id}`, { headers: agent.headers })).json;
  expect([shown.needsLook, shown.reply.state, shown.reply.reasons.map((r) => r.code)]).toEqual([
    true,
    "blocked",
    ["channel_needs_reauthorization"],
  ]);

  const again = await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
  expect([again.status, again.json.id, again.json.state]).toEqual([200, channelId, "healthy"]);
  for (const m of [first, second, third, elsewhere]) await w.becomes(m, "sent", "delivered");
  expect(await fromPage()).toEqual(["first", "second", "third"]);
  expect(await fromPage("7400000000000002")).toEqual(["elsewhere"]);
  expect(
    (await w.call<Conversation>("GET", `/conversations/${thread.id}`, { headers: agent.headers })).json,
  ).toMatchObject({ needsLook: false, reply: { state: "open" } });
});

test("S3 a held reply whose window closed meanwhile is not sent after reconnecting: it failed with that reason", async () => {
  await newPassword(KEVIN);
  const held = await reply("hold on");
  await w.becomes(held, "held");
  w.clock.advance({ hours: 25 });
  await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
  expect((await w.becomes(held, "failed")).failure).toMatchObject({ fault: "window_closed", code: null });
  expect(await fromPage()).toEqual([]);
});

test("S3 a held reply can be given up; then reconnecting does not send it", async () => {
  await newPassword(KEVIN);
  const held = await reply("never mind");
  await w.becomes(held, "held");
  await w.call("POST", `/conversations/${thread.id}/messages/${held.id}/cancel`, { headers: agent.headers });
  await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
  await w.becomes(await reply("something else"), "sent", "delivered");
  expect(await fromPage()).toEqual(["something else"]);
});

test("S3 twenty replies meeting the dead token at once raise one change of the channel and are all held", async () => {
  const customers = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      w.meta.post<{ id: string }>(`/pages/${BLUE}/customers`, { name: `Customer ${n}` }),
    ),
  );
  const threads = await Promise.all(customers.map((c) => w.customerWrites(BLUE, c.id, "hi")));
  await newPassword(KEVIN);
  const before = await channelEvents();
  const replies = await Promise.all(threads.map((c) => reply("all at once", c.id)));
  await Promise.all(replies.map((m) => w.becomes(m, "held")));
  expect(await channelEvents()).toBe(before + 1);
  await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
  await Promise.all(replies.map((m) => w.becomes(m, "sent", "delivered")));
});

test("O3 with two authorisers the second takes over in the same send: nothing fails, nothing is held, the channel stays healthy", async () => {
  const second = await w.connect("messenger", BLUE, await w.meta.pageToken(MEI, BLUE));
  expect([second.status, second.json.authorizers.length]).toEqual([200, 2]);
  // The one proved last is used first.
  await newPassword(MEI);
  const sent = await reply("no outage");
  await w.becomes(sent, "sent", "delivered");
  await expect.poll(async () => (await attempts(sent)).map((a) => a.outcome), WRITTEN_DOWN).toEqual(["sent"]);
  const now = await channel();
  expect(now.state).toBe("healthy");
  expect(now.authorizers.map((a) => [a.state, a.reason?.code ?? null])).toEqual([
    ["live", null],
    ["dead", "token_password_changed"],
  ]);
  await newPassword(KEVIN);
  await w.becomes(await reply("now nobody is left"), "held");
  expect((await channel()).state).toBe("needs_reauthorization");
});

test("O3 a system user's token is preferred, and outlives every password", async () => {
  const durable = await w.connect("messenger", BLUE, await w.meta.pageToken(DESK, BLUE));
  expect(durable.status).toBe(200);
  for (const user of [KEVIN, MEI]) await newPassword(user);
  await w.becomes(await reply("durable"), "sent", "delivered");
  expect((await channel()).state).toBe("healthy");
});

test("a stored token that this server's key cannot open is no healthy channel: it asks for reauthorisation, and the reply waits", async () => {
  await w.deps.db.updateTable("authorizer").set({ token_key_id: "another key" }).execute();
  const held = await reply("sealed");
  await w.becomes(held, "held");
  expect(await channel()).toMatchObject({ state: "needs_reauthorization", stateReason: { code: "token_invalid" } });
  await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
  await w.becomes(held, "sent", "delivered");
});

test("S4 S5 the health check finds a dead token before any agent does; another administrator's token mends it and releases what waits", async () => {
  await newPassword(KEVIN);
  const health = await w.call<{ state: string; checks: { code: string; status: string }[] }>(
    "GET",
    `/channels/${channelId}/health`,
    { headers: agent.headers },
  );
  expect(health.json.state).toBe("needs_reauthorization");
  expect((await channel()).state).toBe("needs_reauthorization");
  const held = await reply("waiting");
  expect(held.state).toBe("held");
  const mended = await w.connect("messenger", BLUE, await w.meta.pageToken(MEI, BLUE));
  expect([mended.json.id, mended.json.state]).toEqual([channelId, "healthy"]);
  await w.becomes(held, "sent", "delivered");
  await until("the customer has it", async () => (await fromPage()).includes("waiting"));
});
