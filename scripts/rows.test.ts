import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SCENARIOS } from "../apps/sim/src/scenarios/catalogue.ts";
import { root } from "./lib/run.ts";

const rowsOf = (letter: string, most: number) => Array.from({ length: most }, (_, n) => `${letter}${n + 1}`);
/** Rows of the requirements: why a message cannot be sent, why it is not received, and what else goes wrong at Meta. */
const ROWS = [...rowsOf("S", 12), ...rowsOf("R", 6), ...rowsOf("O", 5), "I1"];
const ID = /^(?:[SRO]\d{1,2}|I1)$/;

/** Names of tests, with the rows each begins with (`S1 S2 O4 …`). */
function named(pattern: string): { name: string; rows: string[] }[] {
  return globSync(pattern, { cwd: root }).flatMap((path) =>
    [
      ...readFileSync(join(root, path), "utf8").matchAll(
        /\b(?:test|it)(?:\.each\([\s\S]*?\))?\(\s*(["`])((?:S|R|O|I)\d+ .*?)\1/g,
      ),
    ].map(([, , name]) => {
      const words = name!.split(" ");
      return {
        name: name!,
        rows: words.slice(
          0,
          words.findIndex((word) => !ID.test(word)),
        ),
      };
    }),
  );
}

const journeys = named("e2e/tests/*.spec.ts");
const onDatabase = named("apps/server/test/**/*.test.ts");

describe.each(ROWS)("row %s", (row) => {
  it("has a scenario on the local Meta, named after it", () => {
    const own = SCENARIOS.filter((s) => s.row === row);
    expect(own.length).toBeGreaterThan(0);
    for (const { id } of own) expect(id.startsWith(`${row}-`), id).toBe(true);
  });

  it("has a journey in a browser, and a test of the server on a database", () => {
    expect(journeys.filter(({ rows }) => rows.includes(row)).map(({ name }) => name)).not.toEqual([]);
    expect(onDatabase.filter(({ rows }) => rows.includes(row)).map(({ name }) => name)).not.toEqual([]);
  });
});
