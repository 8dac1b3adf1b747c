import { createHmac, createPublicKey, verify } from "node:crypto";
import type { AlertPosted, AlertTest, AlertWebhook, MyAlerts } from "@firstline/contracts";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { claimDue, settle } from "../../src/modules/alerts/claim.ts";
import { deliverDue } from "../../src/modules/alerts/deliver.ts";
import { followIncidents } from "../../src/modules/alerts/follow-incidents.ts";
import { createMail } from "../../src/modules/alerts/mail.ts";
import { vapidKeys } from "../../src/modules/alerts/vapid.ts";
import { reseal } from "../../src/modules/privacy/index.ts";
import { createVault } from "../../src/platform/secrets/index.ts";
import { createTestApp, FakeClock, makeChannel, makeWorkspace, type Person, type TestApp } from "../harness/index.ts";
import { type Listener, type Mailbox, makeDevice, makeIncident, pass, startListener, startMailbox } from "./support.ts";

let box: Mailbox;
let hook: Listener;
let t: TestApp;
let workspaceId: string;
let owner: Person;
let channelId: string;
beforeAll(async () => {
  [box, hook] = await Promise.all([startMailbox(), startListener()]);
  t = await createTestApp({
    clock: new FakeClock(Date.now()),
    env: { SMTP_URL: box.url, MAIL_FROM: "Firstline <desk@example.test>", ALERT_WEBHOOK_ORIGINS: hook.origin },
  });
});
// Each test has a workspace of its own, with one administrator and one channel; what others left unsent is gone.
beforeEach(async () => {
  await sql`truncate alert, alert_delivery, incident`.execute(t.deps.db);
  box.letters.length = 0;
  box.refuse = null;
  hook.calls.length = 0;
  hook.answer = { status: 204 };
  workspaceId = (await makeWorkspace(t.deps)).id;
  owner = await t.asMember("administrator", { workspaceId });
  channelId = (await makeChannel(t.deps, { workspace_id: workspaceId })).id;
});
afterAll(async () => {
  await t.close();
  await box[Symbol.asyncDispose]();
  await hook[Symbol.asyncDispose]();
});

const incident = (code = "silence") => makeIncident(t.deps, { workspaceId, channelId, code });
const mine = async (as = owner) => (await t.call<MyAlerts>("GET", "/me/alerts", { headers: as.headers })).json;
const webhook = async (path = "/workspace/webhook") =>
  (await t.call<AlertWebhook>("GET", path, { headers: owner.headers })).json;
const put = (body: Record<string, unknown>) =>
  t.call<AlertWebhook & { secret: string | null }>("PUT", "/workspace/webhook", { headers: owner.headers, body });
const subscribe = async (endpoint: string, as = owner) => {
  const device = makeDevice(endpoint);
  const answer = await t.call<{ id: string }>("POST", "/me/push-subscriptions", {
    headers: as.headers,
    body: device.subscription,
  });
  expect(answer.status).toBe(201);
  return { ...device, id: answer.json.id };
};

test("a mail server that refuses is asked again after growing waits and given up after seven; it is counted, shown, and never in anybody's way", async () => {
  box.refuse = { code: 451, text: "4.3.2 come back later" };
  await incident();
  const waits: number[] = [];
  for (let n = 0; n < 9; n++) {
    await pass(t.deps);
    const row = await t.deps.db.selectFrom("alert_delivery").selectAll().executeTakeFirstOrThrow();
    if (row.state !== "waiting") break;
    waits.push((row.due_at.getTime() - t.deps.clock()) / 1000);
    t.clock.set(row.due_at.getTime() - 1);
    await pass(t.deps);
    t.clock.advance(1);
  }
  expect(waits).toEqual([10, 60, 300, 900, 3600, 10_800]);
  expect((await mine()).emailLast).toMatchObject({
    state: "failed",
    attempts: 7,
    status: 451,
    error: "busy",
    detail: expect.stringContaining("come back later"),
  });
  const figures = await t.deps.metrics.registry.metrics();
  expect(figures).toContain('firstline_alerts_total{way="email",outcome="again"} 7');
});

