import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: [
            "packages/*/test/**/*.test.ts",
            "packages/*/src/**/*.test.ts",
            "apps/server/src/**/*.test.ts",
            "apps/sim/test/**/*.test.ts",
            "apps/web/test/**/*.test.ts",
            "scripts/**/*.test.ts",
          ],
          // Properties and local Metas on a machine that is busy with other things.
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "db",
          include: ["apps/server/test/**/*.test.ts"],
          globalSetup: ["apps/server/test/harness/global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
