import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { tellUnanswered } from "../../src/modules/conversations/control-upkeep.ts";
import { until } from "../api/support/until.ts";
import { BLUE, KEVIN } from "../api/support/world.ts";
import {
  type ControlWorld,
  OWN,
  PAGE_INBOX,
  quiet,
  resetPage,
  routeTo,
  SALES_BOT,
  startControlWorld,
} from "./support.ts";

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

const kinds = async (lines: Promise<{ kind: string }[]>) => (await lines).map((l) => l.kind).reverse();
const survey = (platform: "messenger" | "instagram" = "messenger") =>
  w.call("GET", `/channels/${w.channelId[platform]}/routing`, { headers: w.apiKey, query: { refresh: "true" } });

test("R4 what another app holds is taken over: it is ours at Meta and here, with a line, and the reply goes out", async () => {
  await routeTo(w, SALES_BOT);
  await survey();
  const t = await w.newThread();
  const held = await t.heldBy("unknown");
  expect(held.reply).toMatchObject({ state: "blocked", reasons: [{ code: "held_by_other_app" }] });
  await t.on("/app-reply", { text: "I am a bot" });
  expect((await t.heldBy("other_app")).heldBy).toMatchObject({ appId: SALES_BOT, name: "Sales Bot" });

  const taken = await t.act("take");
  expect([taken.status, taken.json.heldBy, taken.json.reply.state]).toEqual([200, null, "open"]);
  expect(await t.on<{ control: unknown }>("/control", { to: "own" })).toMatchObject({ ownerAppId: OWN });
  expect(await kinds(t.lines())).toEqual(["control_held", "control_returned"]);
  const reply = await w.reply(t.id, { text: "Hello, this is Ada." }, w.agent.headers);
  await w.becomes(reply.json, "sent", "delivered");
});

test("R4 taking what is ours already is no error", async () => {
  await routeTo(w, OWN);
  const t = await w.newThread();
  expect((await t.act("take")).status).toBe(200);
});

test("R4 #27 with routing off Meta lets nobody take over: the refusal tells today's clicks and the old words, in both languages", async () => {
  const t = await w.newThread();
  await t.on("/meta-ai", {});
  await t.heldBy("meta_ai");
  const en = await t.act("take");
  expect([en.status, en.json.code, en.json.metaCode]).toEqual([409, "routing_off", 27]);
  expect(en.json.fix).toMatch(/Conversation Routing.*Handover Protocol, Messenger Receiver/);
  const zh = await t.act("take", {}, { ...w.agent.headers, "accept-language": "zh-TW" });
  expect(zh.json.fix).toMatch(/對話路由.*Messenger 接收者/);
  expect(zh.json.detail).toMatch(/\p{Script=Han}/u);
  expect((await t.now()).heldBy?.kind).toBe("meta_ai");
});

test("R4 with the take-over switch off the refusal names the switch, and the channel's health remembers it until it works", async () => {
  await routeTo(w, SALES_BOT);
  await survey();
  await w.meta.patch(`/pages/${BLUE}/apps/${OWN}`, { takeoverAllowed: false });
  const t = await w.newThread();
  await t.heldBy("unknown");
  const refused = await t.act("take");
  expect([refused.status, refused.json.code]).toEqual([409, "takeover_not_allowed"]);
  expect(refused.json.fix).toContain("Take control of conversations");
  const check = async () =>
    (
      await w.call<{ checks: { code: string; status: string }[] }>("GET", `/channels/${w.channelId.messenger}/health`, {
        headers: w.apiKey,
      })
    ).json.checks.find((c) => c.code === "takeover")?.status;
  expect(await check()).toBe("warn");
  await w.meta.patch(`/pages/${BLUE}/apps/${OWN}`, { takeoverAllowed: true });
  expect((await t.act("take")).status).toBe(200);
  expect(await check()).toBe("ok");
});

