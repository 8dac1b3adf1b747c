import type { Conversation, Message } from "@firstline/contracts";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { until } from "../api/support/until.ts";
import { BLUE, KEVIN, workedOff } from "../api/support/world.ts";
import { READS, startTemplates, type Templates, VALUES } from "./support.ts";

let t: Templates;
let template: { id: string; name: string };
beforeAll(async () => {
  t = await startTemplates();
  template = (await t.create()).json;
  await t.shows(template.id, "APPROVED");
});
afterAll(() => t.w.close());
beforeEach(async () => {
  await t.w.meta.clearFaults();
  await sql`delete from send_pace`.execute(t.w.deps.db);
});

type Sent = Message & { code: string; errors?: { path: string }[] };
let clients = 0;
const send = (thread: Conversation, body: object = {}, headers: Record<string, string> = t.agent.headers) =>
  t.w.call<Sent>("POST", `/conversations/${thread.id}/messages`, {
    headers,
    body: { clientId: `t-${++clients}`, template: { id: template.id, parameters: VALUES }, ...body },
  });
const fromPage = async (customer: string) =>
  (await t.w.meta.phone(BLUE, customer)).messages.filter((m) => m.from === "page") as unknown as {
    mid: string;
    metadata: string | null;
    attachments: { type: string; template: { elements: Record<string, unknown>[] } | null }[];
  }[];
const conversation = async (id: string) =>
  (await t.w.call<Conversation>("GET", `/conversations/${id}`, { headers: t.agent.headers })).json;
const becomes = (m: Message, ...states: Message["state"][]) => t.w.becomes(m, ...states);

for (const [who, hours] of [
  ["an agent inside the reply window", 0],
  ["an agent weeks after it", 400],
  ["the API weeks after it", 400],
] as const)
  test(`O4 a template of ${who} reaches the phone filled in, once, as one bubble with its text and name`, async () => {
    const { customer, thread } = await t.customer(hours);
    const headers = who.startsWith("the API") ? t.w.apiKey : t.agent.headers;
    expect((await conversation(thread.id)).reply).toMatchObject({
      state: hours > 0 ? "closed" : "open",
      template: { allowed: true, reason: null },
    });
    const { status, json: m } = await send(thread, {}, headers);
    expect(status).toBe(202);
    expect(m).toMatchObject({
      ...{ kind: "template", way: "utility_template", text: READS },
      template: { id: template.id, name: template.name, language: "en" },
    });
    await becomes(m, "sent", "delivered");
    await workedOff(t.w);
    const [shown, ...more] = await fromPage(customer);
    expect(more).toEqual([]);
    expect(shown?.metadata).toBe(m.id);
    expect(shown?.attachments[0]?.template?.elements[0]).toMatchObject({
      title: "Order 77: good news",
      subtitle: "Hi Ann, your order 77 is on its way to you today.",
      buttons: [{ title: "Track it", url: "https://shop.example/orders/77?chat" }],
    });
    const bubbles = (await t.w.messages(thread.id)).filter((one) => one.direction === "outbound");
    expect(bubbles).toMatchObject([{ id: m.id, kind: "template", text: READS, externalId: shown?.mid }]);
    // It opens nothing.
    expect((await conversation(thread.id)).reply.state).toBe(hours > 0 ? "closed" : "open");
  });

test("O4 the same client id again gives the same message; whoever counts on a template can find it by its words", async () => {
  const { customer, thread } = await t.customer(400);
  const [a, b] = await Promise.all([send(thread, { clientId: "twice" }), send(thread, { clientId: "twice" })]);
  expect(a.json.id).toBe(b.json.id);
  await becomes(a.json, "sent", "delivered");
  expect((await fromPage(customer)).length).toBe(1);
});

