import { buildWeb } from "./lib/build-web.ts";
import { fail, node, say } from "./lib/run.ts";

// Everything, in the order in which a mistake shows soonest. Needs no service running and leaves none.
const began = performance.now();
const minutes = () => `${((performance.now() - began) / 60_000).toFixed(1)} min`;
async function step(name: string, file: string, args: string[] = []): Promise<void> {
  say(`\n── ${name}`);
  const { code } = await node(file, args, { env: { CI: process.env.CI ?? "true", NODE_ENV: "test" } });
  if (code !== 0) fail(`${name} failed after ${minutes()}.`);
}

await step("check", "scripts/check.ts");
await step("unit tests", "node_modules/vitest/vitest.mjs", ["run", "--project", "unit"]);
await step("tests against PostgreSQL and the local Meta", "node_modules/vitest/vitest.mjs", ["run", "--project", "db"]);
await buildWeb();
await step("browser journeys", "scripts/e2e.ts");
say(`\nEverything passed in ${minutes()}.`);
