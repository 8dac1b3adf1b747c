import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { tell } from "../../src/modules/alerts/index.ts";
import { openStream } from "../api/support/stream.ts";
import { until } from "../api/support/until.ts";
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
// Each test has a workspace of its own, with one administrator and one channel.
beforeEach(async () => {
  box.letters.length = 0;
  hook.calls.length = 0;
  workspaceId = (await makeWorkspace(t.deps)).id;
  owner = await t.asMember("administrator", { workspaceId });
  channelId = (await makeChannel(t.deps, { workspace_id: workspaceId })).id;
});
afterAll(async () => {
  await t.close();
  await box[Symbol.asyncDispose]();
  await hook[Symbol.asyncDispose]();
});

const member = (role: "agent" | "administrator") => t.asMember(role, { workspaceId });
const incident = (wish: Partial<Parameters<typeof makeIncident>[1]> = {}) =>
  makeIncident(t.deps, { workspaceId, channelId, ...wish });
const change = (id: string, values: Record<string, unknown>) =>
  t.deps.db.updateTable("incident").set(values).where("id", "=", id).execute();
const choose = (person: Person, body: Record<string, string>) =>
  t.call("PATCH", "/me/alerts", { headers: person.headers, body });
const subscribe = (person: Person, path: string) => {
  const device = makeDevice(`${hook.origin}${path}`);
  return t
    .call("POST", "/me/push-subscriptions", { headers: person.headers, body: device.subscription })
    .then(({ status }) => expect(status).toBe(201))
    .then(() => device);
};
const mails = () => box.letters.map((l) => `${l.to} ${l.subject}`);

test("S3 an incident is told once on every way chosen, however often it is looked at: administrators by e-mail unasked, devices that subscribed, the webhook", async () => {
  const agent = await member("agent");
  await subscribe(agent, "/push");
  await t.call("PUT", "/workspace/webhook", { headers: owner.headers, body: { url: `${hook.origin}/hook` } });
  await incident();
  // Several workers at once, again and again.
  await Promise.all([pass(t.deps), pass(t.deps), pass(t.deps)]);
  t.clock.advance({ minutes: 10 });
  await pass(t.deps);
  expect(mails()).toEqual([`${owner.email} [Critical] Blue Door Bakery: The Page is silent`]);
  expect(hook.calls.map((c) => c.path).sort()).toEqual(["/hook", "/push"]);
});

test("S3 an end is told once and only after an hour of quiet; what comes and goes meanwhile is told to nobody", async () => {
  const id = await incident();
  await pass(t.deps);
  for (let n = 0; n < 4; n++) {
    t.clock.advance({ minutes: 5 });
    await change(id, { until: t.clock.date() });
    await pass(t.deps);
    t.clock.advance({ minutes: 50 });
    await pass(t.deps);
    await change(id, { until: null });
    await pass(t.deps);
  }
  await change(id, { until: t.clock.date() });
  t.clock.advance({ minutes: 60 });
  await pass(t.deps);
  expect(mails()).toEqual([`${owner.email} [Critical] Blue Door Bakery: The Page is silent`]);
  t.clock.advance({ minutes: 1 });
  await pass(t.deps);
  t.clock.advance({ minutes: 10 });
  await pass(t.deps);
  expect(mails().slice(1)).toEqual([`${owner.email} Blue Door Bakery: Over: The Page is silent`]);
  expect(box.letters[1]?.text).toContain("It lasted 3 h 40 min");
});

test("what was over before anybody was told of it, and what only one look has seen, is never told", async () => {
  const over = await incident({ code: "callback" });
  await change(over, { until: t.clock.date() });
  const seen = await incident({ code: "standby" });
  await change(seen, { confirmed_at: null });
  await pass(t.deps);
  t.clock.advance({ hours: 2 });
  await pass(t.deps);
  expect(mails()).toEqual([]);
});

test("each is told what they chose: all, the critical, or nothing; what concerns the app behind all channels only administrators", async () => {
  const [agent, quiet] = [await member("agent"), await member("administrator")];
  await choose(agent, { email: "critical" });
  await choose(quiet, { email: "none" });
  const told = () =>
    box.letters
      .splice(0)
      .map((l) => l.to)
      .sort();
  await incident({ severity: "warning", code: "data_access" });
  await pass(t.deps);
  expect(told()).toEqual([owner.email]);
  await incident({ code: "silence" });
  await pass(t.deps);
  expect(told()).toEqual([agent.email, owner.email].sort());
  await incident({ channelId: null, code: "callback" });
  await pass(t.deps);
  expect(told()).toEqual([owner.email]);
});

