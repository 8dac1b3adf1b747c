import type { Trace, TraceExport } from "@firstline/contracts";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { until } from "../api/support/until.ts";
import { deliveryCounts } from "../api/support/webhooks.ts";
import { BLUE, BLUE_INSTAGRAM, KEVIN, TEA, type World } from "../api/support/world.ts";
import type { Person } from "../harness/index.ts";
import { connectedWorld, customerPath, newCustomer, type PlatformName, settled } from "../reconcile/support.ts";

let w: World & { channels: Record<PlatformName, string> };
let agent: Person;
let supervisor: Person;
beforeAll(async () => {
  w = await connectedWorld({ env: { META_HUMAN_AGENT_APPROVED: "true" } });
  [agent, supervisor] = [await w.asMember("agent"), await w.asMember("supervisor")];
});
afterAll(() => w.close());
beforeEach(async () => {
  await settled(w);
  await w.meta.clearFaults();
});

const hour = 3_600_000;
const around = () => ({
  from: new Date(Date.now() - hour).toISOString(),
  to: new Date(Date.now() + hour).toISOString(),
});
const trace = async (
  contactExternalId: string,
  o: { platform?: PlatformName; headers?: Record<string, string>; range?: object } = {},
) => {
  const query = {
    channelId: w.channels[o.platform ?? "messenger"],
    contactExternalId,
    ...(o.range ?? around()),
  } as Record<string, string>;
  const answer = await w.call<Trace>("GET", "/trace", { headers: o.headers ?? w.apiKey, query });
  expect(answer.status).toBe(200);
  return answer.json;
};
const reason = (t: Trace, code: string) => t.reasons.find((r) => r.code === code);
const kinds = (t: Trace) => t.evidence.map((e) => e.kind);
const writes = (customer: string, text: string) =>
  w.meta.post<{ mid: string }>(`${customerPath(customer)}/messages`, { text });
const lose = (customerId: string) => w.meta.faults({ lose: { rate: 1, customerId } });
const graph = (method: string, path: string, query: Record<string, string>) =>
  fetch(`${w.sim.url}${path}?${new URLSearchParams(query)}`, { method });

test("R6 a message that arrived: shown, with when it arrived, in which delivery, and where it stands", async () => {
  const id = await newCustomer(w, "messenger");
  const conversation = await w.customerWrites(BLUE, id, "is it blue?");
  const found = await trace(id);
  expect(found).toMatchObject({
    verdict: "shown",
    reasons: [],
    contact: { externalId: id, conversationId: conversation.id },
  });
  const [line] = found.evidence.filter((e) => e.kind === "message");
  expect(line).toMatchObject({ conversationId: conversation.id, deliveryId: expect.stringMatching(/^\d+$/) });
  expect(line!.detail).toContain("is it blue?");
});

test("R6 a message Meta lost: read from its record by the trace itself, recovered, with Meta named as the reason, and so again when asked again", async () => {
  const id = await newCustomer(w, "messenger");
  await w.customerWrites(BLUE, id, "first");
  await lose(id);
  await writes(id, "second, lost");
  await settled(w);
  const found = await trace(id);
  expect(found.verdict).toBe("recovered");
  expect(kinds(found)).toEqual(expect.arrayContaining(["message", "recovered", "comparison"]));
  expect(found.evidence.find((e) => e.kind === "recovered")!.detail).toContain("second, lost");
  expect(reason(found, "meta_incident")).toMatchObject({ status: "found", owner: "meta" });
  expect(reason(found, "page_field_missing")!.status).toBe("ruled_out");
  expect((await w.messages(found.contact!.conversationId!)).map((m) => [m.text, m.recovered])).toEqual([
    ["second, lost", true],
    ["first", false],
  ]);
  expect((await trace(id)).verdict).toBe("recovered");
});

test("R6 a customer nobody here has ever heard of: found at Meta, and in the inbox from then on", async () => {
  const id = await newCustomer(w, "messenger");
  await lose(id);
  await writes(id, "hello? anybody?");
  await settled(w);
  expect(await w.conversationOf(id)).toBeUndefined();
  const found = await trace(id, { headers: agent.headers });
  expect(found.verdict).toBe("recovered");
  expect(found.contact).toMatchObject({ externalId: id });
  expect((await w.messages(found.contact!.conversationId!)).map((m) => m.text)).toEqual(["hello? anybody?"]);
});

