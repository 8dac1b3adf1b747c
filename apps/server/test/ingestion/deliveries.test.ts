import type { DeliveryDetail, DeliveryEvent, DeliveryList } from "@firstline/contracts";
import { signSha256 } from "@firstline/meta-wire";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { z } from "zod";
import { withContract } from "../api/support/contract.ts";
import { until } from "../api/support/until.ts";
import {
  deliveryCounts,
  echoed,
  instagramBody,
  pageBody,
  post,
  reacted,
  read,
  type Thread,
  wrote,
} from "../api/support/webhooks.ts";
import { captureLog, createTestApp, META_APP, makeChannel, type TestApp } from "../harness/index.ts";

const AT = Date.parse("2026-03-02T08:00:00.000Z");
const log = captureLog();
let t: TestApp;
let page: Thread & { channelId: string };
let instagram: Thread & { channelId: string };
let serial = 0;

beforeAll(async () => {
  t = await withContract(await createTestApp({ log: log.log }));
  const one = await makeChannel(t.deps, { workspace_id: t.workspaceId });
  const two = await makeChannel(t.deps, { workspace_id: t.workspaceId, platform: "instagram" });
  page = { account: one.external_id, customer: "", channelId: one.id };
  instagram = { account: two.external_id, customer: "", channelId: two.id };
  await t.start({ web: false, worker: true });
});
afterAll(() => t.close());
beforeEach(async () => {
  await t.deps.db.deleteFrom("delivery").execute();
  page = { ...page, customer: `7400${++serial}` };
  instagram = { ...instagram, customer: `6400${serial}` };
});

const send = async (body: unknown, headers: Record<string, string> = {}) =>
  expect((await post(t, body, { headers })).statusCode).toBe(200);
const settled = () => until("every delivery is worked off", async () => !("pending" in (await deliveryCounts(t))));
const list = async (query: Record<string, string> = {}) =>
  (await t.call<z.infer<typeof DeliveryList>>("GET", "/deliveries", { headers: t.apiKey, query })).json;
const detail = async (id: string) =>
  (await t.call<DeliveryDetail>("GET", `/deliveries/${id}`, { headers: t.apiKey })).json;
const replay = (body: object) =>
  t.call<{ count: number; code: string }>("POST", "/deliveries/replays", { headers: t.apiKey, body });
const thread = async (customer: string) => {
  const { rows } = await sql<{ conversation: string; message: string; mid: string }>`
    select m.conversation_id as conversation, m.id as message, m.external_id as mid from message m join conversation v on v.id = m.conversation_id
    join contact c on c.id = v.contact_id where c.external_id = ${customer} order by m.sent_at`.execute(t.deps.db);
  return rows;
};

test("R5 a delivery keeps the headers that prove who sent it and in which form, and no credential", async () => {
  const body = Buffer.from(JSON.stringify(pageBody(page.account, wrote(page, AT, "m_h", "hi"))));
  await send(body, {
    "user-agent": "facebookexternalua",
    "x-hub-signature": "sha1=0123",
    "x-forwarded-for": "173.252.88.2",
    "facebook-api-version": "v26.0",
    authorization: "Bearer never",
    cookie: "session=never",
    "x-api-key": "never",
  });
  await settled();
  const found = await detail((await list()).data[0]!.id);
  expect(found.headers).toEqual([
    { name: "x-hub-signature-256", value: signSha256(META_APP.secret, body) },
    { name: "x-hub-signature", value: "sha1=0123" },
    { name: "content-type", value: "application/json" },
    { name: "user-agent", value: "facebookexternalua" },
    { name: "facebook-api-version", value: "v26.0" },
    { name: "x-forwarded-for", value: "173.252.88.2" },
  ]);
  expect(JSON.stringify(await t.deps.db.selectFrom("delivery").selectAll().execute())).not.toContain("never");
});

