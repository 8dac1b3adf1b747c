import type { Message } from "@firstline/contracts";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { until } from "../api/support/until.ts";
import { BLUE } from "../api/support/world.ts";
import {
  type ControlWorld,
  OWN,
  resetPage,
  routeTo,
  SALES_BOT,
  startControlWorld,
  type Thread,
} from "../control/support.ts";
import { WRITTEN_DOWN } from "./support/answers.ts";
import { whilePaused } from "./support/paused.ts";

let w: ControlWorld;
beforeAll(async () => {
  w = await startControlWorld();
  await w.meta.post(`/pages/${BLUE}/apps`, {});
});
afterAll(() => w.close());
beforeEach(async () => {
  await resetPage(w);
  w.clock.set(Date.now());
});

const texts = async (t: Thread) =>
  (await w.meta.phone(BLUE, t.customer)).messages.filter((m) => m.from === "page").map((m) => m.text);
const act = (m: Message, action: string, body?: object) =>
  w.call<Message & { code: string }>("POST", `/conversations/${m.conversationId}/messages/${m.id}/${action}`, {
    headers: w.agent.headers,
    ...(body ? { body } : {}),
  });
const whenOurs = (m: Message) => act(m, "resend", { whenOurs: true });
async function later(by: Parameters<typeof w.clock.advance>[0]): Promise<void> {
  w.clock.advance(by);
  await sql`select pg_notify('firstline_send', '')`.execute(w.deps.db);
}
/** A reply elsewhere has gone out, and what waits was looked at before it. */
async function looked(): Promise<void> {
  const elsewhere = await w.newThread();
  await w.becomes((await w.reply(elsewhere.id, { text: "elsewhere" }, w.agent.headers)).json, "sent", "delivered");
}
const attempts = async (m: Message) =>
  (await w.deps.db.selectFrom("send_attempt").select("code").where("message_id", "=", m.id).execute()).map(
    (a) => a.code,
  );

/** A reply that Meta refused, for nobody here knew that somebody else had taken the thread meanwhile. */
async function refused(text: string, platform: "messenger" | "instagram" = "messenger") {
  await routeTo(w, OWN, platform);
  const t = await w.newThread(platform);
  await w.meta.faults({ lose: { rate: 1, kinds: ["take_thread_control", "pass_thread_control"] } });
  await t.on("/control", { to: SALES_BOT });
  await w.sim.idle();
  const m = await w.becomes((await w.reply(t.id, { text }, w.agent.headers)).json, "failed");
  expect(m.failure?.fault).toBe("held_by_other_app");
  await w.meta.clearFaults();
  return { t, m };
}
/** The same where Meta lets nobody take the thread: its own AI answers, routing is off. */
async function refusedByAi(text: string) {
  const t = await w.newThread();
  await w.meta.faults({ lose: { rate: 1 } });
  await t.on("/meta-ai", {});
  await w.sim.idle();
  const m = await w.becomes((await w.reply(t.id, { text }, w.agent.headers)).json, "failed");
  await w.meta.clearFaults();
  return { t, m };
}

for (const platform of ["messenger", "instagram"] as const)
  test(`R4 S12 take over and send: the thread is taken and the refused reply goes out once (${platform})`, async () => {
    const { t, m } = await refused("mine again", platform);
    const clicks = await whilePaused(w, w.channelId[platform], () => Promise.all([whenOurs(m), whenOurs(m)]));
    expect(clicks.map((c) => c.status)).toEqual([202, 202]);
    await w.becomes(m, "sent", "delivered");
    expect(await texts(t)).toEqual(["mine again"]);
    expect((await t.now()).heldBy).toBeNull();
  });

test("R4 Meta lets it neither be taken nor asked for: the refusal names the switch that changes it, and the reply stays failed", async () => {
  const { t, m } = await refused("neither nor");
  await w.meta.patch(`/pages/${BLUE}/apps/${OWN}`, { takeoverAllowed: false });
  expect((await whenOurs(m)).json).toMatchObject({ status: 409, code: "takeover_not_allowed" });
  expect((await w.message(t.id, m.id)).state).toBe("failed");
});

