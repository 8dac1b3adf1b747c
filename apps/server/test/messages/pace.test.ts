import type { Conversation, Message } from "@firstline/contracts";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { until } from "../api/support/until.ts";
import { BLUE, HELD_BACK_MS, KEVIN, startWorld, TEA, type World } from "../api/support/world.ts";
import { createTestApp, FakeClock, type Person } from "../harness/index.ts";

let w: World;
let agent: Person;
let serial = 0;

beforeAll(async () => {
  w = await startWorld({ clock: new FakeClock(Date.now()) });
  agent = await w.asMember("agent");
  for (const page of [BLUE, TEA]) await w.connect("messenger", page, await w.meta.pageToken(KEVIN, page));
});
afterAll(() => w.close());
beforeEach(async () => {
  await w.meta.clearFaults();
  w.clock.set(Date.now());
  await sql`delete from send_pace`.execute(w.deps.db);
  await sql`delete from installation where key = 'send_pause'`.execute(w.deps.db);
});

async function newThread(page: string): Promise<Conversation & { customer: string }> {
  const { id } = await w.meta.post<{ id: string }>(`/pages/${page}/customers`, { name: `Customer ${++serial}` });
  return { ...(await w.customerWrites(page, id, "hello")), customer: id };
}
const reply = async (thread: Conversation, text: string) => (await w.reply(thread.id, { text }, agent.headers)).json;
const attempts = (m: Message) =>
  w.deps.db.selectFrom("send_attempt").selectAll().where("message_id", "=", m.id).orderBy("started_at").execute();
const later = async (seconds: number) => {
  w.clock.advance({ seconds });
  await sql`select pg_notify('firstline_send', '')`.execute(w.deps.db);
};
const onPhone = async (page: string, thread: { customer: string }) =>
  (await w.meta.phone(page, thread.customer)).messages.filter((m) => m.from === "page").map((m) => m.text);
const inFlight = async () =>
  (await w.deps.db.selectFrom("message").select("id").where("state", "=", "sending").execute()).length;
const strikes = async () =>
  (await w.deps.db.selectFrom("send_pace").select("strikes").execute()).map((r) => r.strikes).sort();

test("S11 two server processes together send no faster than the ceiling of the Page", async () => {
  await using slow = await startWorld({ clock: "real", env: { META_SENDS_PER_SECOND: "5" } });
  await slow.connect("messenger", BLUE, await slow.meta.pageToken(KEVIN, BLUE));
  await using second = await createTestApp({
    database: slow.database,
    clock: "real",
    graphUrl: slow.sim.url,
    env: { META_SENDS_PER_SECOND: "5" },
  });
  await second.start({ web: false, worker: true });
  const member = await slow.asMember("agent");
  const customers = await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      slow.meta.post<{ id: string }>(`/pages/${BLUE}/customers`, { name: `Customer ${n}` }),
    ),
  );
  const threads = await Promise.all(customers.map((c) => slow.customerWrites(BLUE, c.id, "hello")));
  const sent = await Promise.all(threads.map((t) => slow.reply(t.id, { text: "hi" }, member.headers)));
  for (const { json } of sent) await slow.becomes(json, "sent", "delivered", "read");
  // When each took its turn: its call begins a little later, the first ones latest, while everybody writes.
  const { rows } = await sql<{ at: Date }>`
    select called_at as at from message where direction = 'outbound' order by called_at`.execute(slow.deps.db);
  expect(rows).toHaveLength(12);
  // 12 sends at 5 a second, the first at once: 2.2 s.
  expect(rows.at(-1)!.at.getTime() - rows[0]!.at.getTime()).toBeGreaterThan(1_900);
}, 60_000);

