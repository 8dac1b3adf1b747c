import { buildWeb } from "./lib/build-web.ts";
import { findChromium } from "./lib/chromium.ts";
import { fail, node, say } from "./lib/run.ts";

// Takes the pictures of the README anew from a furnished demo world.
await buildWeb();
const browser = await findChromium(say).catch((error: Error) => fail(error.message));
const { code } = await node("e2e/screenshots.ts", [], { env: { CHROMIUM_PATH: browser } });
process.exit(code);