test("R6 nowhere: Meta's record was read and has nothing, and every known reason is ruled in or out with its check", async () => {
  const id = await newCustomer(w, "messenger");
  const found = await trace(id);
  expect(found).toMatchObject({ verdict: "not_found", contact: null });
  expect(kinds(found)).toEqual(["comparison"]);
  const status = Object.fromEntries(found.reasons.map((r) => [r.code, r.status]));
  expect(status).toMatchObject({
    app_field_missing: "ruled_out",
    page_field_missing: "ruled_out",
    subscription_dropped: "ruled_out",
    callback_elsewhere: "ruled_out",
    standby_not_subscribed: "ruled_out",
    not_connected: "ruled_out",
    token_dead: "ruled_out",
    permission_missing: "ruled_out",
    page_unpublished: "ruled_out",
    page_restricted: "ruled_out",
    lead_ad_flow: "ruled_out",
    requests_folder: "ruled_out",
    own_reading: "ruled_out",
    not_worked_off: "ruled_out",
    page_to_page: "possible",
  });
  for (const r of found.reasons)
    expect([r.code, r.title !== "" && r.evidence !== "" && r.fix !== ""]).toEqual([r.code, true]);
});

test("R6 an id that is one of our own Pages is found out", async () => {
  await w.connect("messenger", TEA, await w.meta.pageToken(KEVIN, TEA));
  expect(reason(await trace(TEA), "page_to_page")!.status).toBe("found");
});

test("R6 arrived while another app held it: held elsewhere, with the other app as the reason", async () => {
  const id = await newCustomer(w, "messenger");
  await w.customerWrites(BLUE, id, "before");
  await w.meta.post(`${customerPath(id)}/meta-ai`, { text: "I am an AI" });
  const { mid } = await writes(id, "in standby");
  await settled(w);
  const message = await w.deps.db
    .selectFrom("message")
    .select(["standby", "sent_at"])
    .where("external_id", "=", mid)
    .executeTakeFirstOrThrow();
  expect(message.standby).toBe(true);
  const range = {
    from: new Date(message.sent_at.getTime() - 1).toISOString(),
    to: new Date(message.sent_at.getTime() + 1).toISOString(),
  };
  const found = await trace(id, { range });
  expect(found.verdict).toBe("held_elsewhere");
  expect(kinds(found)).toContain("standby");
  expect(reason(found, "other_app_holds")).toMatchObject({ status: "found" });
  expect(found.reasons[0]!.status).toBe("found");
});

test("R6 arrived and could not be read: the failed delivery is named, and after its replay the message is shown", async () => {
  await sql`create function refuse_poison() returns trigger language plpgsql as $$ begin if new.text = 'poison' then raise exception 'cannot be stored'; end if; return new; end $$`.execute(
    w.deps.db,
  );
  await sql`create trigger poison before insert on message for each row execute function refuse_poison()`.execute(
    w.deps.db,
  );
  const id = await newCustomer(w, "messenger");
  await writes(id, "poison");
  await until("it has failed", async () => (await deliveryCounts(w)).failed);
  const found = await trace(id, { headers: supervisor.headers });
  await sql`drop trigger poison on message`.execute(w.deps.db);
  expect(found.verdict).toBe("unreadable");
  const line = found.evidence.find((e) => e.kind === "delivery_failed")!;
  expect(line.detail).toContain("cannot be stored");
  expect(reason(found, "own_reading")).toMatchObject({ status: "found", owner: "operator" });
  await w.call("POST", `/deliveries/${line.deliveryId}/replay`, { headers: w.apiKey });
  await settled(w);
  expect((await trace(id)).verdict).toBe("shown");
});

test("R6 a body that could not be parsed at all is found by the customer's id in its bytes", async () => {
  const id = await newCustomer(w, "messenger");
  const bytes = Buffer.from(`{"object":"page","entry":[{"id":"${BLUE}","messaging":[{"sender":{"id":"${id}"},`);
  await sql`insert into delivery (body, state, error, workspaces, channels, contacts) values (${bytes}, 'failed', 'no JSON', '{}', '{}', '{}')`.execute(
    w.deps.db,
  );
  expect((await trace(id)).verdict).toBe("unreadable");
  await w.deps.db.deleteFrom("delivery").where("body", "=", bytes).execute();
});

