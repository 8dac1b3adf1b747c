import type { Conversation, ConversationCounts } from "@firstline/contracts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withContract } from "../api/support/contract.ts";
import {
  createTestApp,
  makeChannel,
  makeContact,
  makeConversation,
  makeMessage,
  makeWorkspace,
  type Person,
  type TestApp,
} from "../harness/index.ts";

const HOUR = 3_600_000;
let t: TestApp;
let ada: Person;
let bo: Person;
let bakery: Awaited<ReturnType<typeof makeChannel>>;
let shop: Awaited<ReturnType<typeof makeChannel>>;
const ids: Record<string, string> = {};

interface Wish {
  hoursAgo: number;
  channel?: typeof bakery;
  own_name?: string;
  meta_name?: string | null;
  username?: string;
  text?: string;
  conversation?: object;
}
async function add(
  name: string,
  { hoursAgo, channel = bakery, own_name, meta_name = name, username, text = "hello", conversation }: Wish,
) {
  const at = new Date(t.clock.now() - hoursAgo * HOUR);
  const contact = await makeContact(t.deps, channel, {
    meta_name,
    ...(own_name ? { own_name } : {}),
    ...(username ? { username } : {}),
  });
  const made = await makeConversation(t.deps, channel, {
    contact_id: contact.id,
    last_message_at: at,
    last_inbound_at: at,
    qualifying_at: at,
    ...conversation,
  });
  await makeMessage(t.deps, made, { text, sent_at: at });
  ids[name] = made.id;
  return { ...made, external_id: contact.external_id };
}

beforeAll(async () => {
  t = await withContract(await createTestApp());
  ada = await t.asMember("agent", { name: "Ada" });
  bo = await t.asMember("agent", { name: "Bo" });
  bakery = await makeChannel(t.deps, { workspace_id: t.workspaceId, name: "Bakery" });
  shop = await makeChannel(t.deps, { workspace_id: t.workspaceId, name: "Shop", platform: "instagram" });
  await add("mine", { hoursAgo: 1, conversation: { assignee_id: ada.memberId, unread_count: 2 } });
  await add("bo's", { hoursAgo: 2, conversation: { assignee_id: bo.memberId, unread_count: 1 } });
  await add("nobody's", { hoursAgo: 3, channel: shop, conversation: { unread_count: 1 } });
  await add("ending", { hoursAgo: 23 });
  await add("ended", { hoursAgo: 25 });
  await add("done", { hoursAgo: 4, conversation: { status: "resolved", resolved_at: new Date(t.clock.now()) } });
  await add("trouble", { hoursAgo: 5, conversation: { trouble_count: 1 } });
  await add("never wrote", { hoursAgo: 6, conversation: { qualifying_at: null, last_inbound_at: null } });
});
afterAll(() => t.close());

type Page = { data: Conversation[]; nextCursor: string | null };
const list = async (query: Record<string, string> = {}, who = ada) => {
  const { json, status } = await t.call<Page>("GET", "/conversations", { headers: who.headers, query });
  expect(status).toBe(200);
  return json;
};
const names = async (query: Record<string, string> = {}, who = ada) =>
  (await list(query, who)).data.map((c) => Object.entries(ids).find(([, id]) => id === c.id)![0]);

test("the list is newest first by Meta's time, of every status unless one is asked for", async () => {
  expect(await names()).toEqual(["mine", "bo's", "nobody's", "done", "trouble", "never wrote", "ending", "ended"]);
  expect(await names({ status: "resolved" })).toEqual(["done"]);
  expect(await names({ status: "open" })).not.toContain("done");
});

test("every filter holds alone and together: channel, mine, a colleague's, nobody's, unread, needs a look, ending soon", async () => {
  expect(await names({ channelId: shop.id })).toEqual(["nobody's"]);
  expect(await names({ assignee: "me" })).toEqual(["mine"]);
  expect(await names({ assignee: "me" }, bo)).toEqual(["bo's"]);
  expect(await names({ assignee: bo.memberId })).toEqual(["bo's"]);
  expect(await names({ assignee: "none", status: "open" })).toEqual([
    "nobody's",
    "trouble",
    "never wrote",
    "ending",
    "ended",
  ]);
  expect(await names({ unread: "true" })).toEqual(["mine", "bo's", "nobody's"]);
  expect(await names({ needsLook: "true" })).toEqual(["trouble"]);
  expect(await names({ endingSoon: "true" })).toEqual(["ending"]);
  expect(await names({ unread: "true", channelId: bakery.id, assignee: "me" })).toEqual(["mine"]);
  expect(await names({ label: "vip" })).toEqual([]);
  expect(
    (await t.call("GET", "/conversations", { headers: ada.headers, query: { assignee: "everybody" } })).status,
  ).toBe(422);
  expect((await t.call("GET", "/conversations", { headers: t.apiKey, query: { assignee: "me" } })).json).toMatchObject({
    data: [],
  });
});