test("R5 headers beyond ASCII, very long or missing cost no delivery", async () => {
  const bytes = Buffer.from(JSON.stringify(pageBody(page.account, wrote(page, AT, "m_odd", "ü"))));
  await send(bytes, { "user-agent": `caf\u00e9 ${"x".repeat(2000)}` });
  await settled();
  const found = await detail((await list()).data[0]!.id);
  expect(found.body).toBe(bytes.toString());
  const agent = found.headers.find((h) => h.name === "user-agent")!.value;
  expect([agent.startsWith("caf\u00e9 xxx"), agent.length]).toEqual([true, 300]);
});

test("R5 a delivery shows what the body says, read again now, each event with the message and conversation it became", async () => {
  await send({
    object: "page",
    entry: [
      {
        id: page.account,
        time: AT,
        messaging: [
          wrote(page, AT, "m_1", "hello"),
          echoed(page, AT + 1, "m_2", "answer"),
          reacted(page, AT + 2, "m_2", "❤️"),
          read(page, AT + 3, AT + 2),
          { sender: { id: page.customer }, brand_new: { a: 1 } },
          null,
        ],
      },
      {
        id: "990000000000009",
        time: AT,
        messaging: [wrote({ account: "990000000000009", customer: "1" }, AT, "m_x", "?")],
      },
    ],
  });
  await settled();
  const [first, second] = await thread(page.customer);
  const { read: events } = await detail((await list()).data[0]!.id);
  const line = (e: DeliveryEvent) => [e.type, e.understood, e.channelId, e.messageId, e.conversationId];
  const c = first!.conversation;
  expect(events.map(line)).toEqual([
    ["message", true, page.channelId, first!.message, c],
    ["echo", true, page.channelId, second!.message, c],
    ["reaction", true, page.channelId, second!.message, c],
    ["read", true, page.channelId, null, c],
    ["other", false, page.channelId, null, c],
    ["other", false, page.channelId, null, null],
    ["message", true, null, null, null],
  ]);
  expect(events.map((e) => e.name)).toEqual([null, null, null, null, "brand_new", "malformed", null]);
  expect(events[0]).toMatchObject({ at: new Date(AT).toISOString(), messageExternalId: "m_1", standby: false });
});

test("R5 deliveries are found by channel, customer, state and time, alone and together; one that could not be written too", async () => {
  await sql`create or replace function refuse_poison() returns trigger language plpgsql as $$ begin if new.text = 'poison' then raise exception 'cannot be stored'; end if; return new; end $$`.execute(
    t.deps.db,
  );
  await sql`create trigger poison before insert on message for each row execute function refuse_poison()`.execute(
    t.deps.db,
  );
  const other = { ...page, customer: `${page.customer}9` };
  await send(pageBody(page.account, wrote(page, AT, "m_f1", "one")));
  await settled();
  await send(pageBody(page.account, wrote(page, AT, "m_f2", "two"), wrote(other, AT, "m_f3", "three")));
  await settled();
  await send(instagramBody(instagram.account, wrote(instagram, AT, "m_f4", "four")));
  await settled();
  await send(pageBody(page.account, wrote(page, AT, "m_f5", "poison")));
  await settled();
  await sql`drop trigger poison on message`.execute(t.deps.db);
  const all = (await list()).data;
  expect(all.map((d) => [d.state, d.channelIds, d.contactExternalIds])).toEqual([
    ["failed", [page.channelId], [page.customer]],
    ["done", [instagram.channelId], [instagram.customer]],
    ["done", [page.channelId], [page.customer, other.customer]],
    ["done", [page.channelId], [page.customer]],
  ]);
  const ids = async (query: Record<string, string>) =>
    (await list(query)).data.map((d) => all.findIndex((a) => a.id === d.id));
  expect(await ids({ channelId: page.channelId })).toEqual([0, 2, 3]);
  expect(await ids({ channelId: instagram.channelId })).toEqual([1]);
  expect(await ids({ contactExternalId: other.customer })).toEqual([2]);
  expect(await ids({ contactExternalId: page.customer, state: "done" })).toEqual([2, 3]);
  expect(await ids({ contactExternalId: page.customer, channelId: instagram.channelId })).toEqual([]);
  const { receivedAt } = all[2]!;
  expect(await ids({ channelId: page.channelId, from: receivedAt })).toEqual([0, 2]);
  expect(await ids({ contactExternalId: page.customer, to: receivedAt })).toEqual([3]);
});