test("R2 a request to Meta's AI is accepted and never answered: a line at once, and after a while what to do instead", async () => {
  const t = await w.newThread();
  await t.on("/meta-ai", {});
  await t.heldBy("meta_ai");
  const asked = await t.act("request");
  expect([asked.status, asked.json.heldBy?.kind]).toEqual([200, "meta_ai"]);
  expect(asked.json.reply.reasons.map((r) => r.code)).toEqual(["held_by_meta_ai"]);
  const [line] = await t.lines();
  expect(line).toMatchObject({ kind: "control_requested", memberName: "Ada" });
  w.clock.advance({ minutes: 6 });
  const { reasons } = (await t.now()).reply;
  expect(reasons.map((r) => r.code)).toEqual(["held_by_meta_ai", "control_request_unanswered"]);
  expect(reasons[1]!.fix).toMatch(/Meta Business Suite/);
  const gone = await t.act("pass", { appId: PAGE_INBOX });
  expect([gone.status, gone.json.code]).toEqual([409, "control_not_owner"]);
  expect((await t.act("release")).json.code).toBe("control_not_owner");
});

test("R4 a request of an idle thread is granted at once; with routing on there is none", async () => {
  const t = await w.newThread();
  const asked = await t.act("request");
  expect([asked.status, asked.json.heldBy]).toEqual([200, null]);
  expect(await kinds(t.lines())).not.toContain("control_requested");
  await routeTo(w, SALES_BOT);
  const other = await w.newThread();
  expect((await other.act("request")).json.code).toBe("control_request_unavailable");
});

test("R4 passed to the inbox and back: held there, then returned with a line and a comparison of the thread", async () => {
  await routeTo(w, OWN);
  const t = await w.newThread();
  const passed = await t.act("pass", { appId: PAGE_INBOX });
  expect([passed.status, passed.json.heldBy]).toMatchObject([200, { kind: "page_inbox", appId: PAGE_INBOX }]);
  expect(passed.json.reply.reasons[0]?.code).toBe("held_by_page_inbox");
  await t.on("/control", { to: "own" });
  await t.heldBy(null);
  expect(await kinds(t.lines())).toEqual(["control_held", "control_returned"]);
  await until("the thread is compared with Meta's record", async () =>
    w.deps.db
      .selectFrom("reconciliation")
      .selectAll()
      .where("contact_external_id", "=", t.customer)
      .where("state", "=", "done")
      .executeTakeFirst(),
  );
});

test("R4 passed without a target the default app gets it; where there is none Meta's refusal says so", async () => {
  await routeTo(w, SALES_BOT);
  await survey();
  const t = await w.newThread();
  await t.act("take");
  const passed = await t.act("pass");
  expect(passed.status).toBe(200);
  expect(passed.json.heldBy).not.toBeNull();
  await resetPage(w);
  const other = await w.newThread();
  expect((await other.act("pass")).json.code).toBe("control_no_default_app");
  expect((await other.act("pass", { appId: "4242424242" })).json.code).toBe("routing_refused");
});

test("R4 released: nobody holds it, which is no hold of another", async () => {
  await routeTo(w, OWN);
  const t = await w.newThread();
  const released = await t.act("release");
  expect([released.status, released.json.heldBy]).toEqual([200, null]);
  expect((await t.act("release")).json.code).toBe("control_not_owner");
});

test("R2 a lead ad's questions can be neither taken over nor answered; its end brings the thread back", async () => {
  const t = await w.newThread();
  await t.on("/lead-ad", { keepRunning: true });
  const sent = await w.reply(t.id, { text: "May I help?" }, w.agent.headers);
  const waiting = await until("the reply is put off", async () => {
    const message = await w.message(t.id, sent.json.id);
    return message.failure?.fault === "automated_flow_running" && message;
  });
  expect(waiting.state).toBe("queued");
  const held = await t.heldBy("lead_ad_flow");
  expect(held.reply.reasons.map((r) => r.code)).toEqual(["held_by_lead_ad_flow"]);
  expect((await t.act("take")).json.code).toBe("routing_off");
  await t.on("/lead-ad/finish", {});
  await t.heldBy(null);
  w.clock.advance({ minutes: 2 });
  await w.becomes(sent.json, "sent", "delivered");
});

