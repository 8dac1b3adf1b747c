import type { ActivityList, Channel, Conversation } from "@firstline/contracts";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { dueChannels } from "../../src/modules/ingestion/reconcile/schedule.ts";
import { until } from "../api/support/until.ts";
import { BLUE, KEVIN, type World } from "../api/support/world.ts";
import { createTestApp, cutDatabase } from "../harness/index.ts";
import {
  compareNow,
  comparisons,
  connectedWorld,
  customerPath,
  ended,
  inTheInbox,
  newCustomer,
  type PlatformName,
  settled,
} from "./support.ts";

let w: World & { channels: Record<PlatformName, string> };
beforeAll(async () => {
  w = await connectedWorld();
});
afterAll(() => w.close());
beforeEach(async () => {
  await w.meta.clearFaults();
  await quiet();
});

const write = (customer: string, text: string, more: object = {}) =>
  w.meta.post<{ mid: string }>(`${customerPath(customer)}/messages`, { text, ...more });
/** Somebody whose messages Meta loses, all of them. */
async function lostPerson(...texts: string[]): Promise<string> {
  const customer = await newCustomer(w, "messenger");
  await w.meta.faults({ lose: { rate: 1, customerId: customer } });
  for (const text of texts) await write(customer, text);
  await w.meta.clearFaults();
  return customer;
}
const texts = async (customer: string) => (await inTheInbox(w, customer)).map((m) => m.text);
const ofReason = (reason: string) =>
  until(`a comparison (${reason}) is over`, async () => {
    const run = (await comparisons(w, w.channels.messenger)).find((r) => r.reason === reason);
    return run && run.state !== "running" && run;
  });
const addJob = (name: string) =>
  w.deps.jobs.add(name, [{ data: { workspaceId: w.workspaceId, channelId: w.channels.messenger } }]);
