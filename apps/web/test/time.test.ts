import { expect, test } from "vitest";
import { fileSize, rowTime, timeLeft } from "../src/lib/time.ts";
import { DAY, HOUR, MINUTE, T0 } from "./factories.ts";

test.each([
  [5 * DAY + 3 * HOUR + 59 * MINUTE, "5d 3h"],
  [21 * HOUR + 40 * MINUTE + 59_000, "21h 40m"],
  [12 * MINUTE + 59_999, "12m"],
  [59_999, "59s"],
  [1, "1s"],
])("S1 what is left is rounded down, never up: %i ms", (ms, expected) => {
  expect(timeLeft(ms, "en")).toBe(expected);
});

test("time left reads naturally in Traditional Chinese", () => {
  expect(timeLeft(21 * HOUR + 40 * MINUTE, "zh-TW").replace(/\s/g, "")).toBe("21小時40分鐘");
});

test("a row shows the time today, the weekday this week, the date before", () => {
  expect(rowTime(T0, T0, "en")).toMatch(/^\d\d:\d\d$/);
  expect(rowTime(T0 - 2 * DAY, T0, "en")).toBe("Sat");
  expect(rowTime(T0 - 20 * DAY, T0, "en")).toBe("Nov 3");
});

test("file sizes use the largest fitting unit", () => {
  expect(fileSize(348_211, "en")).toBe("348 kB");
  expect(fileSize(2_100_000, "en")).toBe("2.1 MB");
});
