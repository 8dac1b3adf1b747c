import type { Delivery, DeliveryDetail, DeliveryList, Message } from "@firstline/contracts";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { z } from "zod";
import { withContract } from "../api/support/contract.ts";
import { until } from "../api/support/until.ts";
import {
  delivered,
  deliveryCounts,
  echoed,
  edited,
  instagramBody,
  pageBody,
  post,
  reacted,
  read,
  referred,
  type Thread,
  unsent,
  wrote,
} from "../api/support/webhooks.ts";
import { createTestApp, makeChannel, type TestApp } from "../harness/index.ts";

const AT = Date.parse("2026-03-02T08:00:00.000Z");
let t: TestApp;
let page: Thread;
let instagram: Thread;
let serial = 0;

beforeAll(async () => {
  t = await withContract(await createTestApp());
  page = { account: (await makeChannel(t.deps, { workspace_id: t.workspaceId })).external_id, customer: "" };
  instagram = {
    account: (await makeChannel(t.deps, { workspace_id: t.workspaceId, platform: "instagram" })).external_id,
    customer: "",
  };
  await t.start({ web: false, worker: true });
});
afterAll(() => t.close());
beforeEach(async () => {
  await t.deps.db.deleteFrom("delivery").execute();
  page = { ...page, customer: `7400${++serial}` };
  instagram = { ...instagram, customer: `6400${serial}` };
});

const send = async (body: unknown) => expect((await post(t, body)).statusCode).toBe(200);
const settled = () => until("every delivery is worked off", async () => !("pending" in (await deliveryCounts(t))));
const deliveries = (query: Record<string, string> = {}) =>
  t.call<z.infer<typeof DeliveryList>>("GET", "/deliveries", { headers: t.apiKey, query });
const list = async (query: Record<string, string> = {}) => (await deliveries(query)).json.data;

async function messagesOf(thread: Thread): Promise<Message[]> {
  const { json } = await t.call<{ data: { id: string; contact: { externalId: string } }[] }>("GET", "/conversations", {
    headers: t.apiKey,
    query: { q: thread.customer },
  });
  const found = json.data.find((c) => c.contact.externalId === thread.customer);
  if (!found) return [];
  return (
    await t.call<{ data: Message[] }>("GET", `/conversations/${found.id}/messages`, { headers: t.apiKey })
  ).json.data.reverse();
}

test("every entry and every messaging element of one body is worked off, of both products and several customers", async () => {
  const second = { ...page, customer: `${page.customer}9` };
  await send({
    object: "page",
    entry: [
      { id: page.account, time: AT, messaging: [wrote(page, AT, "m_b1", "one"), wrote(second, AT + 1, "m_b2", "two")] },
      { id: page.account, time: AT, messaging: [wrote(page, AT + 2, "m_b3", "three")] },
      { id: page.account, time: AT, standby: [wrote(page, AT + 3, "m_b4", "in standby")] },
    ],
  });
  await send(instagramBody(instagram.account, wrote(instagram, AT, "m_b5", "hola")));
  await settled();
  expect((await messagesOf(page)).map((m) => m.text)).toEqual(["one", "three", "in standby"]);
  expect((await messagesOf(second)).map((m) => m.text)).toEqual(["two"]);
  expect((await messagesOf(instagram)).map((m) => m.text)).toEqual(["hola"]);
  expect(await list()).toMatchObject([
    { state: "done", events: 1, unsupported: 0, attempts: 1, error: null },
    { state: "done", events: 4, unsupported: 0, attempts: 1, error: null },
  ]);
});

test("R5 what is not understood is kept, counted and shown beside the good events of the same body, and holds nobody up", async () => {
  await send({
    object: "page",
    entry: [
      {
        id: page.account,
        time: AT,
        messaging: [
          { sender: { id: page.customer }, something_new: { a: 1 } },
          wrote(page, AT, "m_u1", "understood"),
          null,
          17,
        ],
      },
      { id: page.account, time: AT, changes: [{ field: "brand_new_field", value: { x: 1 } }] },
      "no entry at all",
    ],
  });
  await send({
    object: "whatsapp_business_account",
    entry: [{ id: "1", changes: [{ field: "messages", value: {} }] }],
  });
  await settled();
  expect((await messagesOf(page)).map((m) => m.text)).toEqual(["understood"]);
  const [other, mixed] = await list();
  expect(mixed).toMatchObject({ state: "done" });
  expect(mixed!.unsupported).toBeGreaterThanOrEqual(3);
  expect(mixed!.events! - mixed!.unsupported!).toBe(1);
  expect(other).toMatchObject({ state: "done", events: 1, unsupported: 1 });
});

