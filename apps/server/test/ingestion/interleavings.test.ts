import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createProcessor } from "../../src/modules/ingestion/process.ts";
import { createDeliveryStore } from "../../src/modules/ingestion/store.ts";
import { createReceive } from "../../src/modules/messages/receive/index.ts";
import { deliveryCounts } from "../api/support/webhooks.ts";
import { createTestApp, FakeClock, makeChannel, type TestApp } from "../harness/index.ts";
import { canonicalRows } from "./canonical.ts";
import { type Action, elementOf, memberOf, START, scenario, seeded } from "./scenario.ts";

const SCENARIOS = 125;
const PER_SCENARIO = 80;
const SEED = 20_261_123;

let t: TestApp;
beforeAll(async () => {
  // While the holds of the stories last: who holds a thread is part of what must be the same.
  t = await createTestApp({ clock: new FakeClock(START + 3_600_000) });
  await t.deps.jobs.start({ work: false });
});
afterAll(async () => {
  await t.deps.jobs.stop();
  await t.close();
});

interface Thread {
  scenario: number;
  object: "page" | "instagram";
  account: string;
  customer: string;
}
interface Told {
  /** Where in the whole sequence of deliveries it stands, 0 to 1. */
  place: number;
  thread: Thread;
  action: Action;
}

test("10,000 random interleavings of deliveries, worked off by two processors at once, end in the same rows as the true order", async () => {
  const random = seeded(SEED);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const stories = fc.sample(scenario, { numRuns: SCENARIOS, seed: SEED });
  const accounts = {
    page: [
      (await makeChannel(t.deps, { workspace_id: t.workspaceId })).external_id,
      (await makeChannel(t.deps, { workspace_id: t.workspaceId })).external_id,
    ],
    instagram: [(await makeChannel(t.deps, { workspace_id: t.workspaceId, platform: "instagram" })).external_id],
  };

  const threads: Thread[] = [];
  const told: Told[] = [];
  for (const [n, actions] of stories.entries()) {
    const object = n % 4 === 3 ? "instagram" : "page";
    for (let i = 0; i < PER_SCENARIO; i++) {
      const thread: Thread = {
        scenario: n,
        object,
        account: pick(accounts[object]),
        customer: `${1_000_000 + threads.length}`,
      };
      threads.push(thread);
      told.push(...(i === 0 ? inTrueOrder(actions, thread) : interleave(actions, thread, random)));
    }
  }
  expect(threads).toHaveLength(10_000);

  const store = createDeliveryStore(t.deps.database.pool);
  const bodies = deliver(
    told.sort((a, b) => a.place - b.place),
    random,
  );
  for (let from = 0; from < bodies.length; from += 10_000)
    await Promise.all(bodies.slice(from, from + 10_000).map((b) => store.add(b, "")));

  const processor = () => createProcessor(t.deps, createReceive(t.deps));
  const drain = async () => {
    const { run } = processor();
    for (let empty = 0; empty < 2; ) {
      // Threads are locked in one order, so the two never deadlock; `run` would throw.
      empty = (await run(100 + Math.floor(random() * 500))) === 0 ? empty + 1 : 0;
    }
  };
  await Promise.all([drain(), drain()]);
  while ((await processor().run(500)) > 0);
  expect(await deliveryCounts(t)).toEqual({ done: bodies.length });

  const rows = await canonicalRows(t);
  const truth = new Map(
    threads.filter((_, n) => n % PER_SCENARIO === 0).map((one) => [one.scenario, rows.get(one.customer)]),
  );
  const different = threads.filter((one) => rows.get(one.customer) !== truth.get(one.scenario));
  const [first] = different;
  if (first) {
    const order = told.filter((one) => one.thread === first).map((one) => one.action);
    expect({ different: different.length, order, rows: JSON.parse(rows.get(first.customer) ?? "null") }).toEqual({
      different: 0,
      order,
      rows: JSON.parse(truth.get(first.scenario) ?? "null"),
    });
  }
  expect(different).toEqual([]);

  const { rows: sums } = await sql<{
    messages: number;
    texts: number;
    effects: number;
    conversations: number;
    marks: number;
    evidence: number;
    lines: number;
    comments: number;
    joined: number;
    held: number;
  }>`
    select (select count(*) from message) as messages, (select count(distinct text) from message) as texts, (select count(*) from message_effect) as effects,
      (select count(*) from conversation) as conversations, (select count(*) from thread_mark) as marks,
      (select count(*) from control_evidence) as evidence, (select count(*) from thread_event) as lines, (select count(*) from comment) as comments,
      (select count(*) from user_ref where at is not null and contact_external_id is not null) as joined, (select count(*) from conversation where held_by is not null) as held`.execute(
    t.deps.db,
  );
  const perThread = stories.map(
    (s) => s.filter((a) => a.do === "wrote" || a.do === "echoed" || a.do === "postback").length,
  );
  expect(sums[0]!.messages).toBe(perThread.reduce((a, b) => a + b) * PER_SCENARIO);
  expect(sums[0]!.conversations).toBe(perThread.filter((n) => n > 0).length * PER_SCENARIO);
  expect(sums[0]!.effects).toBeGreaterThan(10_000);
  for (const seen of ["marks", "evidence", "lines", "comments", "joined", "held"] as const)
    expect(sums[0]![seen]).toBeGreaterThan(PER_SCENARIO);
}, 360_000);

function inTrueOrder(actions: Action[], thread: Thread): Told[] {
  return actions.map((action, n) => ({ place: (n + 0.5) / actions.length, thread, action }));
}

/** Any order, some twice or three times, close together or far apart. */
function interleave(actions: Action[], thread: Thread, random: () => number): Told[] {
  const width = [1, 0.1, 0.01, 0.001][Math.floor(random() * 4)]!;
  const from = random() * (1 - width);
  const some = actions.flatMap((action) => Array(random() < 0.7 ? 1 : random() < 0.7 ? 2 : 3).fill(action) as Action[]);
  return some.map((action) => ({ place: from + random() * width, thread, action }));
}

/** Bodies of one to six elements, of one product each: several entries, several elements in an entry. */
function deliver(told: Told[], random: () => number): Buffer[] {
  const bodies: Buffer[] = [];
  const open: Record<Thread["object"], Told[]> = { page: [], instagram: [] };
  const close = (object: Thread["object"]) => {
    const entry: { id: string; time: number; messaging?: object[]; standby?: object[]; changes?: object[] }[] = [];
    for (const { thread, action } of open[object].splice(0)) {
      const last = entry.at(-1);
      const member = memberOf(action);
      // A change has the time of its entry, so it has an entry of its own.
      const joins = last?.id === thread.account && member !== "changes" && last[member] && random() < 0.6;
      const home = joins ? last : { id: thread.account, time: START + action.at * 1000 };
      if (home !== last) entry.push(home);
      home[member] = [...(home[member] ?? []), elementOf(action, thread, `${thread.customer}|`)];
    }
    if (entry.length > 0) bodies.push(Buffer.from(JSON.stringify({ object, entry })));
  };
  for (const one of told) {
    open[one.thread.object].push(one);
    if (random() < 0.35) close(one.thread.object);
  }
  close("page");
  close("instagram");
  return bodies;
}
