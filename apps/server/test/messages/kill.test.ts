import { setTimeout as pause } from "node:timers/promises";
import type { Message } from "@firstline/contracts";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { besideMeta, type ServerProcess, startServerProcess } from "../api/support/child.ts";
import { until } from "../api/support/until.ts";
import { deliveryCounts } from "../api/support/webhooks.ts";
import { BLUE, BLUE_INSTAGRAM, type Control, controlOf, KEVIN, TEA } from "../api/support/world.ts";
import { BOOTSTRAP_KEY, createTestDeps, startTestSim, type TestDeps, type TestSim } from "../harness/index.ts";

const REPLIES = 1_000;
const AT_ONCE = 24;
const KILLS = 5;
/** How long a message may be in flight before another process takes it for left behind; see claim.ts. */
const LEASE_MS = 150_000;
const CHANNELS = [
  { platform: "messenger", pageId: BLUE, externalId: BLUE, people: 14 },
  { platform: "messenger", pageId: TEA, externalId: TEA, people: 14 },
  { platform: "instagram", pageId: BLUE, externalId: BLUE_INSTAGRAM, people: 12 },
] as const;

let t: TestDeps;
let sim: TestSim;
let meta: Control;
let server: ServerProcess;
beforeAll(async () => {
  sim = await startTestSim("sample");
  t = await createTestDeps({ clock: "real", graphUrl: sim.url });
  meta = controlOf(sim.url);
  server = await startServerProcess({
    ...besideMeta(t, sim),
    META_SENDS_PER_SECOND: "40",
    OUTCOME_LOOKS_SECONDS: "1,4",
  });
});
afterAll(async () => {
  // Ended already where all went well.
  await server?.stop();
  await t.dispose();
  await sim.close();
});

/** null: nobody was there to answer. */
async function api<T>(method: string, path: string, body?: object): Promise<{ status: number; json: T } | null> {
  await server.up();
  try {
    const answer = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${BOOTSTRAP_KEY}`, ...(body ? { "content-type": "application/json" } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: answer.status, json: (await answer.json()) as T };
  } catch {
    return null;
  }
}

interface Thread {
  pageId: string;
  customerId: string;
  conversationId: string;
}

/** Somebody who has written, on every channel several. */
async function threads(): Promise<Thread[]> {
  const made: { pageId: string; customerId: string; mid: string }[] = [];
  for (const { platform, pageId, externalId, people } of CHANNELS) {
    const accessToken = await meta.pageToken(KEVIN, pageId);
    expect((await api("POST", "/channels", { platform, externalId, accessToken }))?.status).toBe(201);
    for (let n = 0; n < people; n++) {
      const { id: customerId } = await meta.post<{ id: string }>(`/pages/${pageId}/customers`, {
        name: `Person ${n}`,
        platform,
      });
      const { mid } = await meta.post<{ mid: string }>(`/pages/${pageId}/customers/${customerId}/messages`, {
        text: "hello",
      });
      made.push({ pageId, customerId, mid });
    }
  }
  return until("all have arrived", async () => {
    const { rows } = await sql<{ mid: string; conversationId: string }>`
      select external_id as mid, conversation_id as "conversationId" from message where external_id = any(${made.map((m) => m.mid)}::text[])`.execute(
      t.deps.db,
    );
    const byMid = new Map(rows.map((r) => [r.mid, r.conversationId]));
    return byMid.size === made.length && made.map(({ mid, ...one }) => ({ ...one, conversationId: byMid.get(mid)! }));
  });
}

interface Row {
  id: string;
  conversationId: string;
  text: string;
  state: Message["state"];
  absent: boolean;
}
const replies = async (which = sql`true`) =>
  (
    await sql<Row>`
      select id, conversation_id as "conversationId", text, state, coalesce(looked->>'result' = 'absent', false) as absent
      from message where client_id is not null and ${which}`.execute(t.deps.db)
  ).rows;
const OPEN = sql`state in ('queued', 'sending', 'held', 'uncertain')`;

test("S10 killed five times in the middle of 1,000 replies, the server has sent every one exactly once, in its order, and forgotten none", async () => {
  const people = await threads();
  const written = Array.from({ length: REPLIES }, (_, n) => ({ n, thread: people[n % people.length]! }));
  const lanes = people.map((thread) => written.filter((one) => one.thread === thread));
  // Of a third of all replies Meta never tells that they were sent.
  await meta.faults({ lose: { kinds: ["echo"], rate: 0.33 } });

  const killAfter = Array.from({ length: KILLS }, (_, k) => 100 + k * 170 + Math.floor(Math.random() * 120));
  let accepted = 0;
  let kills = 0;
  let restart = Promise.resolve();
  const kill = () => {
    const killedAt = Date.now();
    kills++;
    restart = server.killAndRestart().then(async () => {
      // What the dead process had in hand, sends and looks, is taken for left behind after minutes: they pass at once.
      const before = new Date(killedAt + LEASE_MS);
      await sql`update message set next_attempt_at = now() where state = 'sending' and next_attempt_at <= ${before}`.execute(
        t.deps.db,
      );
      await sql`update message set look_at = now() where state = 'uncertain' and look_at <= ${before}`.execute(
        t.deps.db,
      );
    });
  };
  const writeLane = async () => {
    for (let lane = lanes.shift(); lane; lane = lanes.shift())
      for (const { n, thread } of lane) {
        // The same client id until somebody answers: a request repeated is one reply.
        const send = () =>
          api("POST", `/conversations/${thread.conversationId}/messages`, { clientId: `k-${n}`, text: `reply ${n}` });
        for (let answer = await send(); answer?.status !== 202; answer = await send()) {
          if (answer) throw new Error(`${answer.status} ${JSON.stringify(answer.json)}`);
          await pause(20);
        }
        accepted++;
        if (accepted >= (killAfter[kills] ?? Number.POSITIVE_INFINITY)) kill();
      }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, writeLane));
  await restart;
  expect(kills).toBe(KILLS);
  expect(await replies()).toHaveLength(REPLIES);

  const again = new Set<string>();
  await until(
    "nothing is open any more",
    async () => {
      const open = await replies(OPEN);
      // Whoever is asked looks at Meta's record first: only what is surely not there is sent again.
      for (const { id, text, conversationId } of open.filter((r) => r.absent)) {
        const answer = await api("POST", `/conversations/${conversationId}/messages/${id}/resend`);
        if (answer?.status === 202) again.add(text);
      }
      await pause(100);
      return open.length === 0;
    },
    90_000,
  );
  await until("Meta has told everything", () => sim.idle());
  await until("every delivery is worked off", async () => !("pending" in (await deliveryCounts(t))));

  const rows = await replies();
  expect(rows.filter((r) => r.state === "failed" || r.state === "cancelled")).toEqual([]);
  expect(new Set(rows.map((r) => r.text)).size).toBe(REPLIES);
  for (const thread of people) {
    const { messages } = await meta.phone(thread.pageId, thread.customerId);
    const shown = messages.filter((m) => m.from === "page").map((m) => m.text!);
    const own = written.filter((one) => one.thread === thread).map(({ n }) => `reply ${n}`);
    expect(shown.toSorted()).toEqual(own.toSorted());
    const inPlace = (text: string) => !again.has(text);
    expect(shown.filter(inPlace)).toEqual(own.filter(inPlace));
  }
  const { rows: bubbles } = await sql<{ n: number }>`
    select count(*) as n from message where direction = 'outbound'`.execute(t.deps.db);
  expect(bubbles[0]!.n).toBe(REPLIES);
  expect(await server.stop()).toBe(0);
}, 180_000);
