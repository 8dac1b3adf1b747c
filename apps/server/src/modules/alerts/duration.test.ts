import { expect, test } from "vitest";
import { duration } from "./duration.ts";

const MIN = 60_000;
test.each([
  [0, "1 min", "1 分鐘"],
  [59 * MIN, "59 min", "59 分鐘"],
  [60 * MIN, "1 h", "1 小時"],
  [125 * MIN, "2 h 5 min", "2 小時 5 分鐘"],
  [24 * 60 * MIN, "1 day", "1 天"],
  [(3 * 24 * 60 + 7) * MIN, "3 days", "3 天"],
  [(3 * 24 * 60 + 61) * MIN, "3 days 1 h", "3 天 1 小時"],
])("%d ms are said as %s", (ms, en, zh) => {
  expect([duration(ms, "en"), duration(ms, "zh-TW")]).toEqual([en, zh]);
});
