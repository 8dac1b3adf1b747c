import { expect, test } from "vitest";
import { parseSearch, stringifySearch } from "../src/lib/searchParams.ts";

test.each(["9433063663421327", "9433063663421328", "17841400000009999", "9007199254740993", "007", "1e3"])(
  "the id %s is the same after a walk through an address, and in one somebody typed",
  (id) => {
    expect(parseSearch(stringifySearch({ id })).id).toBe(id);
    expect(String(parseSearch(`?id=${id}`).id)).toBe(id);
  },
);

test("numbers, switches, lists and words stay what they are", () => {
  const search = { around: 60, open: true, only: ["a", "b"], word: "true", digits: "12" };
  expect(parseSearch(stringifySearch(search))).toEqual(search);
});
