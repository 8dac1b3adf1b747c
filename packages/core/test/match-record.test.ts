import { expect, test } from "vitest";
import {
  type LookResult,
  matchRecord,
  mayRepeat,
  nextLookAt,
  type RecordedEntry,
  type UnsettledMessage,
} from "../src/index.ts";

const CALLED = Date.parse("2026-11-22T10:00:00.400Z");
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const ours = (wish: Partial<UnsettledMessage> = {}): UnsettledMessage => ({
  id: "a",
  calledAt: CALLED,
  text: "Your table is booked.",
  kinds: [],
  ...wish,
});
const entry = (wish: Partial<RecordedEntry> = {}): RecordedEntry => ({
  mid: "m_1",
  at: CALLED - 400,
  text: "Your table is booked.",
  kinds: [],
  incomplete: false,
  ...wish,
});
const picture = { text: null, kinds: ["image"] };
const whole = Number.NEGATIVE_INFINITY;

const ROWS: {
  name: string;
  unsettled: UnsettledMessage[];
  entries: RecordedEntry[];
  completeFrom?: number;
  expected: Record<string, string>;
}[] = [
  {
    name: "the same text in the second of the call is it",
    unsettled: [ours()],
    entries: [entry()],
    expected: { a: "m_1" },
  },
  { name: "nothing in a whole record is absent", unsettled: [ours()], entries: [], expected: { a: "absent" } },
  {
    name: "another text is absent",
    unsettled: [ours()],
    entries: [entry({ text: "Your table is booked!" })],
    expected: { a: "absent" },
  },
  {
    name: "white space, composed letters and emoji variants are no difference",
    unsettled: [ours({ text: "Caf\u00e9  is\nopen \u2764\uFE0F " })],
    entries: [entry({ text: "Cafe\u0301 is open \u2764" })],
    expected: { a: "m_1" },
  },
  {
    name: "a clock of ours that is up to two minutes fast still finds it",
    unsettled: [ours()],
    entries: [entry({ at: CALLED - 2 * MINUTE })],
    expected: { a: "m_1" },
  },
  {
    name: "the same text well before the call is another message",
    unsettled: [ours()],
    entries: [entry({ at: CALLED - 3 * MINUTE })],
    expected: { a: "absent" },
  },
  {
    name: "the same text long after the call is another message",
    unsettled: [ours()],
    entries: [entry({ at: CALLED + 11 * MINUTE })],
    expected: { a: "absent" },
  },
  {
    name: "two with the same text cannot be told apart",
    unsettled: [ours()],
    entries: [entry(), entry({ mid: "m_2", at: CALLED + 30 * SECOND })],
    expected: { a: "unclear" },
  },
  {
    name: "two of ours alike take two of the record in their order",
    unsettled: [ours({ id: "b", calledAt: CALLED + 5 * SECOND }), ours()],
    entries: [entry({ mid: "m_2", at: CALLED + 5 * SECOND }), entry()],
    expected: { a: "m_1", b: "m_2" },
  },
  {
    name: "two of ours alike and one of the record: nobody knows whose it is",
    unsettled: [ours(), ours({ id: "b", calledAt: CALLED + 5 * SECOND })],
    entries: [entry()],
    expected: { a: "unclear", b: "unclear" },
  },
  {
    name: "two of ours alike, far apart in time, are told apart by it",
    unsettled: [ours(), ours({ id: "b", calledAt: CALLED + 30 * MINUTE })],
    entries: [entry({ at: CALLED + 30 * MINUTE })],
    expected: { a: "absent", b: "m_1" },
  },
  {
    name: "a record that does not reach back far enough proves nothing",
    unsettled: [ours()],
    entries: [],
    completeFrom: CALLED - MINUTE,
    expected: { a: "unclear" },
  },
  {
    name: "a record that reaches back two minutes before the call proves it",
    unsettled: [ours()],
    entries: [],
    completeFrom: CALLED - 2 * MINUTE,
    expected: { a: "absent" },
  },
  {
    name: "what is found needs no whole record",
    unsettled: [ours()],
    entries: [entry()],
    completeFrom: Number.POSITIVE_INFINITY,
    expected: { a: "m_1" },
  },
  {
    name: "a message told without its content may be it",
    unsettled: [ours()],
    entries: [entry({ text: null, incomplete: true })],
    expected: { a: "unclear" },
  },
  {
    name: "one told without its content at another time is not it",
    unsettled: [ours()],
    entries: [entry({ text: null, incomplete: true, at: CALLED - 5 * MINUTE })],
    expected: { a: "absent" },
  },
  {
    name: "a picture is known by its kind",
    unsettled: [ours(picture)],
    entries: [entry(picture), entry({ mid: "m_2", text: null, kinds: ["file"] })],
    expected: { a: "m_1" },
  },
  {
    name: "three pictures in one message are not one picture",
    unsettled: [ours({ text: null, kinds: ["image", "image", "image"] })],
    entries: [entry(picture)],
    expected: { a: "absent" },
  },
  {
    name: "a voice message the record calls a video is it",
    unsettled: [ours({ text: null, kinds: ["audio"] })],
    entries: [entry({ text: null, kinds: ["video"] })],
    expected: { a: "m_1" },
  },
  {
    name: "a text whose link Meta shows as a share is it",
    unsettled: [ours({ text: "see https://example.com" })],
    entries: [entry({ text: "see https://example.com", kinds: ["share"] })],
    expected: { a: "m_1" },
  },
  {
    name: "a template is known by being one, or by its text",
    unsettled: [ours({ text: "Order 7 left.", kinds: ["template"] })],
    entries: [entry({ text: null, kinds: ["template"] })],
    expected: { a: "m_1" },
  },
  {
    name: "a picture and a text of the same time are told apart",
    unsettled: [ours(), ours({ id: "b", ...picture })],
    entries: [entry(), entry({ mid: "m_2", ...picture })],
    expected: { a: "m_1", b: "m_2" },
  },
];