/** Every look at the subscription that is due is over, and every comparison it may have begun is in the list. */
const lookedAtSubscription = () =>
  until("the subscription was looked at", async () => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from pgboss.job where name = 'channels.subscription' and state in ('created', 'retry', 'active') and start_after <= now()`.execute(
      w.deps.db,
    );
    return rows[0]!.n === 0;
  });
/**
 * Nothing an earlier test asked for is still under way: each comparison on demand also looks at the subscription, which may begin
 * another, and one that waits to begin is given to whoever asks for a comparison, under its own reason.
 */
async function quiet(): Promise<void> {
  await lookedAtSubscription();
  await until("no comparison runs", async () => {
    const of = await Promise.all(Object.values(w.channels).map((id) => comparisons(w, id)));
    return of.flat().every((run) => run.state !== "running");
  });
  await settled(w);
}
const channel = async () =>
  (await w.call<Channel>("GET", `/channels/${w.channels.messenger}`, { headers: w.apiKey })).json;
const channelRow = () =>
  w.deps.db.selectFrom("channel").selectAll().where("id", "=", w.channels.messenger).executeTakeFirstOrThrow();

test("R5 what was recovered says so in one quiet line, counts as lost in its hour, moves nothing up the list and asks for nobody who was answered", async () => {
  const answered = await newCustomer(w, "messenger");
  const c = await w.customerWrites(BLUE, answered, "first");
  await w.meta.faults({ lose: { rate: 1, customerId: answered } });
  await write(answered, "lost one");
  await write(answered, "lost two");
  await w.meta.clearFaults();
  await w.meta.post(`/pages/${BLUE}/inbox-reply`, { customerId: answered, text: "answered at Meta" });
  await settled(w);
  const other = await newCustomer(w, "messenger");
  await w.customerWrites(BLUE, other, "newer");
  await settled(w);
  const read = async () => (await w.call<Conversation>("GET", `/conversations/${c.id}`, { headers: w.apiKey })).json;
  const list = async () =>
    (await w.call<{ data: Conversation[] }>("GET", "/conversations", { headers: w.apiKey })).json.data.map((x) => x.id);
  const before = [await list(), (await read()).unreadCount, (await read()).lastMessage?.text];

  expect(await compareNow(w, w.channels.messenger)).toMatchObject({ state: "done", recovered: 2 });
  expect(await texts(answered)).toEqual(["first", "lost one", "lost two", "answered at Meta"]);
  expect([await list(), (await read()).unreadCount, (await read()).lastMessage?.text]).toEqual(before);
  const lines = (
    await w.call<ReturnType<typeof ActivityList.parse>>("GET", `/conversations/${c.id}/activity`, { headers: w.apiKey })
  ).json.data.filter((line) => line.kind === "recovered");
  expect(lines).toMatchObject([{ data: { count: 2 } }]);
  const { rows } = await sql<{ field: string; n: number }>`
    select field, sum(recovered) as n from intake where channel_id = ${w.channels.messenger} and recovered > 0 group by field`.execute(
    w.deps.db,
  );
  expect(rows).toEqual([{ field: "message", n: 2 }]);
  expect(await w.deps.metrics.registry.getSingleMetricAsString("firstline_messages_recovered_total")).toContain(
    'platform="messenger",reason="demand"} 2',
  );
});

test("R5 a webhook that comes after the comparison makes the message whole and no longer recovered", async () => {
  const customer = await newCustomer(w, "messenger");
  await w.meta.faults({ delayMs: 600_000 });
  await write(customer, "Yes", { quickReplyPayload: "YES" });
  expect(await compareNow(w, w.channels.messenger)).toMatchObject({ recovered: 1 });
  expect(await inTheInbox(w, customer)).toMatchObject([{ text: "Yes", recovered: true }]);
  await w.meta.clearFaults();
  await settled(w);
  expect(await inTheInbox(w, customer)).toMatchObject([{ text: "Yes", recovered: false }]);
  const row = await w.deps.db.selectFrom("message").selectAll().where("text", "=", "Yes").executeTakeFirstOrThrow();
  expect([row.payload, row.recovered_at !== null, row.delivery_id !== null]).toEqual(["YES", true, true]);
  expect(await compareNow(w, w.channels.messenger)).toMatchObject({ recovered: 0 });
});

test("R5 a message that came without its content takes it from Meta's record", async () => {
  const customer = await newCustomer(w, "messenger");
  await w.meta.faults({ sendEmpty: { rate: 1, customerId: customer } });
  await write(customer, "the content");
  await settled(w);
  expect(await texts(customer)).toEqual([null]);
  expect(await compareNow(w, w.channels.messenger)).toMatchObject({ recovered: 0 });
  expect(await inTheInbox(w, customer)).toMatchObject([{ text: "the content", recovered: false }]);
});

test("R5 a routine comparison leaves alone what may still be on its way", async () => {
  const customer = await lostPerson("a second ago");
  await addJob("reconcile.due");
  expect(await ofReason("scheduled")).toMatchObject({ state: "done", recovered: 0 });
  expect(await texts(customer)).toEqual([]);
  expect(await compareNow(w, w.channels.messenger)).toMatchObject({ recovered: 1 });
});

const TOO_MUCH = {
  path: "conversations",
  code: 1,
  message: "Please reduce the amount of data you're asking for, then retry your request",
};

test("R5 limits and faults of Meta slow a comparison down and never end it", async () => {
  const customer = await lostPerson("through all of it");
  await w.meta.faults({
    nextGraph: [
      { path: "conversations", code: 2 },
      TOO_MUCH,
      { path: "conversations", code: 613 },
      {
        path: "conversations",
        code: 100,
        message: "(#100) Tried accessing nonexisting field (sticker) on node type (Message)",
      },
    ],
  });
  // A limit that is used up costs ten seconds of rest, and a job that is due later is seen some seconds late.
  expect(await compareNow(w, w.channels.messenger, {}, 60_000)).toMatchObject({
    state: "done",
    failure: null,
    recovered: 1,
  });
  expect(await texts(customer)).toEqual(["through all of it"]);
  expect((await channel()).state).toBe("healthy");
}, 90_000);

test("R5 the calls of a comparison keep to two a second, though Meta would take more", async () => {
  const people = await Promise.all(Array.from({ length: 12 }, () => newCustomer(w, "messenger")));
  for (const customer of people) await write(customer, "one of many");
  await settled(w);
  // Asked for less twice over, it reads two conversations a call.
  await w.meta.faults({ conversationRate: null, nextGraph: [TOO_MUCH, TOO_MUCH] });
  const began = Date.now();
  expect(await compareNow(w, w.channels.messenger)).toMatchObject({ state: "done", recovered: 0 });
  const { data } = await w.meta.get<{ data: { path: string; at: string; params: Record<string, string> }[] }>(
    "/graph-calls?limit=500",
  );
  const times = data
    .filter(({ path, params }) => path.includes(`${BLUE}/conversations`) && params.platform === "messenger")
    .map((call) => Date.parse(call.at))
    .filter((at) => at >= began)
    .sort((a, b) => a - b)
    .slice(2);
  expect(times.length).toBeGreaterThanOrEqual(8);
  // Over all of them: a single one may go out late, and the next then follows it more closely.
  expect((times.at(-1)! - times[0]!) / (times.length - 1)).toBeGreaterThanOrEqual(500);
});

test("R5 killed or cut off from its database in the middle, a comparison is taken up again and loses nothing", async () => {
  const people = await Promise.all(
    Array.from({ length: 8 }, async (_, n) => ({ customer: await newCustomer(w, "messenger"), n })),
  );
  await w.meta.faults({ lose: { rate: 1 } });
  for (const { customer, n } of people) for (const m of [1, 2, 3]) await write(customer, `${n}.${m}`);
  await w.meta.clearFaults();

  const { json: run } = await w.call<{ id: string; channelId: string }>(
    "POST",
    `/channels/${w.channels.messenger}/reconciliations`,
    { headers: w.apiKey, body: {} },
  );
  await until("something has come back", async () => {
    const now = (await comparisons(w, w.channels.messenger)).find((r) => r.id === run.id);
    return now && now.recovered > 0;
  });
  const restore = await cutDatabase(w.deps);
  restore();
  // As if the process were gone for good.
  await sql`update reconciliation set runner_at = now() - interval '2 minutes' where id = ${run.id} and state = 'running'`.execute(
    w.deps.db,
  );
  await w.deps.jobs.add("reconcile.tick", [{ data: {} }]);
  expect(await ended(w, run as never)).toMatchObject({ state: "done", recovered: 24 });
  for (const { customer, n } of people) expect(await texts(customer)).toEqual([`${n}.1`, `${n}.2`, `${n}.3`]);
});

test("R5 a subscription Meta dropped is found, made again at both levels, and the gap read back", async () => {
  await w.meta.post(`/pages/${BLUE}/drop-subscription`);
  const customer = await newCustomer(w, "messenger");
  await write(customer, "into the gap");
  await settled(w);
  expect(await texts(customer)).toEqual([]);
  await addJob("channels.subscription");
  expect(await ofReason("resubscribed")).toMatchObject({ state: "done", recovered: 1 });
  expect(await texts(customer)).toEqual(["into the gap"]);
  expect((await channelRow()).resubscribed_at).not.toBeNull();
  await write(customer, "delivered again");
  await settled(w);
  expect(await inTheInbox(w, customer)).toMatchObject([
    { recovered: true },
    { text: "delivered again", recovered: false },
  ]);
  await addJob("channels.subscription");
  await lookedAtSubscription();
  expect((await comparisons(w, w.channels.messenger)).filter((r) => r.reason === "resubscribed")).toHaveLength(1);
});

test("R5 a comparison that is asked for also makes a dropped subscription again, so that what comes next is delivered", async () => {
  const before = (await channelRow()).resubscribed_at;
  await w.meta.post(`/pages/${BLUE}/drop-subscription`);
  const customer = await newCustomer(w, "messenger");
  await write(customer, "before somebody looked");
  await settled(w);
  await w.call("POST", `/channels/${w.channels.messenger}/reconciliations`, { headers: w.apiKey, body: {} });
  await until("the subscription was made again", async () => {
    const at = (await channelRow()).resubscribed_at;
    return at !== null && at.getTime() !== before?.getTime();
  });
  await write(customer, "after it");
  await settled(w);
  await until("both are there", async () => (await texts(customer)).length === 2);
  expect(await texts(customer)).toEqual(["before somebody looked", "after it"]);
});

test("R5 silence against the channel's habit is set, looked into at Meta, told to browsers, and ends with the next event", async () => {
  await sql`insert into intake (workspace_id, channel_id, hour, field, received)
    select ${w.workspaceId}, ${w.channels.messenger}, h, 'message', 100
    from generate_series(date_trunc('hour', now()) - interval '35 days', date_trunc('hour', now()) - interval '3 hours', interval '1 hour') h`.execute(
    w.deps.db,
  );
  await sql`update channel set last_event_at = now() - interval '2 hours' where id = ${w.channels.messenger}`.execute(
    w.deps.db,
  );
  const silence = async () => (await channelRow()).silence as { since: string; expected: number } | null;
  const told = async () =>
    Number(
      (
        await sql<{
          n: number;
        }>`select count(*) as n from event where type = 'channel.updated' and subject_id = ${w.channels.messenger}`.execute(
          w.deps.db,
        )
      ).rows[0]!.n,
    );
  const before = await told();
  const customer = await lostPerson("nobody hears me");
  await w.deps.jobs.add("channels.silence", [{ data: {} }]);
  const found = await until("the silence is seen", silence);
  expect(found.expected).toBeGreaterThan(100);
  expect(await ofReason("silence")).toMatchObject({ state: "done" });
  expect(await told()).toBeGreaterThan(before);
  await w.customerWrites(BLUE, customer, "heard");
  await w.deps.jobs.add("channels.silence", [{ data: {} }]);
  await until("the silence is over", async () => (await silence()) === null);
});

test("R5 R6 only one customer's conversation is compared where one is named, and nothing is claimed about the others", async () => {
  const [one, other] = [await lostPerson("mine"), await lostPerson("theirs")];
  const at = (await channelRow()).reconciled_at;
  expect(await compareNow(w, w.channels.messenger, { contactExternalId: one })).toMatchObject({
    conversations: 1,
    examined: 1,
    recovered: 1,
  });
  expect([await texts(one), await texts(other)]).toEqual([["mine"], []]);
  expect((await channelRow()).reconciled_at).toEqual(at);
  expect(await compareNow(w, w.channels.messenger)).toMatchObject({ recovered: expect.toSatisfy((n) => n >= 1) });
  expect(await texts(other)).toEqual(["theirs"]);
});

test("R5 every channel's turn comes five minutes after its last comparison, unless it cannot be read", async () => {
  const due = async (now: number) =>
    (await dueChannels(w.deps.db, new Date(now))).map((c) => c.channelId).filter((id) => id === w.channels.instagram);
  await compareNow(w, w.channels.instagram);
  expect(await due(Date.now() + 4 * 60_000)).toEqual([]);
  expect(await due(Date.now() + 6 * 60_000)).toEqual([w.channels.instagram]);
  await sql`update channel set state = 'needs_reauthorization' where id = ${w.channels.instagram}`.execute(w.deps.db);
  expect(await due(Date.now() + 6 * 60_000)).toEqual([]);
  await sql`update channel set state = 'healthy' where id = ${w.channels.instagram}`.execute(w.deps.db);
});

test("R5 a server that was away compares every channel when it is back", async () => {
  // Lost before the sign of life is old: the first server, whose own next sign may be the one that notices, must find it too.
  const customer = await lostPerson("while you slept");
  await sql`update installation set value = (now() - interval '10 minutes')::text where key = 'receiving_alive_at'`.execute(
    w.deps.db,
  );
  await using second = await createTestApp({ clock: "real", graphUrl: w.sim.url, database: w.database });
  await second.start({ web: true, worker: false });
  expect(await ofReason("outage")).toMatchObject({ state: "done" });
  expect(await texts(customer)).toEqual(["while you slept"]);
});

test("R5 after deliveries had to be refused for want of a database, Meta repeats them, and a comparison is planned", async () => {
  const customer = await newCustomer(w, "messenger");
  const restore = await cutDatabase(w.deps);
  await write(customer, "into the outage");
  await until("Meta was refused", async () => {
    const { data } = await w.meta.get<{ data: { attempts: { status: number }[] }[] }>("/webhooks?limit=5");
    return data.some((one) => one.attempts.some((a) => a.status === 503));
  });
  restore();
  await settled(w);
  expect(await inTheInbox(w, customer)).toMatchObject([{ text: "into the outage", recovered: false }]);
  await until("a comparison is planned", async () => {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from pgboss.job where name = 'reconcile.outage' and start_after > now()`.execute(w.deps.db);
    return rows[0]!.n === 2;
  });
});

test("R5 S3 a dead token ends a comparison with its reason, never stops receiving, and reauthorising compares again", async () => {
  const customer = await newCustomer(w, "messenger");
  await w.meta.post(`/users/${KEVIN}/password`);
  const run = await compareNow(w, w.channels.messenger);
  expect(run).toMatchObject({ state: "failed", failure: { code: "token_password_changed" } });
  expect((await channel()).state).toBe("needs_reauthorization");
  await write(customer, "still heard");
  await settled(w);
  expect(await inTheInbox(w, customer)).toMatchObject([{ text: "still heard", recovered: false }]);
  const lost = await lostPerson("lost meanwhile");
  await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
  expect(await ofReason("reconnected")).toMatchObject({ state: "done", recovered: 1 });
  expect(await texts(lost)).toEqual(["lost meanwhile"]);
});
