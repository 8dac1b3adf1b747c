import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MessageEvent } from "../../../adapters/channel.ts";
import { compare, type KnownMessage } from "./compare.ts";

const START = Date.parse("2026-11-20T12:00:00.000Z");
const event = (mid: string, at: number, more: Partial<MessageEvent> = {}): MessageEvent => ({
  type: "message",
  platform: "messenger",
  accountId: "1",
  contactId: "2",
  at,
  standby: false,
  direction: "inbound",
  mid,
  kind: "text",
  text: mid,
  details: [],
  attachments: [],
  replyTo: null,
  payload: null,
  referral: null,
  appId: null,
  metadata: null,
  aiGenerated: false,
  incomplete: false,
  opensWindow: true,
  priorRef: null,
  ...more,
});
const ours = (at: number, more: Partial<KnownMessage> = {}): KnownMessage => ({
  at,
  kind: "text",
  direction: "inbound",
  text: null,
  incomplete: false,
  deleted: false,
  edition: 0,
  ...more,
});
const span = { from: START, until: Number.POSITIVE_INFINITY, newerAt: null, readAt: START + 3_600_000 };
const second = (at: number) => Math.floor(at / 1000) * 1000;

describe("compare", () => {
  it("R5 whatever is missing takes its place in Meta's order, though Meta counts in seconds and webhooks in milliseconds", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ gap: fc.integer({ min: 2, max: 900 }), lost: fc.boolean() }), {
          minLength: 1,
          maxLength: 25,
        }),
        fc.nat(25),
        (steps, cut) => {
          let at = START;
          const sent = steps.map(({ gap, lost }, n) => {
            at += gap;
            return { mid: `m_${n}`, at, lost };
          });
          const known = new Map(sent.filter((m) => !m.lost).map((m) => [m.mid, ours(m.at, { text: m.mid })]));
          const record = sent.map((m) => event(m.mid, second(m.at))).reverse();
          // In two parts, as from two pages; the oldest second of the first is never torn.
          let part = Math.min(cut, record.length);
          while (part > 0 && part < record.length && record[part - 1]!.at === record[part]!.at) part--;
          const newest = compare(record.slice(0, part), known, span);
          const older = compare(record.slice(part), known, { ...span, newerAt: newest.oldestAt });
          const all = [
            ...sent.filter((m) => !m.lost),
            ...[...newest.missing, ...older.missing].map((m) => ({ mid: m.mid, at: m.at! })),
          ];
          // Two that differ by a millisecond leave no room between them: then the later insertion stands after.
          const order = all.toSorted((a, b) => a.at - b.at || Number(known.has(b.mid)) - Number(known.has(a.mid)));
          expect(order.map((m) => m.mid)).toEqual(sent.map((m) => m.mid));
          for (const m of [...newest.missing, ...older.missing])
            expect(second(m.at!)).toBe(second(sent.find((s) => s.mid === m.mid)!.at));
        },
      ),
    );
  });

  it("R5 what is older than asked for, or younger than settled, is left alone", () => {
    const record = [event("young", START + 9_000), event("in", START + 5_000), event("old", START - 2_000)];
    const found = compare(record, new Map(), { ...span, until: START + 6_000 });
    expect([found.missing.map((m) => m.mid), found.examined]).toEqual([["in"], 1]);
  });

  it("R5 what came without its content is filled, and keeps its time", () => {
    const known = new Map([["m", ours(START + 1_234, { kind: "unsupported", incomplete: true })]]);
    const found = compare([event("m", START + 1_000)], known, span);
    expect(found.fuller).toMatchObject([{ mid: "m", text: "m", at: START + 1_234 }]);
    expect(found.missing).toEqual([]);
  });

  it.each<[name: string, theirs: string | null, known: Partial<KnownMessage>, edits: number]>([
    ["a text that was changed is an edit", "better", { text: "first" }, 1],
    ["white space is no change", "one  two\n", { text: "one two" }, 0],
    ["a text we never had is none", "a", { text: null }, 0],
    ["no text in the record is none", null, { text: "a" }, 0],
    ["a button is written otherwise there", "Track", { text: "Track order", kind: "postback" }, 0],
    ["what its author took back stays so", "a", { text: "b", deleted: true }, 0],
    ["our own messages are never edited", "a", { text: "b", direction: "outbound" }, 0],
  ])("R5 %s", (_name, theirs, known, edits) => {
    const direction = known.direction === "outbound" ? "outbound" : "inbound";
    const found = compare([event("m", START, { text: theirs, direction })], new Map([["m", ours(START, known)]]), span);
    expect(found.edits).toHaveLength(edits);
    if (edits) expect(found.edits[0]).toMatchObject({ text: theirs, edition: 1, at: span.readAt });
  });
});