test("a body that is no JSON is set aside as failed with its reason, and its exact bytes can be read", async () => {
  const bytes = Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x00]);
  await send(bytes);
  await settled();
  const [failed] = await list({ state: "failed" });
  expect(failed!.error).not.toBeNull();
  const { json } = await t.call<z.infer<typeof DeliveryDetail>>("GET", `/deliveries/${failed!.id}`, {
    headers: t.apiKey,
  });
  expect([json.bodyEncoding, Buffer.from(json.body, "base64")]).toEqual(["base64", bytes]);
});

test("a delivery that cannot be written is set aside without blocking the others, keeps its reason, and can be replayed", async () => {
  await sql`create function refuse_poison() returns trigger language plpgsql as $$ begin if new.text = 'poison' then raise exception 'poison cannot be stored'; end if; return new; end $$`.execute(
    t.deps.db,
  );
  await sql`create trigger poison before insert on message for each row execute function refuse_poison()`.execute(
    t.deps.db,
  );
  const threads = Array.from({ length: 20 }, (_, n) => ({ ...page, customer: `${page.customer}${n}0` }));
  await Promise.all(
    threads.map((one, n) => send(pageBody(page.account, wrote(one, AT, `m_p${n}`, n === 7 ? "poison" : "good")))),
  );
  await settled();
  expect(await deliveryCounts(t)).toEqual({ done: 19, failed: 1 });
  const [failed] = await list({ state: "failed" });
  expect(failed).toMatchObject({ attempts: 1, error: "poison cannot be stored" });
  expect(await messagesOf(threads[7]!)).toEqual([]);
  expect((await messagesOf(threads[8]!)).map((m) => m.text)).toEqual(["good"]);

  await sql`drop trigger poison on message`.execute(t.deps.db);
  const again = await t.call<Delivery>("POST", `/deliveries/${failed!.id}/replay`, { headers: t.apiKey });
  expect([again.status, again.json.state, again.json.error]).toEqual([202, "pending", null]);
  await settled();
  expect(await deliveryCounts(t)).toEqual({ done: 20 });
  expect((await messagesOf(threads[7]!)).map((m) => m.text)).toEqual(["poison"]);
});

test("replaying a delivery that was understood changes nothing", async () => {
  await send(pageBody(page.account, wrote(page, AT, "m_r1", "once"), reacted(page, AT + 1, "m_r1", "❤️")));
  await settled();
  const before = await messagesOf(page);
  const [done] = await list();
  await t.call("POST", `/deliveries/${done!.id}/replay`, { headers: t.apiKey });
  await settled();
  expect(await messagesOf(page)).toEqual(before);
  expect((await list())[0]).toMatchObject({ state: "done", attempts: 2 });
});

test("NUL characters and halves of surrogate pairs, which PostgreSQL cannot store, break no text and no other event", async () => {
  const nasty = "a\u0000b\ud83dc\udc4bd";
  await send(
    pageBody(
      page.account,
      wrote(page, AT, `m_\u0000n`, nasty, {
        quick_reply: { payload: nasty },
        attachments: [{ type: "fallback", title: nasty, payload: { url: "https://example.test/x" } }],
      }),
      referred(page, AT + 1, { ref: nasty, source: "SHORTLINK", type: "OPEN_THREAD" }),
      edited(page, AT + 2, "m_\u0000n", `${nasty}!`, 1),
      echoed(page, AT + 3, "m_e", nasty, { metadata: nasty, app_id: nasty }),
    ),
  );
  await settled();
  expect(await deliveryCounts(t)).toEqual({ done: 1 });
  const clean = "ab\ufffdc\ufffdd";
  const messages = await messagesOf(page);
  expect(messages.map((m) => [m.text, m.payload])).toEqual([
    [`${clean}!`, clean],
    [clean, null],
  ]);
});

test("an event of a Page nobody connected is kept, opens no conversation, and stands in the thread after replay once it is connected", async () => {
  const unknown = { account: "990000000000001", customer: "7400999" };
  await send(pageBody(unknown.account, wrote(unknown, AT, "m_unknown", "is anybody there?")));
  await settled();
  const [kept] = await list();
  expect(kept).toMatchObject({ state: "done", events: 1 });
  expect(await messagesOf(unknown)).toEqual([]);
  await makeChannel(t.deps, { workspace_id: t.workspaceId, external_id: unknown.account });
  await t.call("POST", `/deliveries/${kept!.id}/replay`, { headers: t.apiKey });
  await settled();
  expect((await messagesOf(unknown)).map((m) => m.text)).toEqual(["is anybody there?"]);
});

