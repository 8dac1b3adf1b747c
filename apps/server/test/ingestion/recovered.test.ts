import type { Contact, Conversation, Message } from "@firstline/contracts";
import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { InboundEvent, MessageEvent } from "../../src/adapters/channel.ts";
import { normalizeDelivery } from "../../src/adapters/normalize.ts";
import { createReceive, type ReceivedDelivery } from "../../src/modules/messages/receive/index.ts";
import { echoed, edited, pageBody, type Thread, unsent, wrote } from "../api/support/webhooks.ts";
import { createTestApp, FakeClock, makeChannel, makeMessage, type TestApp } from "../harness/index.ts";
import { canonicalRows } from "./canonical.ts";
import { type Action, entryOf, START, scenario, seeded } from "./scenario.ts";

const STORIES = 60;
const PER_STORY = 12;
const SEED = 20_261_124;

let t: TestApp;
let account: string;
let channelId: string;
let serial = 0;
const clock = new FakeClock(START + 3_600_000);

beforeAll(async () => {
  t = await createTestApp({ clock });
  const channel = await makeChannel(t.deps, { workspace_id: t.workspaceId });
  account = channel.external_id;
  channelId = channel.id;
  await t.deps.jobs.start({ work: false });
});
afterAll(async () => {
  await t.deps.jobs.stop();
  await t.close();
});

const newThread = (): Thread => ({ account, customer: `8${1_000_000 + ++serial}` });
const eventsOf = (body: unknown): InboundEvent[] => normalizeDelivery(Buffer.from(JSON.stringify(body))).events;
const receive = (deliveries: Omit<ReceivedDelivery, "receivedAt" | "replayed">[]) =>
  t.deps.db.transaction().execute((tx) =>
    createReceive(t.deps)(
      tx,
      deliveries.map((d) => ({ ...d, receivedAt: clock.now(), replayed: false })),
    ),
  );
let deliveries = 0;
const webhook = (...bodies: unknown[]) =>
  receive(bodies.map((b) => ({ deliveryId: ++deliveries, origin: "webhook", events: eventsOf(b) })));
const recover = (...events: InboundEvent[]) => receive([{ deliveryId: null, origin: "recovered", events }]);

/** What the Conversations API tells of the message of a webhook: whole seconds, no sender, no payload, files under other addresses. */
function recordOf(body: unknown, more: Partial<MessageEvent> = {}): MessageEvent[] {
  return eventsOf(body).flatMap((e) =>
    e.type !== "message"
      ? []
      : [
          {
            ...e,
            at: Math.floor(e.at! / 1000) * 1000,
            standby: false,
            kind: e.kind === "postback" ? "text" : e.kind,
            details: [],
            attachments: e.attachments.map((a) => ({ ...a, url: a.url && `${a.url}?graph`, type: "image/jpeg" })),
            replyTo: null,
            payload: null,
            referral: null,
            appId: null,
            metadata: null,
            aiGenerated: false,
            priorRef: null,
            opensWindow: e.direction === "inbound",
            ...more,
          },
        ],
  );
}

async function conversationOf(thread: Thread): Promise<Conversation> {
  const { json } = await t.call<{ data: Conversation[] }>("GET", "/conversations", {
    headers: t.apiKey,
    query: { q: thread.customer },
  });
  return json.data.find((c) => c.contact.externalId === thread.customer)!;
}
async function messagesOf(thread: Thread): Promise<Message[]> {
  const { id } = await conversationOf(thread);
  const { json } = await t.call<{ data: Message[] }>("GET", `/conversations/${id}/messages`, { headers: t.apiKey });
  return json.data.reverse();
}

