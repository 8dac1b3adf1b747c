import { expect, test } from "vitest";
import { rangeOf } from "../src/features/deliveries/queries.ts";
import { validateChannelsSearch, validateDeliveriesSearch } from "../src/lib/settingsSearch.ts";

test("the answer of Meta's dialog is read from the address, whatever type the router made of it", () => {
  expect(validateChannelsSearch({ error: "conflict", detail: 42, foo: 1 })).toEqual({
    error: "conflict",
    detail: "42",
  });
  expect(validateChannelsSearch({ grant: "g" })).toEqual({ grant: "g" });
});

test("filters of deliveries that do not exist are left out, so that an old link still opens", () => {
  expect(validateDeliveriesSearch({ state: "lost", span: "year", from: "never", open: "1; drop" })).toEqual({});
  expect(validateDeliveriesSearch({ channel: "Blue Harbour", contact: " " })).toEqual({});
  expect(validateDeliveriesSearch({ state: "failed", span: "day", open: 106, contact: "7400000000000001" })).toEqual({
    state: "failed",
    span: "day",
    open: "106",
    contact: "7400000000000001",
  });
});

test("a span counts back from now; own times count only with the span “custom”", () => {
  const now = Date.parse("2026-11-23T12:00:00.000Z");
  expect(rangeOf({ span: "hour" }, now)).toEqual({ from: "2026-11-23T11:00:00.000Z" });
  const times = { from: "2026-11-01T00:00:00.000Z", to: "2026-11-02T00:00:00.000Z" };
  expect(rangeOf({ span: "custom", ...times }, now)).toEqual(times);
  expect(rangeOf(times, now)).toEqual({});
});
