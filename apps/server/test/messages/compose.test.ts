import type { Message, MessageList, Problem, Reason } from "@firstline/contracts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { z } from "zod";
import { withContract } from "../api/support/contract.ts";
import {
  createTestApp,
  makeChannel,
  makeContact,
  makeConversation,
  type Person,
  type TestApp,
} from "../harness/index.ts";
import { pdf } from "./files/documents.ts";

const NOW = "2026-03-02T09:00:00.000Z";
const HOUR = 3_600_000;
let t: TestApp;
let approved: TestApp;
let agent: Person;
let channel: Awaited<ReturnType<typeof makeChannel>>;
let conversation: Awaited<ReturnType<typeof makeConversation>>;

beforeAll(async () => {
  t = await withContract(await createTestApp());
  approved = await withContract(
    await createTestApp({ database: t.database, clock: t.clock, env: { META_HUMAN_AGENT_APPROVED: "true" } }),
  );
  agent = await t.asMember("agent", { name: "Ada" });
  channel = await makeChannel(t.deps, { workspace_id: t.workspaceId });
});
afterAll(async () => {
  await approved.close();
  await t.close();
});
beforeEach(async () => {
  t.clock.set(NOW);
  conversation = await makeConversation(t.deps, channel);
});

type Refusal = Problem & { reasons: Reason[] };
const reply = <T = Message>(
  body: object,
  headers: Record<string, string> = agent.headers,
  server = t,
  id = conversation.id,
) => server.call<T>("POST", `/conversations/${id}/messages`, { headers, body });
const messages = async () =>
  (
    await t.call<z.infer<typeof MessageList>>("GET", `/conversations/${conversation.id}/messages`, {
      headers: agent.headers,
    })
  ).json.data;
const events = async (subject: string) =>
  (await t.deps.db.selectFrom("event").select("type").where("subject_id", "=", subject).execute()).map((e) => e.type);
const upload = (file: Buffer, name: string, conversationId = conversation.id) => {
  const form = new FormData();
  form.set("conversationId", conversationId);
  form.set("file", new File([new Uint8Array(file)], name));
  return t.inject({ method: "POST", url: "/api/v1/attachments", headers: agent.headers, payload: form as never });
};

test("a reply is taken in as queued by its author, with its event, before anything is sent", async () => {
  const { status, json } = await reply({ clientId: "a", text: "  Hello \u0000there\ud800 " });
  expect(status).toBe(202);
  expect(json).toMatchObject({
    clientId: "a",
    direction: "outbound",
    kind: "text",
    text: "Hello there\ufffd",
    state: "queued",
    way: "reply",
    source: { kind: "agent", name: "Ada", memberId: agent.memberId },
    failure: null,
  });
  expect(await events(json.id)).toEqual(["message.created"]);
});

test("the same clientId again answers with the same message, whatever else the body says, and writes nothing", async () => {
  const first = await reply({ clientId: "same", text: "one" });
  const again = await reply({ clientId: "same", text: "two" });
  expect(again.status).toBe(202);
  expect(again.json).toEqual(first.json);
  expect(await messages()).toHaveLength(1);
  expect(await events(first.json.id)).toHaveLength(1);
});

test("twenty requests with one clientId at once make one message; another conversation may use the same clientId", async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      reply({ clientId: "race", text: `try ${n}` }, agent.headers, n % 2 ? approved : t),
    ),
  );
  expect(answers.map((a) => a.status)).toEqual(Array(20).fill(202));
  expect(new Set(answers.map((a) => a.json.id)).size).toBe(1);
  expect(await messages()).toHaveLength(1);
  const other = await makeConversation(t.deps, channel);
  const elsewhere = await reply({ clientId: "race", text: "x" }, agent.headers, t, other.id);
  expect(elsewhere.json.id).not.toBe(answers[0]!.json.id);
});

test("text and files become one message each, the text first, in this order; the same clientId again adds none", async () => {
  const png = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );
  const one = (await upload(png, "one.png")).json<{ id: string }>();
  const two = (await upload(pdf("two"), "two.pdf")).json<{ id: string }>();
  const first = await reply({ clientId: "files", text: "look", attachmentIds: [one.id, two.id] });
  expect(first.status).toBe(202);
  expect(first.json.kind).toBe("text");
  const written = (await messages()).reverse();
  expect(written.map((m) => [m.kind, m.text, m.attachments.map((a) => a.name)])).toEqual([
    ["text", "look", []],
    ["image", null, ["one.png"]],
    ["file", null, ["two.pdf"]],
  ]);
  await reply({ clientId: "files", text: "look", attachmentIds: [one.id, two.id] });
  expect(await messages()).toHaveLength(3);
});