test("R5 what waits and what is worked off stand in one order, page by page, with none left out or twice", async () => {
  const body = (n: number) => Buffer.from(JSON.stringify({ n }));
  for (let n = 0; n < 11; n++)
    await sql`insert into delivery (received_at, body, state, workspaces) values (${new Date(AT + Math.floor(n / 3)).toISOString()}, ${body(n)}, ${n % 4 === 3 ? "failed" : "done"}, array[${t.workspaceId}::uuid])`.execute(
      t.deps.db,
    );
  const expected = (
    await t.deps.db.selectFrom("delivery").select("id").orderBy("received_at", "desc").orderBy("id", "desc").execute()
  ).map((r) => String(r.id));
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const answer: z.infer<typeof DeliveryList> = await list({ limit: "4", ...(cursor ? { cursor } : {}) });
    seen.push(...answer.data.map((d) => d.id));
    cursor = answer.nextCursor;
  } while (cursor);
  expect(seen).toEqual(expected);
});

test("R5 the list says how long deliveries are kept", async () => {
  expect((await list()).retentionDays).toBe(t.deps.config.deliveryRetentionDays);
});

test("R5 a range is worked off again, and only it: same messages, one replay more each, nothing counted twice", async () => {
  const parts = ["a", "b", "c", "d"].map((x, n) => ({ mid: `m_${x}${serial}`, at: AT + n }));
  for (const { mid, at } of parts) {
    await send(pageBody(page.account, wrote(page, at, mid, mid)));
    await settled();
  }
  const before = await thread(page.customer);
  const counted = await intake();
  const all = (await list()).data.reverse();
  const answer = await replay({ from: all[1]!.receivedAt, to: all[3]!.receivedAt, channelId: page.channelId });
  expect([answer.status, answer.json.count]).toEqual([202, 2]);
  await settled();
  expect((await list()).data.reverse().map((d) => [d.replays, d.attempts, d.state])).toEqual([
    [0, 1, "done"],
    [1, 2, "done"],
    [1, 2, "done"],
    [0, 1, "done"],
  ]);
  expect(await thread(page.customer)).toEqual(before);
  expect(await intake()).toEqual(counted);
  expect((await replay({ from: all[0]!.receivedAt, to: all[0]!.receivedAt })).json.count).toBe(0);
});

const intake = async () =>
  (
    await sql<{ field: string; received: number; duplicate: number }>`
    select field, sum(received) as received, sum(duplicate) as duplicate from intake group by field order by field`.execute(
      t.deps.db,
    )
  ).rows;

test("R5 failed deliveries of a time come back together once their cause is gone, in the order they arrived", async () => {
  await sql`create trigger poison before insert on message for each row execute function refuse_poison()`.execute(
    t.deps.db,
  );
  for (const n of [1, 2, 3]) await send(pageBody(page.account, wrote(page, AT + n, `m_p${serial}${n}`, "poison")));
  await settled();
  expect(await deliveryCounts(t)).toEqual({ failed: 3 });
  await sql`drop trigger poison on message`.execute(t.deps.db);
  const { data } = await list({ state: "failed" });
  const range = { from: data.at(-1)!.receivedAt, to: new Date(Date.parse(data[0]!.receivedAt) + 1).toISOString() };
  expect((await replay({ ...range, state: "done" })).json.count).toBe(0);
  expect((await replay({ ...range, state: "failed" })).json.count).toBe(3);
  await settled();
  expect(await deliveryCounts(t)).toEqual({ done: 3 });
  expect(await thread(page.customer)).toHaveLength(3);
});