test("a recipient the mail server does not know is not tried again, and its words are shown without the password", async () => {
  box.refuse = { code: 550, text: "5.1.1 no such user, hunter2hunter2" };
  await incident();
  await pass(t.deps);
  expect((await mine()).emailLast).toMatchObject({
    state: "failed",
    attempts: 1,
    status: 550,
    error: "mail_recipient",
  });
  expect(JSON.stringify(await mine())).not.toContain("hunter2");
});

test("a device reads what was pushed with its own key, from the key of this installation; the push service reads nothing", async () => {
  const device = await subscribe(`${hook.origin}/push/1`);
  const id = await incident();
  hook.answer = { status: 201 };
  await pass(t.deps);
  const [call] = hook.calls;
  expect(device.read(call!.body)).toEqual({
    title: "Blue Door Bakery: The Page is silent",
    body: "evidence en",
    path: `/settings/channels/${channelId}`,
    tag: id,
    lang: "en",
  });
  expect(call!.body.toString("latin1")).not.toContain("Bakery");
  expect(call!.headers).toMatchObject({ "content-encoding": "aes128gcm", urgency: "high", ttl: "86400" });
  const [, token, key] = /^vapid t=([^,]+), ?k=(.+)$/.exec(String(call!.headers.authorization))!;
  const { pushKey } = await mine();
  expect(key).toBe(pushKey);
  const raw = Buffer.from(pushKey, "base64url");
  const jwk = {
    kty: "EC",
    crv: "P-256",
    x: raw.subarray(1, 33).toString("base64url"),
    y: raw.subarray(33).toString("base64url"),
  };
  const [head, claims, signature] = token!.split(".");
  const publicKey = createPublicKey({ key: jwk, format: "jwk" });
  const signed = Buffer.from(`${head}.${claims}`);
  const good = verify(
    "sha256",
    signed,
    { key: publicKey, dsaEncoding: "ieee-p1363" },
    Buffer.from(signature!, "base64url"),
  );
  expect(good).toBe(true);
  expect(JSON.parse(Buffer.from(claims!, "base64url").toString())).toMatchObject({
    aud: hook.origin,
    sub: "mailto:desk@example.test",
  });
});

test("a device whose subscription has ended is forgotten; one that is only busy is not", async () => {
  await subscribe(`${hook.origin}/push/1`);
  await incident("silence");
  hook.answer = { status: 503 };
  await pass(t.deps);
  expect((await mine()).devices).toMatchObject([
    { name: "Firefox on Linux", last: { state: "waiting", status: 503, error: "busy" } },
  ]);
  hook.answer = { status: 410 };
  t.clock.advance({ minutes: 1 });
  await pass(t.deps);
  expect((await mine()).devices).toEqual([]);
});

test("a browser that subscribes again is the same device, its next person takes it over, and nobody removes another's", async () => {
  const agent = await t.asMember("agent", { workspaceId });
  const first = await subscribe(`${hook.origin}/push/1`);
  expect((await subscribe(`${hook.origin}/push/1`)).id).toBe(first.id);
  const remove = (as: Person) => t.call("DELETE", `/me/push-subscriptions/${first.id}`, { headers: as.headers });
  expect((await remove(agent)).status).toBe(404);
  await subscribe(`${hook.origin}/push/1`, agent);
  expect([(await mine()).devices.length, (await mine(agent)).devices.length]).toEqual([0, 1]);
  expect((await remove(agent)).status).toBe(204);
  expect((await mine(agent)).devices).toEqual([]);
});

test("a device's address and keys are checked like anything from outside: no private network, no keys that cannot be used", async () => {
  await subscribe("https://169.254.169.254/latest/meta-data");
  await incident();
  await pass(t.deps);
  expect((await mine()).devices).toMatchObject([
    { last: { state: "waiting", status: null, error: "address_private" } },
  ]);
  const { subscription } = makeDevice("https://push.example.test/1");
  for (const wrong of [
    { ...subscription, keys: { ...subscription.keys, p256dh: "BAAA" } },
    { ...subscription, keys: { ...subscription.keys, auth: "" } },
    { ...subscription, endpoint: "javascript:alert(1)" },
  ])
    expect((await t.call("POST", "/me/push-subscriptions", { headers: owner.headers, body: wrong })).status).toBe(422);
});

