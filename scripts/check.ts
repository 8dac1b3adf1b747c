import { readFileSync } from "node:fs";
import { fail, node, say } from "./lib/run.ts";

// Everything that needs no database and no browser: format and lint, types, import boundaries, dead code, generated files.
const steps: [string, string, string[]][] = [
  ["format and lint", "node_modules/@biomejs/biome/bin/biome", ["check", "."]],
  ["types", "node_modules/typescript-7/bin/tsc", ["--noEmit", "-p", "tsconfig.json"]],
  ["types of the web app", "node_modules/typescript-7/bin/tsc", ["--noEmit", "-p", "apps/web/tsconfig.json"]],
  ["types of the journeys", "node_modules/typescript-7/bin/tsc", ["--noEmit", "-p", "e2e/tsconfig.json"]],
  [
    "import boundaries",
    "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs",
    ["--config", ".dependency-cruiser.cjs", "apps", "packages"],
  ],
  ["dead code", "node_modules/knip/bin/knip.js", []],
];
for (const [name, file, args] of steps) {
  const began = performance.now();
  const { code, output } = await node(file, args, { output: "collect" });
  if (code !== 0) fail(`${name} failed:\n${output}`);
  say(`  ok  ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
}
const generated = ["docs/openapi.json", "apps/server/src/platform/db/schema.gen.ts"];
const before = generated.map((f) => readFileSync(f, "utf8"));
const { code, output } = await node("scripts/gen.ts", [], { output: "collect" });
if (code !== 0) fail(`generated files could not be made:\n${output}`);
const stale = generated.filter((f, n) => readFileSync(f, "utf8") !== before[n]);
if (stale.length > 0)
  fail(`Generated files were out of date: ${stale.join(", ")}. They are made anew now; commit them.`);
say("  ok  generated files");