test("O4 named parameters and a button's payload reach the phone under their names and places", async () => {
  const { json: named } = await t.create({
    header: undefined,
    body: "Hi {{name}}, your order {{order_id}} is on its way to you today.",
    buttons: [
      { kind: "phone", text: "Call us", phone: "+886 2 1234 5678" },
      { kind: "postback", text: "Cancel" },
    ],
    examples: { "body.name": "Ann", "body.order_id": "5667" },
  });
  await t.shows(named.id, "APPROVED");
  const { customer, thread } = await t.customer();
  const parameters = { "body.order_id": "88", "body.name": "Bo" };
  const { json: m } = await send(thread, { template: { id: named.id, parameters } });
  await becomes(m, "sent", "delivered");
  const [shown] = await fromPage(customer);
  expect(shown?.attachments[0]?.template?.elements[0]).toMatchObject({
    title: "Hi Bo, your order 88 is on its way to you today.",
    buttons: [{ type: "phone_number" }, { type: "postback", payload: "Cancel" }],
  });
});

test("O4 what Meta would refuse is refused before anything is queued, with the place that is wrong", async () => {
  const { thread } = await t.customer();
  const wrong = async (parameters: object) => {
    const { status, json } = await send(thread, { template: { id: template.id, parameters } });
    return [status, json.code, json.errors?.map((e) => e.path)];
  };
  expect(await wrong({ ...VALUES, "body.1": "50 % off" })).toEqual([422, "template_parameter_invalid", ["body.1"]]);
  expect(await wrong({ "body.1": "Ann" })).toEqual([
    422,
    "template_parameter_missing",
    ["header.1", "body.2", "button.0"],
  ]);
  expect(await wrong({ ...VALUES, "body.9": "x" })).toEqual([422, "template_parameter_unknown", ["body.9"]]);
  for (const body of [{ text: "and this" }, { sticker: "like_heart" }, { way: "human_agent" }])
    expect((await send(thread, body)).json.code).toBe("invalid_request");
  const bare = await send(thread, { template: undefined, text: "no template", way: "utility_template" });
  expect([bare.status, bare.json.code]).toEqual([422, "invalid_request"]);
  const nobody = "01890000-0000-7000-8000-000000000000";
  expect((await send(thread, { template: { id: nobody, parameters: {} } })).json.code).toBe("template_not_found");
  expect((await t.w.messages(thread.id)).filter((m) => m.direction === "outbound")).toEqual([]);
});

test("O4 only an approved template is taken; one disabled while it waits fails without a call", async () => {
  const { json: made } = await t.create();
  await t.shows(made.id, "APPROVED");
  const { thread } = await t.customer();
  await t.w.meta.faults({ nextSend: [{ code: 1, times: 1 }] });
  const { json: m } = await send(thread, { template: { id: made.id, parameters: VALUES } });
  await until("it waits", async () => (await attempts(m)).length === 1);
  await t.review(made.name, "DISABLED");
  await t.shows(made.id, "DISABLED");
  t.w.clock.advance({ minutes: 5 });
  await sql`select pg_notify('firstline_send', '')`.execute(t.w.deps.db);
  expect((await becomes(m, "failed")).failure?.fault).toBe("template_not_usable");
  const refused = await send(thread, { template: { id: made.id, parameters: VALUES } });
  expect([refused.status, refused.json.code]).toEqual([422, "template_not_usable"]);
  t.w.clock.set(Date.now());
});

const attempts = async (m: Message) =>
  await t.w.deps.db.selectFrom("send_attempt").selectAll().where("message_id", "=", m.id).execute();

test("O4 a template that is gone at Meta without our knowledge: the message says so, and the list is read again", async () => {
  const { json: made } = await t.create();
  await t.shows(made.id, "APPROVED");
  await t.settled();
  await fetch(`${t.w.sim.url}/_sim/pages/${BLUE}/templates/${made.name}`, { method: "DELETE" });
  const { thread } = await t.customer();
  const { json: m } = await send(thread, { template: { id: made.id, parameters: VALUES } });
  expect((await becomes(m, "failed")).failure).toMatchObject({ fault: "template_not_found", code: 100 });
  await until("it is known to be gone", async () => !(await t.list()).data.some((one) => one.id === made.id));
  // The bubble keeps its words and its template's name.
  expect(await t.w.message(thread.id, m.id)).toMatchObject({ text: READS, template: { name: made.name } });
});

