import { describe, expect, test } from "vitest";
import { fieldsOf, isoOf, rangeOf, wishOf } from "../src/features/trace/range.ts";
import { traceLink, validateTraceSearch } from "../src/lib/settingsSearch.ts";

const channelId = "0190a1b2-0000-7000-8000-000000000001";
const at = "2026-11-23T05:50:00.000Z";
const now = Date.parse("2026-11-23T06:05:00.000Z");

describe("the address of a trace", () => {
  test("R6 a link made for a message is read back as it was made", () => {
    const { to, search } = traceLink({ channelId, contactExternalId: "7400000000000001", at, around: 360 });
    expect(to).toBe("/trace");
    expect(validateTraceSearch({ ...search })).toEqual(search);
  });

  test("R6 what is not known is left out, and nothing is traced until channel, person and time are", () => {
    expect(traceLink({ channelId, at: undefined }).search).toEqual({ channelId });
    expect(wishOf({ channelId, contactExternalId: "74" })).toBeNull();
    expect(wishOf({ channelId, contactExternalId: "74", at })).toEqual({
      channelId,
      contactExternalId: "74",
      at,
      around: 60,
    });
  });

  test("an id that lost digits on its way through the address is dropped, not traced as somebody else", () => {
    expect(validateTraceSearch({ contactExternalId: 17_841_400_000_009_000 })).toEqual({});
    expect(validateTraceSearch({ contactExternalId: 7400000000000001 })).toEqual({
      contactExternalId: "7400000000000001",
    });
  });

  test("what no trace can use is left out", () => {
    expect(validateTraceSearch({ channelId: "1", at: "yesterday", around: 7, contactExternalId: " " })).toEqual({});
  });
});

describe("the time looked at", () => {
  test("goes so many minutes to both sides, but not into the future", () => {
    expect(rangeOf({ at, around: 15 }, now)).toEqual({
      from: "2026-11-23T05:35:00.000Z",
      to: "2026-11-23T06:05:00.000Z",
    });
    expect(rangeOf({ at: "2026-11-22T05:50:00.000Z", around: 60 }, now)).toEqual({
      from: "2026-11-22T04:50:00.000Z",
      to: "2026-11-22T06:50:00.000Z",
    });
  });

  test("is never empty, even for a time still to come", () => {
    const { from, to } = rangeOf({ at: "2026-11-25T00:00:00.000Z", around: 15 }, now);
    expect(Date.parse(from)).toBeLessThan(Date.parse(to));
  });

  test("the fields mean the reader's own zone, there and back", () => {
    const { date, time } = fieldsOf(at);
    expect(isoOf(date, time)).toBe(at);
    expect(isoOf(date, "")).toBeNull();
    expect(isoOf("2026-13-40", time)).toBeNull();
  });
});
