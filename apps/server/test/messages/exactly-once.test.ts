import { setTimeout as pause } from "node:timers/promises";
import type { Message } from "@firstline/contracts";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BLUE } from "../api/support/world.ts";
import { type Plan, plans, type ThreadPlan } from "./support/conversation-plan.ts";
import { type Flow, type Reply, startFlow } from "./support/flow.ts";

const RUNS = Number(process.env.EXACTLY_ONCE_RUNS ?? 100);
/** The same plans every time; `EXACTLY_ONCE_SEED` tries others. */
const SEED = Number(process.env.EXACTLY_ONCE_SEED ?? 20_261_123);
const WITHIN_MS = Number(process.env.EXACTLY_ONCE_WITHIN_MS ?? 45_000);

let flow: Flow;
beforeAll(async () => {
  flow = await startFlow();
});
afterAll(() => flow[Symbol.asyncDispose]());

interface Thread extends ThreadPlan {
  customerId: string;
  conversationId: string;
  /** What was accepted for sending, in the order it was written. */
  texts: string[];
  /** Sent again by a person: out of its place by right. */
  again: Set<string>;
}
let serial = 0;

const api = <T>(path: string, body: object = {}) =>
  flow.web.call<T>("POST", `/conversations/${path}`, { headers: flow.web.apiKey, body });

/** What goes wrong at Meta from here on. */
async function prepare(plan: Plan, threads: Thread[]): Promise<void> {
  const lose = plan.echoes === "never" ? 1 : plan.echoes === "some" ? 0.5 : 0;
  await flow.meta.faults({
    nextSend: threads.flatMap((t) => t.faults.map((fault) => ({ ...fault, recipientId: t.customerId }))),
    echoOvertakes: plan.echoes === "before",
    // An echo that waits for its neighbour overtakes nothing.
    reorder: plan.swapped && plan.echoes !== "before",
    ...(lose > 0 ? { lose: { kinds: ["echo"], rate: lose } } : {}),
    ...(plan.doubledDeliveries ? { duplicate: { rate: 0.5 } } : {}),
    // Later than anything a test waits for: only a flush brings them.
    ...(plan.echoes === "late" ? { delayMs: 20 * 24 * 3_600_000 } : {}),
  });
  const deaths = new Map(threads.map((t) => [t, [...t.deaths]]));
  flow.dies = (text) => {
    const one = threads.find((t) => t.texts.includes(text));
    return (one && deaths.get(one)?.shift()) ?? null;
  };
}

async function write(thread: Thread, written: () => void): Promise<void> {
  for (const { doubled, cancelled, pauseMs } of thread.replies) {
    const text = `reply ${++serial}`;
    const clientId = `once-${serial}`;
    thread.texts.push(text);
    const path = `${thread.conversationId}/messages`;
    const [sent, ...more] = await Promise.all(
      Array.from({ length: doubled ? 2 : 1 }, () => api<Message>(path, { clientId, text })),
    );
    expect([202, 409]).toContain(sent!.status);
    for (const other of more) expect([other.status, other.json.id]).toEqual([sent!.status, sent!.json.id]);
    if (sent!.status !== 202) thread.texts.splice(thread.texts.indexOf(text), 1);
    else if (cancelled) await api(`${path}/${sent!.json.id}/cancel`);
    written();
    if (pauseMs > 0) await pause(pauseMs);
  }
}

/** People send again what Meta's record does not have, and what failed, until nothing is left open. */
async function settleAll(plan: Plan, threads: Thread[]): Promise<Reply[]> {
  const ids = threads.map((t) => t.conversationId);
  for (let round = 0; ; round++) {
    const replies = await flow.quiet(ids, plan.echoes === "late");
    const open = replies.filter(
      (r) => r.state === "uncertain" || (plan.resends && round === 0 && r.state === "failed"),
    );
    if (open.length === 0 || round > 20) {
      if (plan.echoes !== "late") return replies;
      await flow.meta.post("/webhooks/flush");
      await flow.sim.idle();
      return flow.quiet(ids);
    }
    for (const r of open) {
      threads.find((t) => t.conversationId === r.conversationId)!.again.add(r.text);
      const { status } = await api(`${r.conversationId}/messages/${r.id}/resend`);
      // Its echo may have come in between.
      expect([202, 409]).toContain(status);
    }
  }
}

const ON_PHONE = new Set(["sent", "delivered", "read"]);

async function check(threads: Thread[], replies: Reply[]): Promise<void> {
  for (const thread of threads) {
    const { messages } = await flow.meta.phone(BLUE, thread.customerId);
    const shown = messages.filter((m) => m.from === "page").map((m) => m.text!);
    const own = replies.filter((r) => r.conversationId === thread.conversationId);
    expect(own.map((r) => r.text).toSorted()).toEqual(thread.texts.toSorted());
    for (const { text, state } of own) {
      const times = shown.filter((one) => one === text).length;
      expect({ text, state, times }).toEqual({ text, state, times: ON_PHONE.has(state) ? 1 : 0 });
      expect(["sent", "delivered", "read", "failed", "cancelled"]).toContain(state);
    }
    expect(shown.filter((text) => !thread.texts.includes(text))).toEqual([]);
    const inPlace = (text: string) => !thread.again.has(text);
    expect(shown.filter(inPlace)).toEqual(thread.texts.filter((text) => inPlace(text) && shown.includes(text)));
  }
}

test(
  "S10 whatever happens between us, Meta and the customer, every reply is on the phone at most once, exactly once if it says so, in its order, and none is left waiting",
  async () => {
    console.info(`EXACTLY_ONCE_SEED=${SEED}`);
    const began = performance.now();
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        // A run that has begun is ended: fast-check's own limit would leave it at work while the servers are closed.
        if (performance.now() - began > WITHIN_MS) return;
        const threads = await Promise.all(
          plan.threads.map(async (t) => ({
            ...t,
            ...(await flow.customer(t.platform)),
            texts: [],
            again: new Set<string>(),
          })),
        );
        await prepare(plan, threads);
        let written = 0;
        const kills = new Set(plan.kills);
        const count = () => {
          if (kills.has(++written)) flow.kill();
        };
        await Promise.all(threads.map((t) => write(t, count)));
        const replies = await settleAll(plan, threads);
        await check(threads, replies);
        await flow.rest();
        runs++;
      }),
      { numRuns: RUNS, seed: SEED },
    );
    console.info(`${runs} runs in ${Math.round((performance.now() - began) / 1000)} s`);
    expect(runs).toBeGreaterThan(0);
  },
  WITHIN_MS + 90_000,
);
