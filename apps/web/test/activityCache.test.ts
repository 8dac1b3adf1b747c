import type { Activity } from "@firstline/contracts";
import { expect, test } from "vitest";
import { type ActivityPages, withActivity } from "../src/lib/cache/activity.ts";
import { at, uuid } from "./factories.ts";

const line = (n: number, change: Partial<Activity> = {}): Activity => ({
  id: uuid(n),
  conversationId: uuid(900),
  kind: "recovered",
  at: at(n),
  memberId: null,
  memberName: null,
  text: null,
  targetName: null,
  data: { count: 1, from: at(0), to: at(1) },
  ...change,
});
const pages: ActivityPages = {
  pages: [
    { data: [line(3), line(2)], nextCursor: "2" },
    { data: [line(1)], nextCursor: null },
  ],
  pageParams: [null, "2"],
};

test("a new line comes first", () => {
  expect(withActivity(pages, line(4)).pages[0]?.data.map((each) => each.id)).toEqual([uuid(4), uuid(3), uuid(2)]);
});

test("R5 a line that grows is renewed where it stands, and stays one", () => {
  const grown = line(1, { data: { count: 3, from: at(0), to: at(1) } });
  const next = withActivity(pages, grown);
  expect(next.pages.map((page) => page.data.length)).toEqual([2, 1]);
  expect(next.pages[1]?.data[0]).toEqual(grown);
});