test("R5 a range too large is refused whole, and says so", async () => {
  await sql`insert into delivery (received_at, body, state, workspaces) select ${new Date(AT).toISOString()}::timestamptz, 'x', 'done', array[${t.workspaceId}::uuid] from generate_series(1, 10001)`.execute(
    t.deps.db,
  );
  const answer = await replay({ from: new Date(AT).toISOString(), to: new Date(AT + 1).toISOString() });
  expect([answer.status, answer.json.code]).toEqual([422, "replay_too_large"]);
  expect(await deliveryCounts(t)).toEqual({ done: 10_001 });
});

test("R5 what the dashboard's test button sends is kept and shown as understood, and opens no conversation", async () => {
  await send({
    object: "page",
    entry: [
      {
        id: "0",
        time: 1_527_459_824,
        changes: [
          {
            field: "messages",
            value: {
              sender: { id: "12334" },
              recipient: { id: "23245" },
              timestamp: "1527459824",
              message: { mid: "random_mid", text: "random_text" },
            },
          },
        ],
      },
    ],
  });
  await settled();
  const [shown] = (await list()).data;
  expect(shown).toMatchObject({ state: "done", events: 1, unsupported: 0, channelIds: [] });
  expect((await detail(shown!.id)).read).toMatchObject([
    { type: "other", name: "messages", understood: true, messageId: null, conversationId: null },
  ]);
  expect(await thread("12334")).toEqual([]);
});

test("R5 no word of a body reaches the log: not when it is taken, worked off, fails, is looked at or replayed", async () => {
  await sql`create trigger poison before insert on message for each row execute function refuse_poison()`.execute(
    t.deps.db,
  );
  await send(pageBody(page.account, wrote(page, AT, `m_secret${serial}`, "xylophone-4711")));
  await send(
    pageBody(
      page.account,
      wrote(page, AT, `m_poison${serial}`, "poison", { quick_reply: { payload: "xylophone-4712" } }),
    ),
  );
  await send(Buffer.from('{"xylophone-4713'));
  await settled();
  await sql`drop trigger poison on message`.execute(t.deps.db);
  for (const d of (await list()).data) {
    await detail(d.id);
    await t.call("POST", `/deliveries/${d.id}/replay`, { headers: t.apiKey });
  }
  await settled();
  expect(log.text()).toContain("a delivery could not be processed");
  expect(log.text()).not.toMatch(/xylophone|poison/);
});

test("R5 the figures tell, by platform and kind, what came twice, late, with parts missing or not understood; a replay adds nothing", async () => {
  const counts = async () => {
    const { body } = await t.inject({ method: "GET", url: "/metrics" });
    const lines = [...body.matchAll(/^firstline_inbound_anomalies_total\{(.+)\} (\d+)$/gm)];
    return new Map(lines.map(([, labels, n]) => [labels!.replaceAll(/\w+=|"/g, ""), Number(n)]));
  };
  const before = await counts();
  const now = Date.now();
  const once = pageBody(page.account, wrote(page, now, `m_twice${serial}`, "hello"));
  for (let n = 0; n < 3; n++) {
    await send(once);
    await settled();
  }
  await send(instagramBody(instagram.account, wrote(instagram, now - 3_600_000, `m_empty${serial}`, null)));
  await send(pageBody(page.account, { sender: { id: page.customer }, timestamp: now, brand_new: 1 }));
  await settled();
  for (const d of (await list()).data) await t.call("POST", `/deliveries/${d.id}/replay`, { headers: t.apiKey });
  await settled();
  const grown = [...(await counts())].map(([key, n]) => [key, n - (before.get(key) ?? 0)]).filter(([, n]) => n !== 0);
  expect(Object.fromEntries(grown)).toEqual({
    "messenger,message,duplicate": 2,
    "instagram,message,late": 1,
    "instagram,message,incomplete": 1,
    "messenger,other,unreadable": 1,
  });
});