test("S1 sorted by window, the open one that ends first comes first; ended and never opened ones come after all open ones", async () => {
  expect(await names({ sort: "window" })).toEqual([
    "ending",
    "trouble",
    "done",
    "nobody's",
    "bo's",
    "mine",
    "never wrote",
    "ended",
  ]);
  const walked: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Page = await list({ sort: "window", limit: "3", ...(cursor ? { cursor } : {}) });
    walked.push(...page.data.map((c) => c.id));
    cursor = page.nextCursor;
  } while (cursor);
  expect(walked).toEqual((await list({ sort: "window" })).data.map((c) => c.id));
});

test("counts say what each filter holds, for the person who asks and for a channel", async () => {
  const counts = async (who: Person, query = {}) =>
    (await t.call<ConversationCounts>("GET", "/conversations/counts", { headers: who.headers, query })).json;
  expect(await counts(ada)).toEqual({ mine: 1, unassigned: 5, all: 7, endingSoon: 1, needsLook: 1, unread: 2 });
  expect(await counts(bo)).toMatchObject({ mine: 1, unread: 2 });
  expect(await counts(ada, { channelId: shop.id })).toEqual({
    mine: 0,
    unassigned: 1,
    all: 1,
    endingSoon: 0,
    needsLook: 0,
    unread: 1,
  });
});

test("search finds people by either name, user name and id, and text in any message; its wildcards are letters", async () => {
  const one = await add("Zoë Ångström", {
    hoursAgo: 30,
    own_name: "Flat 7, 50% off",
    username: "zoe_a",
    text: "Where is my OOLONG tea? 烏龍茶",
  });
  const q = (text: string) => names({ q: text });
  for (const text of ["zoë", "ÅNGSTRÖM", "flat 7", "zoe_a", "oolong", "烏龍", one.external_id, "50% off"])
    expect({ text, found: await q(text) }).toEqual({ text, found: ["Zoë Ångström"] });
  for (const text of ["zoe%a", "z%", "\\", "50_ off", one.external_id.slice(0, 10)])
    expect({ text, found: await q(text) }).toEqual({ text, found: [] });
  expect(await q("  ")).toHaveLength(Object.keys(ids).length);
});

test("paging is stable while conversations are added and move to the top: nothing twice, nothing left out", async () => {
  for (let n = 0; n < 20; n++) await add(`page ${n}`, { hoursAgo: 100 + (n % 3) });
  const before = (await list({ limit: "100" })).data.map((c) => c.id);
  const walked: string[] = [];
  let cursor: string | null = null;
  let n = 0;
  do {
    const page: Page = await list({ limit: "5", ...(cursor ? { cursor } : {}) });
    walked.push(...page.data.map((c) => c.id));
    cursor = page.nextCursor;
    await add(`new ${++n}`, { hoursAgo: 0 });
    // One already shown moves up: it is not shown again.
    await t.deps.db
      .updateTable("conversation")
      .set({ last_message_at: new Date(t.clock.now() + n) })
      .where("id", "=", walked[0]!)
      .execute();
  } while (cursor);
  expect(walked).toEqual(before);
});

test("a list of other cursors, of zero or a thousand rows is refused", async () => {
  for (const query of [
    { limit: "0" },
    { limit: "101" },
    { cursor: "x" },
    { cursor: Buffer.from('["a"]').toString("base64url") },
    { cursor: Buffer.from('["not a time","not an id"]').toString("base64url") },
  ])
    expect({
      query,
      status: (await t.call("GET", "/conversations", { headers: ada.headers, query: query as never })).status,
    }).toEqual({ query, status: 422 });
});

test("a row shows who wrote last, cut to 160 characters, and the window in the reader's language", async () => {
  const made = await add("long", { hoursAgo: 40, text: "字".repeat(500) });
  const { json } = await t.call<Conversation>("GET", `/conversations/${made.id}`, {
    headers: { ...ada.headers, "accept-language": "zh-TW,zh;q=0.9" },
  });
  expect([...json.lastMessage!.text!]).toHaveLength(160);
  expect(json.lastMessage).toMatchObject({ direction: "inbound", source: { kind: "customer" } });
  expect(json.reply.state).toBe("closed");
  expect(json.reply.reasons[0]!.title).toMatch(/\p{Script=Han}/u);
});

test("another workspace sees none of it, in list, counts, search or by id", async () => {
  const { id } = await makeWorkspace(t.deps);
  const stranger = await t.asMember("administrator", { workspaceId: id });
  expect(await names({}, stranger)).toEqual([]);
  expect(await names({ q: "hello" }, stranger)).toEqual([]);
  expect(
    (await t.call<ConversationCounts>("GET", "/conversations/counts", { headers: stranger.headers })).json.all,
  ).toBe(0);
  expect((await t.call("GET", `/conversations/${ids.mine}`, { headers: stranger.headers })).status).toBe(404);
});