test("I1 R4 Instagram: a refused reply shows the hold, taking over frees it", async () => {
  await routeTo(w, SALES_BOT, "instagram");
  const t = await w.newThread("instagram");
  await t.heldBy("unknown");
  expect((await t.act("release")).json.code).toBe("control_not_owner");
  expect((await t.act("take")).json.heldBy).toBeNull();
  await w.becomes((await w.reply(t.id, { text: "Hola" }, w.agent.headers)).json, "sent", "delivered");
});

test("R2 a reply that Meta refuses for another holder fails with that reason, shows the hold, and goes out once it is taken over", async () => {
  const t = await w.newThread();
  // Nothing told us: what the bot did happened in silence.
  await routeTo(w, SALES_BOT);
  await t.on("/control", { to: SALES_BOT, event: false });
  const sent = await w.reply(t.id, { text: "Hello?" }, w.agent.headers);
  const failed = await w.becomes(sent.json, "failed");
  expect(failed.failure).toMatchObject({ fault: "held_by_other_app", code: 10, subcode: 2018300 });
  expect((await t.heldBy("unknown")).reply.state).toBe("blocked");
  expect((await t.act("take")).json.reply.state).toBe("open");
  const again = await w.call("POST", `/conversations/${t.id}/messages/${sent.json.id}/resend`, {
    headers: w.agent.headers,
  });
  expect(again.status).toBe(202);
  await w.becomes(sent.json, "sent", "delivered");
});

test("R2 once a request was left unanswered the clients are told so, unless control has come back", async () => {
  const t = await w.newThread();
  await t.on("/meta-ai", {});
  await t.heldBy("meta_ai");
  await t.act("request");
  const jobs = await sql<{ wait: number }>`
    select extract(epoch from start_after - created_on) as wait from pgboss.job where name = 'conversations.unanswered' and data->>'conversationId' = ${t.id}`.execute(
    w.deps.db,
  );
  expect(jobs.rows.map((j) => Math.round(Number(j.wait) / 60))).toEqual([5]);
  const told = async () =>
    (
      await sql`select 1 from event where type = 'conversation.updated' and conversation_id = ${t.id}`.execute(
        w.deps.db,
      )
    ).rows.length;
  await quiet(w);
  const before = await told();
  await tellUnanswered(w.deps, w.workspaceId, t.id);
  expect(await told()).toBe(before + 1);
  await t.on("/meta-ai/release", {});
  await t.says("are you there?");
  await t.heldBy(null);
  await quiet(w);
  const after = await told();
  await tellUnanswered(w.deps, w.workspaceId, t.id);
  expect(await told()).toBe(after);
});

test("R4 Meta out of reach, Meta in trouble and a dead token are told as that, and change nothing here", async () => {
  const t = await w.newThread();
  await w.meta.faults({ nextGraph: [{ path: "take_thread_control", cut: "before" }] });
  const away = await t.act("take");
  expect([away.status, away.json.code]).toEqual([502, "meta_unreachable"]);
  await w.meta.faults({ nextGraph: [{ path: "take_thread_control", code: 2 }] });
  expect((await t.act("take")).status).toBe(502);
  // The token's death is to meet this call and no other.
  await quiet(w);
  await w.meta.post(`/users/${KEVIN}/password`);
  const dead = await t.act("release");
  expect([dead.status, dead.json.code]).toEqual([409, "token_password_changed"]);
  expect((await t.act("release")).json.code).toBe("channel_needs_reauthorization");
  expect(await t.lines()).toEqual([]);
});