test("R6 something of the customer that nobody understands yet counts as unreadable, not as nothing", async () => {
  const id = await newCustomer(w, "messenger");
  await w.meta.post(`/pages/${BLUE}/raw`, {
    body: {
      object: "page",
      entry: [
        {
          id: BLUE,
          time: Date.now(),
          messaging: [{ sender: { id }, recipient: { id: BLUE }, timestamp: Date.now(), brand_new: { a: 1 } }],
        },
      ],
    },
  });
  await settled(w);
  const found = await trace(id);
  expect(found.verdict).toBe("unreadable");
  expect(found.evidence[0]!.title).toContain("not wholly understood");
});

test("R6 the causes that can be played are found: a dropped subscription, a field missing at the app, a foreign callback", async () => {
  const id = await newCustomer(w, "messenger");
  await w.meta.post(`/pages/${BLUE}/drop-subscription`, {});
  await writes(id, "into the void");
  const dropped = await trace(id);
  expect(dropped.verdict).toBe("recovered");
  expect(reason(dropped, "page_field_missing")!.status).toBe("found");
  expect(reason(dropped, "subscription_dropped")!.status).toBe("found");

  await graph("DELETE", `/${w.sim.app.id}/subscriptions`, {
    access_token: `${w.sim.app.id}|${w.sim.app.secret}`,
    object: "page",
  });
  const stranger = await newCustomer(w, "messenger");
  const app = await trace(stranger);
  expect(reason(app, "app_field_missing")!.status).toBe("found");
  expect(reason(app, "callback_elsewhere")!.status).toBe("found");
  await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
  const mended = await trace(stranger);
  for (const code of ["app_field_missing", "callback_elsewhere", "page_field_missing"])
    expect([code, reason(mended, code)!.status]).toEqual([code, "ruled_out"]);
});

test("R6 Instagram: the switch that shuts tools out is found from Meta's own refusal, and nothing is claimed about the message", async () => {
  const id = await newCustomer(w, "instagram");
  await w.meta.post(`/pages/${BLUE}/instagram-access`, { allowed: false });
  await writes(id, "hola");
  const found = await trace(id, { platform: "instagram" });
  expect(found.verdict).toBe("not_found");
  expect(found.title).toContain("could not be read");
  expect(reason(found, "instagram_access_off")).toMatchObject({
    status: "found",
    evidence: expect.stringContaining("2534041"),
  });
  expect(reason(found, "page_to_page")).toBeUndefined();
  await w.meta.post(`/pages/${BLUE}/instagram-access`, { allowed: true });
  await w.connect("instagram", BLUE_INSTAGRAM, await w.meta.pageToken(KEVIN, BLUE));
  const open = await trace(id, { platform: "instagram" });
  expect(open.verdict).toBe("recovered");
  expect(reason(open, "instagram_access_off")!.status).toBe("ruled_out");
  expect(reason(open, "instagram_not_linked")!.status).toBe("ruled_out");
});

test("R6 a lead ad's questions are a possible reason for silence while they run, and found to be it once they are over", async () => {
  const id = await newCustomer(w, "messenger");
  const questions = [{ question: "City?", answer: "Taipei" }];
  await w.meta.post(`${customerPath(id)}/lead-ad`, { questions, keepRunning: true });
  await settled(w);
  const running = await trace(id);
  expect([running.verdict, reason(running, "lead_ad_flow")!.status]).toEqual(["recovered", "possible"]);
  await w.meta.post(`${customerPath(id)}/lead-ad/finish`);
  await settled(w);
  const over = await trace(id);
  expect([over.verdict, reason(over, "lead_ad_flow")!.status]).toEqual(["recovered", "found"]);
});

test("R6 a dead token: what came is still told, what is missing is not claimed to be nowhere", async () => {
  const id = await newCustomer(w, "instagram");
  const channel = w.channels.instagram;
  await w.deps.db.updateTable("authorizer").set({ state: "dead" }).where("channel_id", "=", channel).execute();
  await w.deps.db.updateTable("channel").set({ state: "needs_reauthorization" }).where("id", "=", channel).execute();
  const found = await trace(id, { platform: "instagram" });
  expect(found).toMatchObject({ verdict: "not_found", title: expect.stringContaining("could not be read") });
  expect(reason(found, "token_dead")).toMatchObject({ status: "found", owner: "administrator" });
  await w.connect("instagram", BLUE_INSTAGRAM, await w.meta.pageToken(KEVIN, BLUE));
  expect((await trace(id, { platform: "instagram" })).title).toContain("nowhere");
});