test("R4 a request is no grant: the reply waits and says so, and goes out once when the thread comes back", async () => {
  const { t, m } = await refusedByAi("when it is ours");
  const waiting = (await whenOurs(m)).json;
  expect(waiting).toMatchObject({ state: "held", waitsForControl: true, failure: { fault: "held_by_other_app" } });
  expect((await t.lines())[0]).toMatchObject({ kind: "control_requested" });
  await later({ minutes: 10 });
  await looked();
  expect((await w.message(t.id, m.id)).state).toBe("held");
  const before = (await attempts(m)).length;
  await t.on("/meta-ai/release");
  await t.says("hello? anybody?");
  await w.becomes(m, "sent", "delivered");
  await expect.poll(async () => (await attempts(m)).length - before, WRITTEN_DOWN).toBe(1);
  expect((await texts(t)).filter((text) => text === "when it is ours")).toHaveLength(1);
});

test("R4 10/2018300 once: refused again after the thread was ours, the reply has failed and nobody tries a third time", async () => {
  const { t, m } = await refused("twice refused");
  await w.meta.faults({ nextSend: [{ code: 10, subcode: 2018300, times: 5, recipientId: t.customer }] });
  await whenOurs(m);
  const failed = await until("it has failed again", async () => {
    const now = await w.message(t.id, m.id);
    return now.state === "failed" && (await attempts(m)).length === 2 && now;
  });
  expect(failed).toMatchObject({ failure: { fault: "held_by_other_app", subcode: 2018300 }, waitsForControl: false });
  await t.on("/control", { to: "own" });
  await t.says("still there?");
  await later({ minutes: 2 });
  await looked();
  expect((await w.message(t.id, m.id)).state).toBe("failed");
  expect(await attempts(m)).toEqual([10, 10]);
});

test("R4 a request that nobody answers within an hour: the reply has failed with that reason, and can be tried again", async () => {
  const { t, m } = await refusedByAi("an hour");
  await whenOurs(m);
  await later({ minutes: 59 });
  await looked();
  expect((await w.message(t.id, m.id)).state).toBe("held");
  await later({ minutes: 2 });
  expect((await w.becomes(m, "failed")).failure?.fault).toBe("control_request_unanswered");
  expect((await whenOurs(m)).json).toMatchObject({ state: "held", waitsForControl: true });
});

test("R4 S1 it waits no longer than its reply window is open", async () => {
  const { t, m } = await refusedByAi("closing");
  await sql`update conversation set qualifying_at = ${new Date(w.clock.now() - 23.5 * 3_600_000)} where id = ${t.id}`.execute(
    w.deps.db,
  );
  await whenOurs(m);
  await later({ minutes: 31 });
  expect((await w.becomes(m, "failed")).failure?.fault).toBe("control_request_unanswered");
  const closed = await whenOurs(m);
  expect([closed.status, closed.json.code]).toEqual([409, "window_closed"]);
});

test("R4 a reply that waits for its thread can be given up; then it does not go out when the thread comes back", async () => {
  const { t, m } = await refusedByAi("never mind");
  await whenOurs(m);
  expect((await act(m, "cancel")).json.state).toBe("cancelled");
  await t.on("/meta-ai/release");
  await t.says("hello");
  await w.becomes((await w.reply(t.id, { text: "something else" }, w.agent.headers)).json, "sent", "delivered");
  expect(await texts(t)).not.toContain("never mind");
});

test("R4 only what the agent asked for takes a thread over: nothing by itself, and nothing for another failure", async () => {
  const { t, m } = await refused("not asked for");
  await later({ minutes: 5 });
  await looked();
  expect((await w.message(t.id, m.id)).state).toBe("failed");
  expect((await t.now()).heldBy).not.toBeNull();
  await whenOurs(m);
  const sent = await w.becomes(m, "sent", "delivered");
  expect((await whenOurs(sent)).status).toBe(409);
});

test("S3 R4 what waits for its thread is no reply held for its channel: reconnecting does not send it", async () => {
  const { t, m } = await refusedByAi("stay where you are");
  await whenOurs(m);
  const token = await w.meta.pageToken("100000000000102", BLUE);
  await w.connect("messenger", BLUE, token);
  await looked();
  expect(await w.message(t.id, m.id)).toMatchObject({ state: "held", waitsForControl: true });
});