test("a file is sent once and in its own conversation: used twice, of another thread or unknown, it is refused by name", async () => {
  const other = await makeConversation(t.deps, channel);
  const foreign = (await upload(pdf("x"), "x.pdf", other.id)).json<{ id: string }>();
  for (const id of [foreign.id, "01890000-0000-7000-8000-000000000000"]) {
    const refused = await reply<Problem>({ clientId: `f-${id}`, attachmentIds: [id] });
    expect([refused.status, refused.json.code]).toEqual([422, "attachment_not_found"]);
  }
  const own = (await upload(pdf("y"), "y.pdf")).json<{ id: string }>();
  expect((await reply({ clientId: "own-1", attachmentIds: [own.id] })).status).toBe(202);
  expect((await reply({ clientId: "own-2", attachmentIds: [own.id] })).status).toBe(422);
});

test("nothing to send, or more than Meta takes, is refused before anything is written", async () => {
  const codes = async (body: object) => {
    const { status, json } = await reply<Problem>({ clientId: "x", ...body });
    return [status, json.code];
  };
  expect(await codes({})).toEqual([422, "message_empty"]);
  expect(await codes({ text: " \n " })).toEqual([422, "message_empty"]);
  expect(await codes({ text: "字".repeat(2001) })).toEqual([422, "message_too_long"]);
  expect(await codes({ text: "x", clientId: "" })).toEqual([422, "invalid_request"]);
  const instagram = await makeChannel(t.deps, { workspace_id: t.workspaceId, platform: "instagram" });
  const thread = await makeConversation(t.deps, instagram);
  expect((await reply({ clientId: "bytes", text: "字".repeat(333) }, agent.headers, t, thread.id)).status).toBe(202);
  const refused = await reply<Problem & { limit: number; unit: string }>(
    { clientId: "bytes2", text: "字".repeat(334) },
    agent.headers,
    t,
    thread.id,
  );
  expect(refused.json).toMatchObject({ status: 422, code: "message_too_long", limit: 1000, unit: "bytes" });
  expect(await messages()).toEqual([]);
});

test("S1 to the last millisecond of 24 hours a reply goes; from then on it is refused with the deciding reason first", async () => {
  await t.deps.db
    .updateTable("conversation")
    .set({ qualifying_at: new Date(t.clock.now()) })
    .where("id", "=", conversation.id)
    .execute();
  t.clock.advance(24 * HOUR - 1);
  expect((await reply({ clientId: "in", text: "just in time" })).status).toBe(202);
  t.clock.advance(1);
  const late = await reply<Refusal>({ clientId: "late", text: "too late" });
  expect(late.status).toBe(409);
  expect(late.json.code).toBe("window_closed");
  expect(late.json.reasons.map((r) => r.code)).toEqual(["window_closed", "human_agent_not_approved"]);
  expect(late.json.fix).not.toBe("");
  expect(await messages()).toHaveLength(1);
});

test("S1 a clientId that was taken while the window was open still answers with its message after it closed", async () => {
  const taken = await reply({ clientId: "open", text: "hello" });
  t.clock.advance(25 * HOUR);
  const again = await reply({ clientId: "open", text: "hello" });
  expect([again.status, again.json.id]).toEqual([202, taken.json.id]);
});

test("S2 without approval the human-agent way is refused by that name, and never chosen", async () => {
  const asked = await reply<Refusal>({ clientId: "ha", text: "x", way: "human_agent" });
  expect([asked.status, asked.json.code]).toEqual([409, "human_agent_not_approved"]);
});

test("S2 with approval a person's reply of the second day takes the human-agent way; an API key's does not", async () => {
  t.clock.advance(30 * HOUR);
  const byPerson = await reply({ clientId: "person", text: "x" }, agent.headers, approved);
  expect([byPerson.status, byPerson.json.way]).toEqual([202, "human_agent"]);
  const byKey = await reply<Refusal>({ clientId: "key", text: "x" }, t.apiKey, approved);
  expect(byKey.status).toBe(409);
  expect(byKey.json.reasons.map((r) => r.code)).toEqual(["window_closed", "human_agent_not_for_automation"]);
  t.clock.advance(7 * 24 * HOUR);
  expect((await reply({ clientId: "week", text: "x" }, agent.headers, approved)).status).toBe(409);
});

test("S2 inside the 24 hours the plain way is used, approval or not", async () => {
  expect((await reply({ clientId: "plain", text: "x" }, agent.headers, approved)).json.way).toBe("reply");
});

test("S2 the human-agent way asked for inside the 24 hours goes as an ordinary reply, and the answer says so", async () => {
  const asked = await reply({ clientId: "early", text: "x", way: "human_agent" }, agent.headers, approved);
  expect([asked.status, asked.json.way]).toEqual([202, "reply"]);
  const byKey = await reply<Refusal>({ clientId: "key", text: "x", way: "HUMAN_AGENT" }, t.apiKey, approved);
  expect([byKey.status, byKey.json.code]).toEqual([409, "human_agent_not_for_automation"]);
  t.clock.advance(30 * HOUR);
  const plain = await reply<Refusal>({ clientId: "plain", text: "x", way: "reply" }, agent.headers, approved);
  expect([plain.status, plain.json.code]).toEqual([409, "window_closed"]);
});