test.each([
  [{ code: 100, subcode: 1893043 }, "template_parameter_invalid"],
  [
    { code: 230, message: "(#230) Requires pages_utility_messaging permission to manage the object" },
    "utility_permission_missing",
  ],
] as const)("O4 a send Meta refuses with %o fails with its cause, and the channel goes on", async (fault, cause) => {
  const { thread } = await t.customer();
  await t.w.meta.faults({ nextSend: [fault] });
  const { json: m } = await send(thread);
  expect((await becomes(m, "failed")).failure?.fault).toBe(cause);
  const { json: next } = await t.w.reply(thread.id, { text: "by words, then" }, t.agent.headers);
  await becomes(next, "sent", "delivered");
});

test("O4 without the permission templates are not offered and not taken, and ordinary replies go on", async () => {
  const { thread } = await t.customer();
  const scopes = (list: string[]) =>
    t.w.deps.db.updateTable("authorizer").set({ scopes: list }).where("channel_id", "=", t.channelId).execute();
  const { scopes: granted } = await t.w.deps.db
    .selectFrom("authorizer")
    .select("scopes")
    .where("channel_id", "=", t.channelId)
    .executeTakeFirstOrThrow();
  expect(granted).toContain("pages_utility_messaging");
  await scopes(granted.filter((one) => one !== "pages_utility_messaging"));
  expect((await conversation(thread.id)).reply.template).toMatchObject({
    allowed: false,
    reason: { code: "utility_permission_missing" },
  });
  const refused = await send(thread);
  expect([refused.status, refused.json.code]).toEqual([409, "utility_permission_missing"]);
  await becomes((await t.w.reply(thread.id, { text: "still here" }, t.agent.headers)).json, "sent", "delivered");
  await scopes([]);
  expect((await conversation(thread.id)).reply.template.allowed).toBe(true);
  await scopes(granted);
});

test("O4 S3 a template of a Page that needs reauthorisation waits, long after the window too, and goes out after it", async () => {
  const { customer, thread } = await t.customer(400);
  await t.w.meta.post(`/users/${KEVIN}/password`);
  const { json: m } = await send(thread);
  await becomes(m, "held");
  const { json: second } = await send(thread, { clientId: "held-second" });
  expect(second.state).toBe("held");
  await t.w.connect("messenger", BLUE, await t.w.meta.pageToken(KEVIN, BLUE));
  await becomes(m, "sent", "delivered");
  await becomes(second, "sent", "delivered");
  expect((await fromPage(customer)).map((one) => one.metadata)).toEqual([m.id, second.id]);
});

test("O4 S6 a customer who cannot receive, and a thread somebody else holds, stop a template like any message", async () => {
  const { thread } = await t.customer();
  await t.w.deps.db
    .updateTable("contact")
    .set({ cannot_receive_since: new Date() })
    .where("id", "=", thread.contact.id)
    .execute();
  expect((await conversation(thread.id)).reply.template.reason?.code).toBe("contact_cannot_receive");
  const refused = await send(thread);
  expect([refused.status, refused.json.code]).toEqual([409, "contact_cannot_receive"]);
});

test("O4 S10 a template whose answer is lost is settled by its echo, and reaches the phone once", async () => {
  const { customer, thread } = await t.customer(400);
  await t.w.meta.faults({ nextSend: [{ cut: "after" }] });
  const { json: m } = await send(thread);
  expect(await becomes(m, "sent", "delivered")).toMatchObject({ text: READS, kind: "template", failure: null });
  expect((await fromPage(customer)).length).toBe(1);
});