test("R6 the words are the reader's", async () => {
  const id = await newCustomer(w, "messenger");
  const found = await trace(id, { headers: { ...w.apiKey, "accept-language": "zh-TW" } });
  for (const text of [found.title, found.explain, ...found.reasons.flatMap((r) => [r.title, r.evidence, r.fix])])
    expect(text).toMatch(/\p{Script=Han}/u);
});

test("R6 agents may trace but see no raw delivery; the export is for those who may; nonsense is refused", async () => {
  const id = await newCustomer(w, "messenger");
  await w.customerWrites(BLUE, id, "mine");
  const query = { channelId: w.channels.messenger, contactExternalId: id, ...around() };
  const byAgent = await trace(id, { headers: agent.headers });
  expect(byAgent.evidence.map((e) => e.deliveryId).filter(Boolean)).toEqual([]);
  expect((await trace(id, { headers: supervisor.headers })).evidence[0]!.deliveryId).not.toBeNull();
  const status = async (path: string, headers: Record<string, string>, more: object = {}) =>
    (await w.call("GET", path, { headers, query: { ...query, ...more } as Record<string, string> })).status;
  expect(await status("/trace/export", agent.headers)).toBe(403);
  expect(await status("/trace/export", supervisor.headers)).toBe(200);
  expect(await status("/trace", w.apiKey, { from: query.to, to: query.from })).toBe(422);
  expect(await status("/trace", w.apiKey, { from: "2020-01-01T00:00:00.000Z" })).toBe(422);
  expect(await status("/trace", w.apiKey, { channelId: crypto.randomUUID() })).toBe(404);
});

test("R6 the export is one file with everything Meta needs: ids, exact deliveries with headers, sends with trace ids; no token and no secret", async () => {
  const id = await newCustomer(w, "messenger");
  const conversation = await w.customerWrites(BLUE, id, "please help");
  const { json: sent } = await w.reply(conversation.id, { text: "of course" });
  await w.becomes(sent, "sent", "delivered", "read");
  await w.meta.faults({ nextSend: [{ code: 10, subcode: 2018278, message: "sent outside of allowed window" }] });
  const { json: failed } = await w.reply(conversation.id, { text: "again" });
  await w.becomes(failed, "failed");
  await settled(w);
  const query = { channelId: w.channels.messenger, contactExternalId: id, ...around() };
  const answer = await w.call<TraceExport>("GET", "/trace/export", { headers: w.apiKey, query });
  expect(answer.headers["content-disposition"]).toMatch(/^attachment; filename="trace-\d+-\d{4}-\d\d-\d\d\.json"$/);
  const file = answer.json;
  expect(file).toMatchObject({
    format: "firstline-trace/1",
    server: { appId: w.sim.app.id },
    channel: { platform: "messenger", externalId: BLUE, pageId: BLUE },
    contactExternalId: id,
    trace: { verdict: "shown" },
  });
  expect(file.deliveries.length).toBeGreaterThanOrEqual(1);
  for (const d of file.deliveries) {
    expect(d.body).toContain(id);
    expect(d.headers.find((h) => h.name === "x-hub-signature-256")!.value).toMatch(/^sha256=[0-9a-f]{64}$/);
  }
  expect(file.messages.map((m) => m.externalId)).toContain((await w.meta.phone(BLUE, id)).messages[0]!.mid);
  expect(file.sends.map((s) => [s.outcome, s.code, s.subcode])).toEqual([
    ["sent", null, null],
    ["failed", 10, 2018278],
  ]);
  expect(file.sends[1]!.traceId).not.toBeNull();

  const page = await w.meta.pageToken(KEVIN, BLUE);
  for (const secret of [
    page,
    w.sim.app.secret,
    w.deps.config.meta.verifyToken,
    w.deps.config.encryptionKey.toString("base64"),
  ])
    expect(answer.text).not.toContain(secret);
  // Meta's tokens begin with these capitals; a signature in hex may hold the same letters.
  expect(answer.text).not.toMatch(/\bEAA[A-Za-z0-9]{20}/);
  expect(answer.text).not.toMatch(/access_token|appsecret|Bearer|cookie/i);
});