test("O4 a retired tag is refused before anything is written, inside the window and out of it, with its last day and what replaces it", async () => {
  for (const way of ["ACCOUNT_UPDATE", "account_update", "POST_PURCHASE_UPDATE", "confirmed_event_update"]) {
    t.clock.set("2026-11-22T09:00:00.000Z");
    const refused = await reply<Refusal & Record<string, string>>({ clientId: way, text: "x", way }, agent.headers);
    expect(refused.json).toMatchObject({
      status: 422,
      code: "tag_retired",
      tag: way.toUpperCase(),
      retiredOn: "2026-04-27",
      replacement: expect.stringContaining("utility templates"),
    });
  }
  expect(await messages()).toEqual([]);
});

test("S1 a thread begun by an ad closes after 24 hours like any other, and after seven days where the operator says so", async () => {
  const wrote = t.clock.now();
  const referral = JSON.stringify({ source: "ADS", type: "OPEN_THREAD", adId: "63", at: wrote - HOUR });
  const contact = await makeContact(t.deps, channel, { referral });
  const times = { qualifying_at: new Date(wrote), last_inbound_at: new Date(wrote) };
  const thread = await makeConversation(t.deps, channel, { contact_id: contact.id, ...times });
  await using ads = await createTestApp({
    database: t.database,
    clock: t.clock,
    env: { META_AD_WINDOW_7_DAYS: "true" },
  });
  t.clock.advance(6 * 24 * HOUR);
  const send = (server: TestApp) => reply<Refusal>({ clientId: "ad", text: "x" }, agent.headers, server, thread.id);
  expect((await send(t)).json.code).toBe("window_closed");
  expect((await send(ads)).status).toBe(202);
});

test("S3 while the channel needs reauthorisation a reply is held, not refused; a disconnected channel refuses", async () => {
  const own = await makeChannel(t.deps, {
    workspace_id: t.workspaceId,
    state: "needs_reauthorization",
    state_fault: "token_password_changed",
  });
  const thread = await makeConversation(t.deps, own);
  const held = await reply({ clientId: "held", text: "wait for me" }, agent.headers, t, thread.id);
  expect([held.status, held.json.state]).toEqual([202, "held"]);
  const shown = await t.call<{ needsLook: boolean; reply: { state: string; reasons: Reason[] } }>(
    "GET",
    `/conversations/${thread.id}`,
    { headers: agent.headers },
  );
  expect(shown.json.needsLook).toBe(true);
  expect([shown.json.reply.state, shown.json.reply.reasons.map((r) => r.code)]).toEqual([
    "blocked",
    ["channel_needs_reauthorization"],
  ]);
  await t.deps.db.updateTable("channel").set({ state: "disconnected" }).where("id", "=", own.id).execute();
  const refused = await reply<Refusal>({ clientId: "gone", text: "x" }, agent.headers, t, thread.id);
  expect([refused.status, refused.json.code]).toEqual([409, "channel_disconnected"]);
});

test("S6 to a customer who cannot receive nothing is written, with the reason", async () => {
  const contact = await makeContact(t.deps, channel, { cannot_receive_since: new Date(t.clock.now() - HOUR) });
  const thread = await makeConversation(t.deps, channel, { contact_id: contact.id });
  const refused = await reply<Refusal>({ clientId: "x", text: "x" }, agent.headers, t, thread.id);
  expect([refused.status, refused.json.code]).toEqual([409, "contact_cannot_receive"]);
});

test("a reply is sorted behind everything in the thread, even where Meta's clock runs ahead of ours, and marks it as read", async () => {
  const ahead = new Date(t.clock.now() + 5_000);
  await t.deps.db
    .updateTable("conversation")
    .set({ last_message_at: ahead, unread_count: 3 })
    .where("id", "=", conversation.id)
    .execute();
  const { json } = await reply({ clientId: "ahead", text: "x" });
  expect(Date.parse(json.sentAt)).toBeGreaterThan(ahead.getTime());
  const shown = await t.call<{ unreadCount: number; lastMessage: { id: string } }>(
    "GET",
    `/conversations/${conversation.id}`,
    { headers: agent.headers },
  );
  expect([shown.json.unreadCount, shown.json.lastMessage.id]).toEqual([0, json.id]);
});

test("a waiting reply can be cancelled once and stays cancelled; it cannot be sent again; unknown ones are not found", async () => {
  const { json } = await reply({ clientId: "cancel", text: "x" });
  const at = (id: string, action: string) =>
    t.call<{ state: string; code: string }>("POST", `/conversations/${conversation.id}/messages/${id}/${action}`, {
      headers: agent.headers,
    });
  expect((await at(json.id, "cancel")).json.state).toBe("cancelled");
  expect((await at(json.id, "cancel")).status).toBe(200);
  const resend = await at(json.id, "resend");
  expect([resend.status, resend.json.code]).toEqual([409, "conflict"]);
  expect((await at("01890000-0000-7000-8000-000000000000", "resend")).status).toBe(404);
});
