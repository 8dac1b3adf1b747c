import { expect, test } from "vitest";
import { readUsage } from "./usage.ts";

const read = (headers: Record<string, string>) => readUsage(new Headers(headers));

test("the highest figure of either header counts, and the wait Meta names", () => {
  expect(read({ "x-app-usage": '{"call_count":28,"total_time":25,"total_cputime":91}' })).toEqual({
    percent: 91,
    minutesToRegain: 0,
  });
  expect(
    read({
      "x-app-usage": '{"call_count":1,"total_time":0,"total_cputime":0}',
      "x-business-use-case-usage":
        '{"1081":[{"type":"messenger","call_count":100,"total_cputime":2,"total_time":3,"estimated_time_to_regain_access":19}],"1784":[{"type":"instagram","call_count":4}]}',
    }),
  ).toEqual({ percent: 100, minutesToRegain: 19 });
});

test("headers that are missing or no JSON tell nothing", () => {
  expect([read({}), read({ "x-app-usage": "{", "x-business-use-case-usage": "[]" })]).toEqual([null, null]);
});