test("the keys of push are made once for all processes, kept sealed, and survive a change of the encryption key", async () => {
  await sql`delete from installation where key = 'vapid'`.execute(t.deps.db);
  const [a, b] = await Promise.all([vapidKeys(t.deps), vapidKeys(t.deps)]);
  expect(a.publicKey).toBe(b.publicKey);
  const secret = a.privateKey().reveal();
  const dump = () => sql<{ value: string }>`select value from installation`.execute(t.deps.db);
  expect(JSON.stringify((await dump()).rows)).not.toContain(secret);
  const vault = createVault(Buffer.alloc(32, 8), Buffer.alloc(32, 7));
  await subscribe(`${hook.origin}/push/1`);
  await put({ url: `${hook.origin}/hook` });
  const told = await reseal({ db: t.deps.db, vault });
  expect(told).toMatchObject({ resealed: { installation: 1 }, unopened: {} });
  expect(told.resealed.push_subscription).toBeGreaterThan(0);
  expect(told.resealed.alert_webhook).toBeGreaterThan(0);
  const alone = createVault(Buffer.alloc(32, 8));
  expect((await vapidKeys({ db: t.deps.db, vault: alone })).privateKey().reveal()).toBe(secret);
  await reseal({ db: t.deps.db, vault: createVault(Buffer.alloc(32, 7), Buffer.alloc(32, 8)) });
});

test("the webhook is signed over its time and exact body with a secret that is shown once", async () => {
  const saved = await put({ url: `${hook.origin}/hook?t=1` });
  const secret = saved.json.secret!;
  expect(secret).toMatch(/^whsec_.{32}$/);
  expect((await put({ url: `${hook.origin}/hook?t=2` })).json.secret).toBeNull();
  expect(JSON.stringify(await webhook())).not.toContain(secret);
  const id = await incident();
  await pass(t.deps);
  const call = hook.calls[0]!;
  const time = String(call.headers["x-firstline-timestamp"]);
  const mac = createHmac("sha256", secret).update(`${time}.`).update(call.body).digest("hex");
  expect(call.path).toBe("/hook?t=2");
  expect(call.headers["x-firstline-signature"]).toBe(`sha256=${mac}`);
  expect(Math.abs(Number(time) - t.deps.clock() / 1000)).toBeLessThan(2);
  expect(JSON.parse(call.body.toString()) as AlertPosted).toMatchObject({
    kind: "opened",
    severity: "critical",
    channel: { id: channelId, name: "Blue Door Bakery", platform: "messenger" },
    incident: { id, code: "silence" },
    words: { en: { title: "The Page is silent" }, "zh-TW": { title: "The Page is silent（中）" } },
  });
  const renewed = (await put({ url: `${hook.origin}/hook`, renewSecret: true })).json.secret;
  expect(renewed).not.toBe(secret);
});

test("what a webhook does not take is repeated, with the same id, until it does; a redirect is not followed", async () => {
  await put({ url: `${hook.origin}/hook` });
  await incident();
  hook.answer = { status: 302, headers: { location: `${hook.origin}/elsewhere` } };
  await pass(t.deps);
  expect((await webhook()).results).toMatchObject([
    { state: "waiting", attempts: 1, status: 302, error: "redirected" },
  ]);
  hook.answer = { status: 200 };
  t.clock.advance({ seconds: 10 });
  await pass(t.deps);
  t.clock.advance({ hours: 5 });
  await pass(t.deps);
  expect(hook.calls.map((c) => c.path)).toEqual(["/hook", "/hook"]);
  const ids = hook.calls.map((c) => (JSON.parse(c.body.toString()) as AlertPosted).id);
  expect(ids[0]).toBe(ids[1]);
  expect((await webhook()).results).toMatchObject([
    { state: "sent", attempts: 2, status: 200, error: null, title: "The Page is silent" },
  ]);
});

