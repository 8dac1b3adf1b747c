import type { ConversationCounts, ConversationList } from "@firstline/contracts";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { z } from "zod";
import { tellEnding } from "../../src/modules/conversations/ending.ts";
import {
  createTestApp,
  makeChannel,
  makeContact,
  makeConversation,
  makeMessage,
  makeWorkspace,
  type TestApp,
} from "../harness/index.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let t: TestApp;
let ads: TestApp;
let shop: Awaited<ReturnType<typeof makeChannel>>;

beforeAll(async () => {
  t = await createTestApp();
  // Another server on the same database, where ads keep a window open.
  ads = await createTestApp({ database: t.database, clock: t.clock, env: { META_AD_WINDOW_7_DAYS: "true" } });
  shop = await makeChannel(t.deps, { workspace_id: t.workspaceId });
});
afterAll(async () => {
  await ads.close();
  await t.close();
});
beforeEach(async () => {
  await sql`delete from event`.execute(t.deps.db);
  await sql`delete from message`.execute(t.deps.db);
  await sql`delete from conversation`.execute(t.deps.db);
});

interface Wish {
  /** When the customer wrote last. */
  hoursAgo: number;
  /** When they came from an ad, and wrote at once. */
  adHoursAgo?: number;
  channel?: typeof shop;
  conversation?: object;
  contact?: object;
  answered?: boolean;
}
async function waiting({ hoursAgo, adHoursAgo, channel = shop, conversation, contact, answered = false }: Wish) {
  const at = new Date(t.clock.now() - hoursAgo * HOUR);
  const ad = adHoursAgo === undefined ? null : t.clock.now() - adHoursAgo * HOUR;
  const person = await makeContact(t.deps, channel, {
    ...(ad === null ? {} : { referral: JSON.stringify({ source: "ADS", type: "OPEN_THREAD", at: ad }) }),
    ...contact,
  });
  const made = await makeConversation(t.deps, channel, {
    contact_id: person.id,
    last_message_at: at,
    last_inbound_at: at,
    qualifying_at: at,
    ...conversation,
  });
  await makeMessage(t.deps, made, { sent_at: at });
  if (answered) await makeMessage(t.deps, made, { direction: "outbound", sent_at: new Date(at.getTime() + 1) });
  return made.id;
}
const told = async (on = t) => {
  const count = await tellEnding(on.deps);
  const rows = await t.deps.db
    .selectFrom("event")
    .select("conversation_id")
    .where("type", "=", "conversation.ending")
    .orderBy("id")
    .execute();
  expect(count).toBe(rows.length);
  await sql`delete from event`.execute(t.deps.db);
  return rows.map((r) => r.conversation_id).sort();
};
const list = async (on: TestApp, query: Record<string, string>) => {
  const found: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Record<string, string> = { limit: "2", ...query };
    if (cursor !== null) page.cursor = cursor;
    const { json } = await on.call<z.infer<typeof ConversationList>>("GET", "/conversations", {
      headers: on.apiKey,
      query: page,
    });
    found.push(...json.data.map((c) => c.id));
    cursor = json.nextCursor;
  } while (cursor);
  return found;
};
const count = async (on: TestApp) =>
  (await on.call<ConversationCounts>("GET", "/conversations/counts", { headers: on.apiKey })).json.endingSoon;

test("S1 the end of a window is told once, two hours before, of a customer who waits; the next window's end is told again", async () => {
  const id = await waiting({ hoursAgo: 21.9 });
  expect(await told()).toEqual([]);
  t.clock.advance({ minutes: 7 });
  expect(await told()).toEqual([id]);
  t.clock.advance({ minutes: 1 });
  expect(await told()).toEqual([]);
  const again = new Date(t.clock.now());
  await sql`update conversation set qualifying_at = ${again}, last_inbound_at = ${again} where id = ${id}`.execute(
    t.deps.db,
  );
  expect(await told()).toEqual([]);
  t.clock.advance({ hours: 22, minutes: 1 });
  expect(await told()).toEqual([id]);
});

test("S1 nobody is told of what is answered, resolved, held by another app, closed by Meta, over, or cannot be answered", async () => {
  const gone = await makeChannel(t.deps, { workspace_id: t.workspaceId, state: "disconnected" });
  const now = new Date(t.clock.now());
  await waiting({ hoursAgo: 23, answered: true });
  await waiting({ hoursAgo: 23, conversation: { status: "resolved" } });
  await waiting({ hoursAgo: 23, conversation: { held_by: JSON.stringify({ kind: "other_app", since: now }) } });
  await waiting({ hoursAgo: 23, conversation: { window_corrected_at: now } });
  await waiting({ hoursAgo: 23, contact: { cannot_receive_since: now } });
  await waiting({ hoursAgo: 23, channel: gone });
  await waiting({ hoursAgo: 24 });
  await waiting({ hoursAgo: 1 });
  expect(await told()).toEqual([]);
  const dead = await makeChannel(t.deps, { workspace_id: t.workspaceId, state: "needs_reauthorization" });
  const kept = await waiting({ hoursAgo: 23, channel: dead });
  expect(await told()).toEqual([kept]);
});