test("a disconnected channel takes nothing more: its events are kept and open nothing", async () => {
  const gone = await makeChannel(t.deps, { workspace_id: t.workspaceId });
  await t.deps.db.deleteFrom("channel_route").where("external_id", "=", gone.external_id).execute();
  const thread = { account: gone.external_id, customer: "7400888" };
  await send(pageBody(thread.account, wrote(thread, AT, "m_gone", "hello?")));
  await settled();
  expect(await messagesOf(thread)).toEqual([]);
  expect(await list()).toHaveLength(1);
});

test("a message unsent by its author keeps a trace without text, payload or file, also when the unsend comes first", async () => {
  const file = {
    attachments: [{ type: "image", payload: { url: "https://cdn.example.test/secret.jpg" } }],
    quick_reply: { payload: "P" },
  };
  await send(pageBody(page.account, wrote(page, AT, "m_d1", "secret", file)));
  await settled();
  await send(pageBody(page.account, unsent(page, AT + 9, "m_d1")));
  await send(pageBody(page.account, unsent(page, AT + 10, "m_d2")));
  await settled();
  await send(pageBody(page.account, wrote(page, AT + 1, "m_d2", "secret too", file)));
  await settled();
  for (const m of await messagesOf(page)) {
    expect(m).toMatchObject({
      kind: "deleted",
      text: null,
      payload: null,
      attachments: [{ url: null, link: null, title: null, name: null, state: "none" }],
    });
    expect(m.deletedAt).not.toBeNull();
  }
  const left = await t.deps.db
    .selectFrom("attachment")
    .select("remote_url")
    .where("remote_url", "like", "%secret.jpg")
    .execute();
  expect(left).toEqual([]);
});

test("the newest edit, the last reaction and the furthest receipt win, whatever came when", async () => {
  await send(
    pageBody(
      page.account,
      edited(page, AT + 30, "m_w1", "third", 2),
      reacted(page, AT + 50, "m_w1", null),
      read(page, AT + 60, AT + 45),
    ),
  );
  await send(
    pageBody(
      page.account,
      wrote(page, AT, "m_w1", "first"),
      echoed(page, AT + 40, "m_w2", "answer"),
      reacted(page, AT + 45, "m_w2", "👍"),
    ),
  );
  await send(
    pageBody(
      page.account,
      edited(page, AT + 20, "m_w1", "second", 1),
      reacted(page, AT + 10, "m_w1", "❤️"),
      delivered(page, AT + 41, AT + 41),
      reacted(page, AT + 46, "m_w2", "😮"),
    ),
  );
  await settled();
  expect((await messagesOf(page)).map((m) => [m.text, m.state, m.reactions])).toEqual([
    ["third", "received", []],
    ["answer", "read", [{ by: "customer", emoji: "😮" }]],
  ]);
});

test.each(["in one delivery", "the other way round in two"])(
  "a reaction taken back within the same millisecond is gone: %s",
  async (how) => {
    const mid = `m_tie${serial}`;
    const both = [reacted(page, AT + 10, mid, "❤️"), reacted(page, AT + 10, mid, null)];
    await send(pageBody(page.account, wrote(page, AT, mid, "hello")));
    if (how === "in one delivery") await send(pageBody(page.account, ...both));
    else for (const one of both.toReversed()) await send(pageBody(page.account, one));
    await settled();
    const { reactions } = await t.deps.db
      .selectFrom("message")
      .select("reactions")
      .where("external_id", "=", mid)
      .executeTakeFirstOrThrow();
    expect(reactions).toEqual([]);
  },
);

test("deliveries are listed newest first, by state and time, page by page, also while new ones arrive", async () => {
  for (let n = 0; n < 7; n++) await send(pageBody(page.account, wrote(page, AT + n, `m_l${n}`, `${n}`)));
  await settled();
  const first = await deliveries({ limit: "3" });
  await send(pageBody(page.account, wrote(page, AT + 9, "m_l9", "late")));
  const second = await deliveries({ limit: "3", cursor: first.json.nextCursor! });
  const third = await deliveries({ limit: "3", cursor: second.json.nextCursor! });
  const ids = [first, second, third].flatMap((p) => p.json.data.map((d) => Number(d.id)));
  expect(ids).toEqual([...ids].sort((a, b) => b - a));
  expect(new Set(ids).size).toBe(7);
  expect(third.json.nextCursor).toBeNull();
  await settled();
  expect(await list({ state: "failed" })).toEqual([]);
  const received = (await list()).map((d) => d.receivedAt);
  expect(await list({ from: received[2]! })).toHaveLength(received.filter((r) => r >= received[2]!).length);
  expect(await list({ to: received.at(-1)! })).toEqual([]);
  expect((await deliveries({ cursor: "bm9wZQ" })).status).toBe(422);
});