test("an address in a private network, or without TLS, is not called unless the operator named it", async () => {
  const test = () => t.call<AlertTest>("POST", "/workspace/webhook/test", { headers: owner.headers });
  const results: unknown[] = [];
  for (const url of [
    "https://127.0.0.1:1/x",
    "https://[::1]/x",
    "https://10.1.2.3/x",
    "http://example.com/x",
    "https://localhost/",
  ]) {
    await put({ url });
    results.push((await test()).json.error);
    t.clock.advance({ seconds: 10 });
  }
  expect(results).toEqual([
    "address_private",
    "address_private",
    "address_private",
    "address_not_https",
    "address_private",
  ]);
  await put({ url: `${hook.origin}/hook` });
  expect((await test()).json).toMatchObject({
    way: "webhook",
    state: "sent",
    status: 204,
    name: new URL(hook.origin).host,
  });
  expect((await put({ url: "file:///etc/passwd" })).status).toBe(422);
});

test("a test is tried once and told at once, and not more than one in five seconds", async () => {
  box.refuse = { code: 450, text: "busy" };
  await subscribe(`${hook.origin}/push/1`);
  const test = () => t.call<{ results: AlertTest[] }>("POST", "/me/alerts/test", { headers: owner.headers });
  const { json } = await test();
  expect(json.results).toMatchObject([
    { way: "email", name: owner.email, state: "failed", status: 450 },
    { way: "push", name: "Firefox on Linux", state: "sent" },
  ]);
  expect((await test()).status).toBe(429);
  t.clock.advance({ hours: 1 });
  await pass(t.deps);
  expect(hook.calls.length).toBe(1);
});

test("what was not taken yet goes to nobody once the webhook is removed", async () => {
  await put({ url: `${hook.origin}/hook` });
  await incident();
  await followIncidents(t.deps);
  expect((await t.call("DELETE", "/workspace/webhook", { headers: owner.headers })).status).toBe(204);
  await pass(t.deps);
  expect(hook.calls).toEqual([]);
  expect(await webhook()).toMatchObject({ url: null, results: [{ state: "dropped" }] });
  expect((await t.call("POST", "/workspace/webhook/test", { headers: owner.headers })).status).toBe(404);
});

test("an alert whose worker dies is sent by another once its lease is over, and what the dead one says later changes nothing", async () => {
  await incident();
  await followIncidents(t.deps);
  const [taken] = await claimDue(t.deps, "email", 10);
  t.clock.advance({ seconds: 59 });
  await pass(t.deps);
  expect(box.letters).toEqual([]);
  t.clock.advance({ seconds: 2 });
  const mail = createMail(t.deps);
  await Promise.all([deliverDue(t.deps, mail, "email"), deliverDue(t.deps, mail, "email")]);
  mail.close();
  expect(box.letters.length).toBe(1);
  await settle(t.deps, taken!, { state: "again", status: null, error: "unreachable", detail: null });
  t.clock.advance({ hours: 1 });
  await pass(t.deps);
  expect(box.letters.length).toBe(1);
});

test("without a mail server nothing is written for the mailbox, and the settings say so; an API key has neither mailbox nor device", async () => {
  const { mail } = t.deps.config;
  t.deps.config.mail = null;
  await incident();
  await pass(t.deps);
  expect(await mine()).toMatchObject({ emailAvailable: false, emailLast: null, email: "all", push: "all" });
  t.deps.config.mail = mail;
  expect((await t.call("GET", "/me/alerts", { headers: t.apiKey })).status).toBe(404);
});

test("agents choose for themselves and do not see where the workspace's alerts are posted", async () => {
  const agent = await t.asMember("agent", { workspaceId });
  expect(await mine(agent)).toMatchObject({ email: "none", push: "all", address: agent.email });
  await t.call("PATCH", "/me/alerts", { headers: agent.headers, body: { push: "critical" } });
  expect(await mine(agent)).toMatchObject({ email: "none", push: "critical" });
  for (const [method, path] of [
    ["GET", ""],
    ["PUT", ""],
    ["DELETE", ""],
    ["POST", "/test"],
  ] as const)
    expect((await t.call(method, `/workspace/webhook${path}`, { headers: agent.headers })).status).toBe(403);
});