test("S11 613 makes its Page rest and then go slowly: nothing fails, nothing is lost, the order stays, the other Page goes on", async () => {
  const [thread, neighbour, elsewhere] = await Promise.all([newThread(BLUE), newThread(BLUE), newThread(TEA)]);
  await w.meta.faults({ callLimit: { code: 613, seconds: 100, pageId: BLUE } });
  const first = await reply(thread, "first");
  await until("it was refused once", async () => (await attempts(first)).length === 1);
  const waiting = await w.becomes(first, "queued");
  expect(waiting.failure).toMatchObject({ fault: "page_send_rate", code: 613 });
  const others = [await reply(thread, "second"), await reply(neighbour, "neighbour")];
  await w.becomes(await reply(elsewhere, "another Page"), "sent", "delivered");
  await later(10);
  expect((await Promise.all(others.map(attempts))).flat()).toEqual([]);

  // As often as it is refused, so often it waits, and each time longer.
  for (const [n, seconds] of [900, 900, 900, 900, 900].entries()) {
    await later(seconds);
    await until(`refused ${n + 2} times`, async () => (await strikes()).includes(n + 2) && (await inFlight()) === 0);
  }
  expect((await w.message(thread.id, first.id)).state).toBe("queued");
  await w.meta.clearFaults();
  w.clock.advance({ seconds: 1_800 });
  await later(0);
  for (const m of [first, ...others])
    await until(`${m.text} is sent`, async () => {
      await later(0);
      return ["sent", "delivered"].includes((await w.message(m.conversationId, m.id)).state);
    });
  expect(await onPhone(BLUE, thread)).toEqual(["first", "second"]);
  expect(await onPhone(BLUE, neighbour)).toEqual(["neighbour"]);
  expect((await strikes())[1] ?? 0).toBeLessThan(6);
}, 60_000);

test("S11 many sends in flight that meet one limit are one strike", async () => {
  const threads = await Promise.all(Array.from({ length: 3 }, () => newThread(BLUE)));
  await w.meta.faults({ nextSend: [{ code: 80006, times: 3, regainMinutes: 7, slowBeforeMs: HELD_BACK_MS }] });
  const sent = await Promise.all(threads.map((t) => reply(t, "hi")));
  await until("all are in flight", async () => (await w.meta.get<{ nextSend: [] }>("/faults")).nextSend.length === 0);
  // Nobody is held up any more: each gets its refusal.
  await w.meta.clearFaults();
  await until("all were refused", async () => (await Promise.all(sent.map(attempts))).every((a) => a.length === 1));
  expect(await strikes()).toEqual([1]);
  await later(6 * 60);
  expect((await Promise.all(sent.map(attempts))).every((a) => a.length === 1)).toBe(true);
  await later(2 * 60);
  for (const m of sent) await w.becomes(m, "sent", "delivered");
});

test("S11 the app's own limit makes all Pages rest, and is forgotten once a send is taken after it", async () => {
  const [one, two] = await Promise.all([newThread(BLUE), newThread(TEA)]);
  await w.meta.faults({ nextSend: [{ code: 4 }] });
  const refused = await reply(one, "refused");
  await until("it was refused", async () => (await attempts(refused)).length === 1);
  await w.becomes(refused, "queued");
  const waits = await reply(two, "waits");
  await later(15);
  expect(await attempts(waits)).toEqual([]);
  await later(60);
  for (const m of [refused, waits]) await w.becomes(m, "sent", "delivered");
  await until("the pause is forgotten", async () => {
    const rows = await w.deps.db.selectFrom("installation").select("key").where("key", "=", "send_pause").execute();
    return rows.length === 0;
  });
});

test("S11 a wait that Meta names itself is kept to", async () => {
  const thread = await newThread(BLUE);
  await w.meta.faults({ nextSend: [{ code: 613, retryAfter: 600 }] });
  const sent = await reply(thread, "patience");
  await until("it was refused", async () => (await attempts(sent)).length === 1);
  await w.becomes(sent, "queued");
  await later(500);
  expect(await attempts(sent)).toHaveLength(1);
  await later(120);
  await w.becomes(sent, "sent", "delivered");
});
