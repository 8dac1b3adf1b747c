import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { belongs, type ConversationPages, dropConversation, placed } from "../src/lib/cache/conversations.ts";
import { keys, type ListFilters } from "../src/lib/queryKeys.ts";
import { at, conversation, DAY, HOUR, MINUTE, message, T0, uuid } from "./factories.ts";

const all: ListFilters = { sort: "newest", status: "open" };
const me = uuid(1);
const rows = [1, 2, 3, 4].map((n) => conversation(n, n * HOUR));
const pages = (next: string | null = null): ConversationPages => ({
  pages: [
    { data: rows.slice(0, 2), nextCursor: "2" },
    { data: rows.slice(2), nextCursor: next },
  ],
  pageParams: [null, "2"],
});
const ids = (list: ConversationPages) => list.pages.flatMap((page) => page.data.map((row) => Number(row.id.slice(-2))));

test("a conversation with a newer message moves to the top and stays once", () => {
  const next = placed(pages(), { ...rows[2]!, lastActivityAt: at(0) }, all, me, T0);
  expect(ids(next)).toEqual([3, 1, 2, 4]);
});

test("a conversation that no longer belongs leaves the list", () => {
  expect(ids(placed(pages(), { ...rows[1]!, status: "resolved" }, all, me, T0))).toEqual([1, 3, 4]);
});

test("a conversation older than the last loaded row waits for its page", () => {
  const old = conversation(9, 20 * HOUR);
  expect(ids(placed(pages("4"), old, all, me, T0))).toEqual([1, 2, 3, 4]);
  expect(ids(placed(pages(null), old, all, me, T0))).toEqual([1, 2, 3, 4, 9]);
});

test("applying the same event twice changes nothing", () => {
  const event = { ...rows[3]!, lastActivityAt: at(MINUTE) };
  const once = placed(pages(), event, all, me, T0);
  expect(ids(placed(once, event, all, me, T0))).toEqual(ids(once));
});

/** A conversation with a customer who came from an ad `ago` ms before T0, where such a window is 7 days long. */
function ofAd(ago: number): ReturnType<typeof conversation> {
  const row = conversation(1, ago);
  const ways = [{ way: "reply" as const, opensAt: at(-ago), until: at(7 * DAY - ago) }];
  return { ...row, reply: { ...row.reply, until: at(7 * DAY - ago), ways } };
}

/** A conversation whose customer last wrote `text`. */
function saying(text: string, assigneeId: string | null = null): ReturnType<typeof conversation> {
  const { id, direction, kind, source, state, sentAt } = message(1, { text });
  const lastMessage = { id, direction, kind, source, state, sentAt, text, attachmentCount: 0 };
  return conversation(1, HOUR, { assigneeId, lastMessage });
}

test("a search that is shown takes in a conversation as soon as a message says the words, also far into a long one", () => {
  const found: ConversationPages = { pages: [{ data: [rows[1]!], nextCursor: null }], pageParams: [null] };
  const search: ListFilters = { sort: "newest", q: "jacket" };
  const event = { ...saying("Hello"), id: rows[0]!.id, lastActivityAt: at(0) };
  expect(ids(placed(found, event, search, me, T0))).toEqual([2]);
  expect(ids(placed(found, event, search, me, T0, `Hello, ${"and ".repeat(80)}a jacket`))).toEqual([1, 2]);
});

test.each<[string, Partial<ListFilters>, ReturnType<typeof conversation>, boolean | null]>([
  ["mine", { assignee: "me" }, conversation(1, HOUR, { assigneeId: me }), true],
  ["mine, of a colleague", { assignee: "me" }, conversation(1, HOUR, { assigneeId: uuid(2) }), false],
  ["unassigned", { assignee: "none" }, conversation(1, HOUR), true],
  ["ending soon, two hours left", { endingSoon: true }, conversation(1, 22 * HOUR), true],
  ["ending soon, more left", { endingSoon: true }, conversation(1, 21 * HOUR), false],
  ["ending soon, over", { endingSoon: true }, conversation(1, 24 * HOUR), false],
  ["ending soon, kept open for 7 days by an ad", { endingSoon: true }, ofAd(6 * DAY + 23 * HOUR), true],
  ["ending soon, an ad's 7 days with more left", { endingSoon: true }, ofAd(22 * HOUR), false],
  ["needs a look", { needsLook: true }, conversation(1, HOUR), false],
  ["a search only the server can judge", { q: "jacket" }, conversation(1, HOUR), null],
  ["a search that finds the name", { q: "OMER 1" }, conversation(1, HOUR), true],
  ["a search that finds the newest message", { q: "jacket" }, saying("Is the Jacket here?"), true],
  ["a search within mine, of a colleague", { q: "jacket", assignee: "me" }, saying("The jacket", uuid(2)), false],
])("belongs to the list: %s", (_, filters, row, expected) => {
  expect(belongs(row, { sort: "newest", ...filters }, me, T0)).toBe(expected);
});

test("sorted by window the thread that ends first comes first", () => {
  const list: ConversationPages = { pages: [{ data: [rows[3]!, rows[1]!], nextCursor: null }], pageParams: [null] };
  expect(ids(placed(list, rows[2]!, { sort: "window", status: "open" }, me, T0))).toEqual([4, 3, 2]);
});

test("a conversation deleted with its contact leaves every list and everything else that is kept of it, and no other does", () => {
  const client = new QueryClient();
  client.setQueryData(keys.list(all), pages());
  const [gone, stays] = [rows[1]!, rows[2]!];
  for (const row of [gone, stays]) {
    client.setQueryData(keys.messages(row.id), { pages: [], pageParams: [] });
    client.setQueryData(keys.contact(row.contact.id), { id: row.contact.id });
  }
  dropConversation(client, gone.id);
  expect(ids(client.getQueryData<ConversationPages>(keys.list(all))!)).toEqual([1, 3, 4]);
  for (const key of [keys.messages(gone.id), keys.contact(gone.contact.id)])
    expect(client.getQueryData(key)).toBeUndefined();
  for (const key of [keys.messages(stays.id), keys.contact(stays.contact.id)])
    expect(client.getQueryData(key)).toBeDefined();
});
