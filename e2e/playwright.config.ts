import { defineConfig } from "@playwright/test";

/**
 * Journeys in a real browser against a real server, database and local Meta. `scripts/e2e.ts` builds the web app and finds the
 * browser first. Every worker starts a world of its own (src/world.ts); only PostgreSQL is shared.
 */
export default defineConfig({
  testDir: "tests",
  outputDir: "../test-results",
  globalSetup: "./src/global-setup.ts",
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  // Everything waits for a state, so these only bound a failure. Two workers with browsers, servers and a database share the machine.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    locale: "en-GB",
    timezoneId: "Asia/Taipei",
    viewport: { width: 1360, height: 860 },
    // What folds out or slides in moves under the pointer; on a busy machine between its going down and up.
    contextOptions: { reducedMotion: "reduce" },
    // A trace copies the page at every step, a fifth of a journey's work: only for who wants to look at one.
    trace: process.env.E2E_TRACE ? { mode: "retain-on-failure", screenshots: true, sources: false } : "off",
    screenshot: "only-on-failure",
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || undefined,
      args: [
        // As root, in many containers and for a browser that is unpacked, not installed, there is no sandbox; all pages are ours.
        ...(process.platform === "linux" ? ["--no-sandbox"] : []),
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-background-networking",
        "--no-first-run",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