test("a warning that grows critical is told once more, to those only who had not been told", async () => {
  const agent = await member("agent");
  await choose(agent, { email: "critical" });
  const id = await incident({ severity: "warning" });
  await pass(t.deps);
  await change(id, { severity: "critical" });
  await pass(t.deps);
  await change(id, { severity: "warning" });
  await pass(t.deps);
  await change(id, { severity: "critical" });
  await pass(t.deps);
  expect(box.letters.map((l) => l.to)).toEqual([owner.email, agent.email]);
});

test("a member is told in the language of their screens, in words and signs that cannot be taken for a page of their own", async () => {
  await t.call("GET", "/me", { headers: { ...owner.headers, "accept-language": "zh-TW,zh;q=0.9" } });
  await incident({ title: "<b>Silent</b>\r\nBcc: x@example.test" });
  await pass(t.deps);
  const [letter] = box.letters;
  expect(letter?.subject).toBe("[嚴重] Blue Door Bakery: <b>Silent</b> Bcc: x@example.test（中）");
  expect(letter?.to).toBe(owner.email);
  expect(letter?.text).toContain("evidence zh-TW");
  expect(letter?.text).toContain(`/settings/channels/${channelId}`);
  expect(letter?.html).toContain("&lt;b&gt;Silent&lt;/b&gt;");
  expect(letter?.html).not.toContain("<b>Silent");
});

test("members of other workspaces and deactivated ones are told nothing", async () => {
  const other = await makeWorkspace(t.deps);
  await t.asMember("administrator", { workspaceId: other.id });
  const gone = await member("administrator");
  await incident();
  await t.call("PATCH", `/members/${gone.memberId}`, { headers: owner.headers, body: { deactivated: true } });
  await pass(t.deps);
  expect(box.letters.map((l) => l.to)).toEqual([owner.email]);
});

test("news that is no incident is told once by its key, and not at all when the change it belongs to is rolled back", async () => {
  const news = {
    workspaceId,
    key: "authorizer:1:taken-over",
    severity: "warning" as const,
    audience: "administrators" as const,
    channelId,
    words: { en: { title: "Mei took over", text: "x", fix: "" }, "zh-TW": { title: "已接手", text: "x", fix: "" } },
  };
  const change = t.deps.db.transaction().execute(async (tx) => {
    await tell(tx, t.deps, news);
    throw new Error("no");
  });
  await expect(change).rejects.toThrow("no");
  await pass(t.deps);
  expect(mails()).toEqual([]);
  const twice = () => t.deps.db.transaction().execute((tx) => tell(tx, t.deps, news));
  expect([await twice(), await twice()]).toEqual([true, false]);
  await pass(t.deps);
  expect(mails()).toEqual([`${owner.email} [News] Blue Door Bakery: Mei took over`]);
});

test("S3 while workers run, an incident reaches the desk and the mailbox by itself, and is counted", async () => {
  const url = await t.listen();
  const mailed = async () =>
    Number(
      /^firstline_alerts_total\{way="email",outcome="sent"\} (\d+)$/m.exec(
        await (await fetch(`${url}/metrics`)).text(),
      )?.[1] ?? 0,
    );
  const before = await mailed();
  await t.start();
  const stream = await openStream(url, { ...owner.headers, "accept-language": "zh-TW" });
  await stream.ready();
  const id = await incident();
  await t.deps.db
    .insertInto("event")
    .values({ workspace_id: workspaceId, type: "incident.updated", subject_id: id })
    .execute();
  await t.deps.database.pool.query("select pg_notify('firstline_event', '')");
  const { alert } = await stream.next("alert.created");
  expect(alert).toMatchObject({
    kind: "opened",
    incidentId: id,
    channelName: "Blue Door Bakery",
    title: "The Page is silent（中）",
  });
  // The letter lies in the box a moment before the mail server's answer is read and counted.
  await until("the mail is counted", async () => (await mailed()) === before + 1);
  expect(box.letters.map((l) => l.to)).toEqual([owner.email]);
  await stream.close();
});
