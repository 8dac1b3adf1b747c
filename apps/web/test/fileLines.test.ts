import { expect, test } from "vitest";
import { fileLines } from "../src/features/thread/fileLines.ts";

const files = (...words: string[][]) => words.map((said) => ({ said }));
const lines = (...words: string[][]) => fileLines(files(...words), ({ said }) => said);

test("S7 what was done to several pictures is said once each, with how many it was done to", () => {
  expect(lines(["converted"], ["converted", "locked"], [""])).toEqual([
    { words: "converted", count: 2 },
    { words: "locked", count: 1 },
  ]);
});

test("S7 nothing is said of files nothing was done to", () => {
  expect(lines([""], [], ["", ""])).toEqual([]);
});
