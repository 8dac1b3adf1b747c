import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { until } from "../api/support/until.ts";
import { echoed, pageBody, post } from "../api/support/webhooks.ts";
import { BLUE, KEVIN, startWorld, type World } from "../api/support/world.ts";
import {
  type CapturedLog,
  captureLog,
  createTestApp,
  FakeClock,
  META_APP,
  makeMessage,
  type Person,
  type TestApp,
} from "../harness/index.ts";
import { WRITTEN_DOWN } from "./support/answers.ts";

let w: World;
let log: CapturedLog;
let second: TestApp;
let agent: Person;

beforeEach(async () => {
  log = captureLog();
  const env = { META_SENDS_PER_SECOND: "40" };
  w = await startWorld({ clock: new FakeClock(Date.now()), log: log.log, env });
  second = await createTestApp({ database: w.database, clock: w.clock, graphUrl: w.sim.url, log: log.log, env });
  await second.start({ web: false, worker: true });
  agent = await w.asMember("agent");
  await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
});
afterEach(async () => {
  await second.close();
  await w.close();
});

const newThreads = async (count: number) => {
  const customers = await Promise.all(
    Array.from({ length: count }, (_, n) =>
      w.meta.post<{ id: string }>(`/pages/${BLUE}/customers`, { name: `Customer ${n}` }),
    ),
  );
  return Promise.all(
    customers.map(async ({ id }) => ({ customer: id, thread: await w.customerWrites(BLUE, id, "hello") })),
  );
};
const texts = async (customer: string) =>
  (await w.meta.phone(BLUE, customer)).messages.filter((m) => m.from === "page").map((m) => m.text);

test("two server processes send twelve conversations of ten replies: each thread in its order, every reply once, never two of a thread at once", async () => {
  await sql`create unique index one_in_flight on message (workspace_id, conversation_id) where state = 'sending'`.execute(
    w.deps.db,
  );
  const threads = await newThreads(12);
  await w.meta.faults({ slowMs: 20, nextSend: [{ code: -1, times: 6 }] });
  const written = Array.from({ length: 10 }, (_, n) => `reply ${n}`);
  await Promise.all(
    threads.map(async ({ thread }) => {
      for (const text of written) expect((await w.reply(thread.id, { text }, agent.headers)).status).toBe(202);
    }),
  );
  await until("everything is sent", async () => {
    // In small steps: nobody may take a call that is under way for one whose lease has run out.
    w.clock.advance({ ms: 200 });
    await sql`select pg_notify('firstline_send', '')`.execute(w.deps.db);
    const { rows } = await sql<{
      n: number;
    }>`select count(*) as n from message where direction = 'outbound' and state not in ('sent', 'delivered', 'read')`.execute(
      w.deps.db,
    );
    return rows[0]!.n === 0;
  });
  for (const { customer } of threads) expect(await texts(customer)).toEqual(written);
  const called = async () =>
    (
      await sql<{ calls: number; failed: number }>`
        select count(*) as calls, count(*) filter (where outcome = 'retry') as failed from send_attempt`.execute(
        w.deps.db,
      )
    ).rows[0];
  await expect.poll(called, WRITTEN_DOWN).toEqual({ calls: 126, failed: 6 });
  expect(log.text()).not.toContain("one_in_flight");
}, 90_000);

test("a message left in flight by a process that died is uncertain once its lease is over: not sent again, and its thread goes on", async () => {
  const [one] = await newThreads(1);
  const channel = { workspace_id: w.workspaceId, id: one!.thread.id, channel_id: one!.thread.channelId };
  const left = await makeMessage(w.deps, channel, {
    direction: "outbound",
    client_id: "left",
    external_id: null,
    state: "sending",
    text: "did it go out?",
    attempts: 1,
    called_at: new Date(w.clock.now()),
    sent_at: new Date(w.clock.now()),
    next_attempt_at: new Date(w.clock.now() + 150_000),
  });
  const behind = (await w.reply(one!.thread.id, { text: "behind it" }, agent.headers)).json;
  const look = () => sql`select pg_notify('firstline_send', '')`.execute(w.deps.db);
  w.clock.advance({ seconds: 149 });
  await look();
  expect((await w.message(one!.thread.id, behind.id)).state).toBe("queued");
  w.clock.advance({ seconds: 2 });
  await look();
  const uncertain = await w.becomes({ id: left.id, conversationId: one!.thread.id }, "uncertain");
  expect(uncertain.failure?.fault).toBe("outcome_unknown");
  await w.becomes(behind, "sent", "delivered");
  expect(await texts(one!.customer)).toEqual(["behind it"]);
});

test("S10 the echo of a message whose process died settles it, even after the lease", async () => {
  const [one] = await newThreads(1);
  const conversation = { workspace_id: w.workspaceId, id: one!.thread.id, channel_id: one!.thread.channelId };
  const left = await makeMessage(w.deps, conversation, {
    direction: "outbound",
    client_id: "left",
    external_id: null,
    state: "uncertain",
    text: "it did",
    sent_at: new Date(w.clock.now()),
  });
  const thread = { account: BLUE, customer: one!.customer };
  await post(
    w,
    pageBody(BLUE, echoed(thread, Date.now(), "m_proof", "it did", { app_id: META_APP.id, metadata: left.id })),
  );
  const settled = await w.becomes({ id: left.id, conversationId: one!.thread.id }, "sent");
  expect(settled).toMatchObject({ externalId: "m_proof", failure: null });
  expect((await w.messages(one!.thread.id)).filter((m) => m.direction === "outbound")).toHaveLength(1);
});