for (const { name, unsettled, entries, completeFrom = whole, expected } of ROWS)
  test(`S10 ${name}`, () => {
    const verdicts = matchRecord(unsettled, { entries, completeFrom });
    expect(Object.fromEntries([...verdicts].map(([id, v]) => [id, v.kind === "found" ? v.mid : v.kind]))).toEqual(
      expected,
    );
  });

const NEXT: { name: string; afterMs: number; result: LookResult; expected: number | null }[] = [
  { name: "too early", afterMs: 10 * SECOND, result: "early", expected: MINUTE },
  { name: "absent at the first look", afterMs: MINUTE, result: "absent", expected: 5 * MINUTE },
  { name: "absent at the last look: somebody decides", afterMs: 5 * MINUTE, result: "absent", expected: null },
  { name: "unclear at the last look: somebody decides", afterMs: 5 * MINUTE, result: "unclear", expected: null },
  { name: "unreadable at the first look", afterMs: MINUTE, result: "unreadable", expected: 5 * MINUTE },
  { name: "unreadable at the last look", afterMs: 5 * MINUTE, result: "unreadable", expected: 20 * MINUTE },
  { name: "unreadable for an hour: somebody decides", afterMs: 50 * MINUTE, result: "unreadable", expected: null },
];
for (const { name, afterMs, result, expected } of NEXT)
  test(`S10 when Meta's record is asked again: ${name}`, () => {
    const next = nextLookAt(CALLED, CALLED + afterMs, result);
    expect(next === null ? null : next - CALLED).toBe(expected);
  });

test("S10 it may be sent again once the record does not have it, or once nobody will look any more", () => {
  const rows = (["early", "absent", "unclear", "unreadable"] as const).map((result) => [
    result,
    mayRepeat({ result }, CALLED),
    mayRepeat({ result }, null),
  ]);
  expect([...rows, ["never looked", mayRepeat(null, CALLED), mayRepeat(null, null)]]).toEqual([
    ["early", false, false],
    ["absent", true, true],
    ["unclear", false, true],
    ["unreadable", false, true],
    ["never looked", false, false],
  ]);
});
