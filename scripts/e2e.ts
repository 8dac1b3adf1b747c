import { buildWeb } from "./lib/build-web.ts";
import { findChromium } from "./lib/chromium.ts";
import { fail, node, say } from "./lib/run.ts";

// The browser journeys. Further arguments go to Playwright: `node scripts/launch.mjs e2e settings -g "API key"`.
await buildWeb();
const browser = await findChromium(say).catch((error: Error) => fail(error.message));
const { code } = await node(
  "node_modules/@playwright/test/cli.js",
  ["test", "--config", "e2e/playwright.config.ts", ...process.argv.slice(2)],
  { env: { CHROMIUM_PATH: browser } },
);
process.exit(code);
