import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type BrowserContextOptions, chromium, type Page } from "@playwright/test";
import { furnish, OWNER } from "../scripts/lib/furnish.ts";
import { root, say } from "../scripts/lib/run.ts";
import config from "./playwright.config.ts";
import startCluster from "./src/global-setup.ts";
import { BLUE_HARBOUR } from "./src/sim-control.ts";
import { signIn } from "./src/team.ts";
import { startWorld } from "./src/world.ts";

// The pictures of the README, taken in a furnished demo world. Palette PNGs: flat surfaces and text lose nothing by it.
const LARGEST = 250_000;
const ANN = "7400000000000001";
const folder = join(root, "docs/images");
const sharp = createRequire(join(root, "apps/server/package.json"))("sharp") as typeof import("sharp").default;

const stopCluster = await startCluster();
const world = await startWorld();
const browser = await chromium.launch(config.use?.launchOptions);
try {
  mkdirSync(folder, { recursive: true });
  await furnish({ url: world.url, simUrl: world.sim.url, apiKey: world.apiKey, say });
  const kai = await signIn(world, OWNER);
  const all = await world.api<{ data: { id: string; contact: { externalId: string } }[] }>(
    "GET",
    "/api/v1/conversations?limit=100",
  );
  const ann = all.data.find((one) => one.contact.externalId === ANN)!;
  await kai.call("POST", `/api/v1/conversations/${ann.id}/messages`, {
    clientId: "picture-of-the-readme",
    text: "Yes, one left in M. I have put it aside for you in the Xinyi store until Friday.",
  });
  const channels = await world.api<{ data: { id: string; externalId: string }[] }>("GET", "/api/v1/channels");
  const page = channels.data.find((one) => one.externalId === BLUE_HARBOUR)!;

  const desktop = { width: 1400, height: 860 };
  const desk = async (shown: Page) => {
    await shown.getByTestId("thread").waitFor();
    await shown.getByTestId("conversation-row").nth(5).waitFor();
    await shown.getByTestId("contact-pane").waitFor();
    await shown.locator("[data-testid=message][data-state=delivered]").waitFor();
  };
  const signedIn = { baseURL: world.url, storageState: kai.storageState };
  await take("desk-light", `/inbox/${ann.id}`, { ...signedIn, viewport: desktop }, desk);
  await take("desk-dark", `/inbox/${ann.id}`, { ...signedIn, viewport: desktop, colorScheme: "dark" }, desk);
  await take("desk-zh-TW", `/inbox/${ann.id}`, { ...signedIn, viewport: desktop, locale: "zh-TW" }, desk);
  await take(
    "phone-width",
    `/inbox/${ann.id}`,
    { ...signedIn, viewport: { width: 390, height: 780 }, deviceScaleFactor: 2 },
    (shown) => shown.getByTestId("thread").waitFor(),
  );
  await take("health", `/settings/channels/${page.id}`, { ...signedIn, viewport: desktop }, (shown) =>
    shown.getByTestId("health-check").first().waitFor(),
  );
  await take("local-meta-phone", `${world.sim.url}/phone#${BLUE_HARBOUR}/${ANN}`, { viewport: desktop }, (shown) =>
    shown.getByTestId("phone-message").first().waitFor(),
  );
} finally {
  await browser.close();
  await world.close();
  await stopCluster();
}

async function take(
  name: string,
  address: string,
  options: BrowserContextOptions,
  ready: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({
    locale: "en-GB",
    timezoneId: "Asia/Taipei",
    reducedMotion: "reduce",
    ...options,
  });
  const page = await context.newPage();
  await page.goto(address);
  await ready(page);
  await page.waitForLoadState("networkidle", { timeout: 3_000 }).catch(() => {}); // the event stream never ends
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode().catch(() => {}))));
  const raw = await page.screenshot();
  await context.close();
  const packed = await sharp(raw).png({ palette: true, colours: 200, effort: 10, compressionLevel: 9 }).toBuffer();
  if (packed.length > LARGEST) throw new Error(`${name}.png is ${packed.length} bytes, more than ${LARGEST}.`);
  writeFileSync(join(folder, `${name}.png`), packed);
  say(`  docs/images/${name}.png  ${Math.round(packed.length / 1000)} kB`);
}