test("S1 many conversations of many workspaces are told by several processes at once, each exactly once", async () => {
  const other = await makeWorkspace(t.deps);
  const elsewhere = await makeChannel(t.deps, { workspace_id: other.id });
  const ids: string[] = [];
  for (let n = 0; n < 230; n++) ids.push(await waiting({ hoursAgo: 23, channel: n % 2 ? shop : elsewhere }));
  const counts = await Promise.all([t, ads, t].map((on) => tellEnding(on.deps)));
  expect(counts.reduce((a, b) => a + b)).toBe(230);
  const rows = await t.deps.db.selectFrom("event").select(["workspace_id", "conversation_id"]).execute();
  expect(rows.map((r) => r.conversation_id).sort()).toEqual([...ids].sort());
  expect(rows.filter((r) => r.workspace_id === other.id)).toHaveLength(115);
});

test("S1 where ads keep a window open, the filter, the counts, the order and the alert know its real end", async () => {
  const plain = await waiting({ hoursAgo: 23 });
  const byAd = await waiting({ hoursAgo: 30, adHoursAgo: 7 * 24 - 1.5 });
  const extended = await waiting({ hoursAgo: 23.5, adHoursAgo: 48 });
  // The ad is over, the customer's own words count.
  const after = await waiting({ hoursAgo: 10, adHoursAgo: 7 * 24 + 1 });
  const later = await waiting({ hoursAgo: 1, adHoursAgo: 7 * 24 - 1 });
  // A click without a word opens nothing.
  const clicked = await waiting({ hoursAgo: 40, adHoursAgo: 39 });
  const long = await waiting({ hoursAgo: 100 });

  expect(await list(t, { endingSoon: "true" })).toEqual([plain, extended]);
  expect(await list(ads, { endingSoon: "true" })).toEqual([plain, byAd]);
  expect([await count(t), await count(ads)]).toEqual([2, 2]);
  expect(await list(t, { sort: "window" })).toEqual([extended, plain, after, later, byAd, clicked, long]);
  expect(await list(ads, { sort: "window" })).toEqual([plain, byAd, after, later, extended, clicked, long]);
  expect(await told(ads)).toEqual([plain, byAd].sort());
  t.clock.advance({ minutes: 31 });
  expect(await told(ads)).toEqual([]);
});

test("S1 a window Meta has closed is none that ends soon, until the customer acts again", async () => {
  const now = t.clock.now();
  await waiting({ hoursAgo: 23, conversation: { window_corrected_at: new Date(now - HOUR) } });
  const again = await waiting({ hoursAgo: 23, conversation: { window_corrected_at: new Date(now - 2 * DAY) } });
  expect(await list(t, { endingSoon: "true" })).toEqual([again]);
});

test("S1 what ends soon is found along indexes, ads or none", async () => {
  const now = new Date(t.clock.now());
  await sql`
    with c as (
      insert into contact (workspace_id, channel_id, external_id, referral)
      select ${t.workspaceId}, ${shop.id}, 'many' || n, case when n % 100 = 0 then jsonb_build_object('source', 'ADS', 'at', extract(epoch from ${now}::timestamptz) * 1000 - n * 3600000.0) end
      from generate_series(1, 5000) n returning id, substr(external_id, 5)::int as n)
    insert into conversation (workspace_id, channel_id, contact_id, last_message_at, last_inbound_at, qualifying_at)
    select ${t.workspaceId}, ${shop.id}, id, at, at, at from c, lateral (select ${now}::timestamptz - n * interval '1 hour' as at) w`.execute(
    t.deps.db,
  );
  await sql`analyze contact, conversation`.execute(t.deps.db);
  const { endingSoon } = await import("../../src/modules/conversations/window-end.ts");
  const plan = async (adWindow: boolean) => {
    const { rows } = await sql<{ "QUERY PLAN": string }>`
      explain select v.id from conversation v where v.workspace_id = ${t.workspaceId} and ${endingSoon(sql`${t.workspaceId}::uuid`, t.clock.now(), adWindow)}`.execute(
      t.deps.db,
    );
    return rows.map((r) => r["QUERY PLAN"]).join("\n");
  };
  expect(await plan(false)).toMatch(/conversation_window/);
  expect(await plan(true)).toMatch(/contact_ad/);
});
