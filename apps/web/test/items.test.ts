import type { Activity } from "@firstline/contracts";
import { expect, test } from "vitest";
import { threadItems } from "../src/features/thread/items.ts";
import { at, DAY, HOUR, MINUTE, message, ours, uuid } from "./factories.ts";

const kinds = (items: ReturnType<typeof threadItems>) =>
  items.map((item) => (item.type === "group" ? `group ${item.messages.length}` : item.type));
const note = (ms: number): Activity => ({
  id: uuid(700),
  conversationId: uuid(900),
  kind: "note",
  at: at(ms),
  memberId: null,
  memberName: null,
  text: "n",
  targetName: null,
  data: {},
});

test("bubbles of one author within five minutes stand together, others apart", () => {
  const items = threadItems([message(0), message(1), ours(2), ours(3, { sentAt: at(9 * MINUTE) })], []);
  expect(kinds(items)).toEqual(["day", "group 2", "group 1", "group 1"]);
});

test("two senders on the Page's side never share a group", () => {
  const bot = ours(1, { source: { kind: "other_app", appId: "77", name: "Sales Bot", memberId: null } });
  const inbox = ours(2, { source: { kind: "page_inbox", appId: "26", name: "Meta Business Suite", memberId: null } });
  expect(kinds(threadItems([ours(0), bot, inbox], []))).toEqual(["day", "group 1", "group 1", "group 1"]);
});

test("every calendar day begins with one line", () => {
  const items = threadItems(
    [message(0), message(1, { sentAt: at(DAY) }), message(2, { sentAt: at(DAY + MINUTE) })],
    [],
  );
  expect(kinds(items)).toEqual(["day", "group 1", "day", "group 2"]);
});

test("a note stands where it was written and parts a group", () => {
  expect(kinds(threadItems([message(0), message(2)], [note(MINUTE)]))).toEqual([
    "day",
    "group 1",
    "activity",
    "group 1",
  ]);
});

test("R5 recovered messages of one gap are told in one line before the first of them", () => {
  const found = { recovered: true, arrivedAt: at(HOUR) };
  const items = threadItems([message(0), message(1, found), message(2, found), message(3)], []);
  expect(kinds(items)).toEqual(["day", "group 1", "recovered", "group 3"]);
  expect(items.find((item) => item.type === "recovered")).toMatchObject({
    count: 2,
    from: at(MINUTE),
    found: at(HOUR),
  });
});

test("R5 a line told by the server stands before the first message of its range, whenever it was found, and no other is made", () => {
  const found = { recovered: true, arrivedAt: at(3 * HOUR) };
  const told: Activity = {
    ...note(3 * HOUR),
    kind: "recovered",
    data: { count: 2, from: at(MINUTE), to: at(2 * MINUTE) },
  };
  const items = threadItems([message(0), message(1, found), message(2, found), message(3)], [told]);
  expect(kinds(items)).toEqual(["day", "group 1", "recovered", "group 3"]);
  expect(items[2]).toMatchObject({ count: 2, from: at(MINUTE), found: at(3 * HOUR) });
});

test("R3 a notice of Meta's is no bubble: it stands between them as a line", () => {
  const source = { kind: "meta_notice" as const, appId: null, name: "Meta", memberId: null };
  const items = threadItems([ours(0), ours(1, { source }), ours(2)], []);
  expect(kinds(items)).toEqual(["day", "group 1", "notice", "group 1"]);
});

test("R2 what came while another app held the thread stands apart from what came to us", () => {
  expect(kinds(threadItems([message(0), message(1, { standby: true }), message(2)], []))).toEqual([
    "day",
    "group 1",
    "group 1",
    "group 1",
  ]);
});