test("R5 webhooks and recovered copies of the same messages, in any order and any number, end in the rows of the webhooks alone, but for the marks of recovery", async () => {
  const random = seeded(SEED);
  const stories = fc.sample(scenario, { numRuns: STORIES, seed: SEED });
  const threads = stories.flatMap((story, n) =>
    Array.from({ length: PER_STORY }, (_, copy) => ({ story, n, copy, thread: newThread() })),
  );
  const steps = threads.flatMap(({ story, copy, thread }) => {
    const entry = (a: Action) => ({ object: "page", entry: [entryOf(a, thread, `${thread.customer}|`)] });
    const told = (a: Action, place: number) => ({ place, body: entry(a), recovered: false });
    if (copy === 0) return story.map((a, n) => told(a, n / story.length));
    const again = story.filter(() => random() < 0.3);
    const copied = story.filter((a) => ["wrote", "echoed", "postback"].includes(a.do) && random() < 0.7);
    const copies = [...copied, ...copied.filter(() => random() < 0.2)];
    return [
      ...[...story, ...again].map((a) => told(a, random())),
      ...copies.map((a) => ({ ...told(a, random()), recovered: true })),
    ];
  });
  steps.sort((a, b) => a.place - b.place);
  while (steps.length > 0) {
    const some = steps.splice(0, 1 + Math.floor(random() * 150));
    const copies = some.filter((s) => s.recovered).flatMap((s) => recordOf(s.body));
    if (random() < 0.5) await recover(...copies.splice(0));
    await webhook(...some.filter((s) => !s.recovered).map((s) => s.body));
    await recover(...copies);
  }

  const rows = await canonicalRows(t);
  const plain = (customer: string) =>
    rows
      .get(customer)
      ?.replace(/"unread_count": ?\d+/, "")
      .replace(/"recovered_at": ?("[^"]*"|null)/g, "");
  const state = (customer: string) => JSON.parse(rows.get(customer) ?? "null");
  for (const { n, copy, thread } of threads) {
    const truth = threads[n * PER_STORY]!.thread.customer;
    if (plain(thread.customer) !== plain(truth))
      expect({ copy, ...state(thread.customer) }).toEqual({ copy, ...state(truth) });
  }
  const { rows: sums } = await sql<{ late: number; still: number }>`
    select count(*) filter (where recovered_at is not null) as late, count(*) filter (where recovered) as still from message`.execute(
    t.deps.db,
  );
  expect(sums[0]!.late).toBeGreaterThan(200);
  expect(sums[0]!.still).toBe(0);
}, 240_000);

test("R5 a recovered message stands at Meta's time, is marked, and its file is fetched", async () => {
  const thread = newThread();
  await webhook(pageBody(account, wrote(thread, START + 60_000, "rm_new", "newest")));
  const file = { attachments: [{ type: "image", payload: { url: "https://cdn.example.test/lost.jpg" } }] };
  const lost = recordOf(pageBody(account, wrote(thread, START, "rm_old", "lost", file)));
  const { inserted } = await recover(...lost);
  expect(inserted).toEqual([
    {
      workspaceId: t.workspaceId,
      conversationId: expect.any(String),
      messageId: expect.any(String),
      direction: "inbound",
      at: START,
    },
  ]);
  expect((await recover(...lost)).inserted).toEqual([]);
  expect(await messagesOf(thread)).toMatchObject([
    { text: "lost", recovered: true, sentAt: new Date(START).toISOString(), attachments: [{ state: "pending" }] },
    { text: "newest", recovered: false },
  ]);
  const conversation = await conversationOf(thread);
  expect(conversation.lastMessage?.text).toBe("newest");
  expect(conversation.lastActivityAt).toBe(new Date(START + 60_000).toISOString());
});

test("R5 what was recovered counts as unread and reopens only where nothing went out after it", async () => {
  const thread = newThread();
  await webhook(
    pageBody(account, wrote(thread, START, "ru_1", "hello"), echoed(thread, START + 60_000, "ru_2", "answer")),
  );
  const { id } = await conversationOf(thread);
  await t.call("PATCH", `/conversations/${id}`, { headers: t.apiKey, body: { status: "resolved" } });
  await recover(...recordOf(pageBody(account, wrote(thread, START + 30_000, "ru_3", "answered long ago"))));
  expect(await conversationOf(thread)).toMatchObject({ status: "resolved", unreadCount: 0 });
  await recover(...recordOf(pageBody(account, wrote(thread, START + 90_000, "ru_4", "nobody saw this"))));
  expect(await conversationOf(thread)).toMatchObject({ status: "open", unreadCount: 1 });
});

test("R5 a webhook that comes after its message was recovered brings what only it knows, keeps the stored file, and the message counts as late", async () => {
  const thread = newThread();
  const body = pageBody(
    account,
    wrote(thread, START + 345, "rl_1", "Red", {
      quick_reply: { payload: "COLOR_RED" },
      reply_to: { mid: "rl_0" },
      referral: { ref: "SPRING", source: "SHORTLINK", type: "OPEN_THREAD" },
      attachments: [{ type: "image", payload: { url: "https://cdn.example.test/red.jpg" } }],
    }),
    echoed(thread, START + 1_345, "rl_2", "From the bot", { app_id: 777, metadata: "theirs" }),
  );
  await recover(...recordOf(body));
  await sql`update attachment set state = 'stored', blob_key = 'kept' where remote_url like '%red.jpg?graph'`.execute(
    t.deps.db,
  );
  expect((await messagesOf(thread)).map((m) => [m.recovered, m.sentAt])).toEqual([
    [true, new Date(START).toISOString()],
    [true, new Date(START + 1_000).toISOString()],
  ]);
  expect((await webhook(body)).inserted).toEqual([]);
  const [red, bot] = await messagesOf(thread);
  expect(red).toMatchObject({
    recovered: false,
    payload: "COLOR_RED",
    replyTo: { externalId: "rl_0" },
    sentAt: new Date(START + 345).toISOString(),
    attachments: [{ state: "stored" }],
  });
  expect(bot).toMatchObject({ recovered: false, source: { kind: "other_app", appId: "777" } });
  const conversation = await conversationOf(thread);
  expect(conversation.lastActivityAt).toBe(new Date(START + 1_345).toISOString());
  const contact = await t.call<Contact>("GET", `/contacts/${conversation.contact.id}`, { headers: t.apiKey });
  expect(contact.json.referral).toMatchObject({ ref: "SPRING" });
  const { rows: marks } = await sql<{ late: number }>`
    select count(*) as late from message where external_id like 'rl\\_%' and recovered_at is not null and not recovered`.execute(
    t.deps.db,
  );
  expect(marks[0]!.late).toBe(2);
});

test.each([["the webhook first"], ["the record first"]])(
  "R5 a message Meta delivered empty takes its content from the record, %s",
  async (order) => {
    const thread = newThread();
    const mid = `re_${order.length}_${serial}`;
    const empty = pageBody(account, wrote(thread, START, mid, null));
    const whole = recordOf(pageBody(account, wrote(thread, START, mid, "what was really said")));
    if (order === "the webhook first") {
      await webhook(empty);
      expect(await messagesOf(thread)).toMatchObject([{ text: null, incomplete: true }]);
      await recover(...whole);
    } else {
      await recover(...whole);
      await webhook(empty);
    }
    expect(await messagesOf(thread)).toMatchObject([
      { kind: "text", text: "what was really said", incomplete: false, recovered: false },
    ]);
  },
);

test("R5 what was edited or unsent stays so when its message is recovered", async () => {
  const thread = newThread();
  const first = pageBody(account, wrote(thread, START, "rd_1", "secret"));
  const second = pageBody(account, wrote(thread, START + 1_000, "rd_2", "first words"));
  await webhook(pageBody(account, unsent(thread, START + 5_000, "rd_1")));
  await webhook(pageBody(account, edited(thread, START + 6_000, "rd_2", "better words", 1)));
  await recover(...recordOf(first), ...recordOf(second));
  expect(await messagesOf(thread)).toMatchObject([{ kind: "deleted", text: null }, { text: "better words" }]);
});

test("S10 R5 a reply whose outcome is unknown is settled by its recovered copy, and no second bubble appears, also not when the echo comes later", async () => {
  const thread = newThread();
  await webhook(pageBody(account, wrote(thread, START, "rs_1", "hello")));
  const { id } = await conversationOf(thread);
  const base = { workspace_id: t.workspaceId, id, channel_id: channelId };
  const mine = async (text: string | null, at: number, more = {}) =>
    makeMessage(t.deps, base, {
      direction: "outbound",
      external_id: null,
      client_id: `c-${++serial}`,
      state: "uncertain",
      text,
      sent_at: new Date(at),
      ...more,
    });
  const sent = await mine("on its way", START + 10_500);
  const other = await mine("on its way", START + 20_500);
  const far = await mine("long ago", START + 10_000);
  const photo = await mine(null, START + 30_000, { kind: "image" });
  const copies = [
    pageBody(account, echoed(thread, START + 10_900, "rs_2", "on its way")),
    pageBody(account, echoed(thread, START + 10_000 + 11 * 60_000, "rs_3", "long ago")),
    pageBody(
      account,
      echoed(thread, START + 30_900, "rs_4", "", {
        attachments: [{ type: "image", payload: { url: "https://cdn.example.test/p.jpg" } }],
      }),
    ),
  ];
  const { inserted } = await recover(...copies.flatMap((c) => recordOf(c)));
  const state = async () => (await messagesOf(thread)).filter((m) => m.direction === "outbound");
  const of = (list: Message[], id: string) => list.find((m) => m.id === id);
  const settled = await state();
  expect(of(settled, sent.id)).toMatchObject({ state: "sent", externalId: "rs_2", recovered: false });
  expect(of(settled, other.id)).toMatchObject({ state: "uncertain", externalId: null });
  expect(of(settled, far.id)).toMatchObject({ state: "uncertain" });
  // Nothing tells that the picture is ours, until its echo does.
  expect(inserted.map((m) => m.direction)).toEqual(["outbound", "outbound"]);

  const echo = echoed(thread, START + 30_900, "rs_4", "", { app_id: 1517000000000111, metadata: photo.id });
  await webhook(pageBody(account, echo));
  await webhook(
    pageBody(
      account,
      echoed(thread, START + 10_900, "rs_2", "on its way", { app_id: 1517000000000111, metadata: sent.id }),
    ),
  );
  const after = await state();
  expect(of(after, photo.id)).toMatchObject({
    state: "sent",
    externalId: "rs_4",
    sentAt: new Date(START + 30_900).toISOString(),
  });
  expect(of(after, sent.id)).toMatchObject({ sentAt: new Date(START + 10_900).toISOString() });
  expect(after.filter((m) => m.externalId === "rs_4")).toHaveLength(1);
  expect(after).toHaveLength(5);
});

test("R5 what was read back is counted by nobody here, and does not say that Meta is heard", async () => {
  await sql`delete from intake`.execute(t.deps.db);
  await sql`update channel set last_event_at = null`.execute(t.deps.db);
  await recover(...recordOf(pageBody(account, wrote(newThread(), START, "rc_1", "quiet"))));
  const { rows: counted } = await sql<{ n: number; at: Date | null }>`
    select (select count(*) from intake) as n, (select last_event_at from channel where id = ${channelId}) as at`.execute(
    t.deps.db,
  );
  expect(counted[0]).toEqual({ n: 0, at: null });
});
