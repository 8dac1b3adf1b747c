import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Config, readConfig } from "../../src/config.ts";
import { createDeps, type Deps } from "../../src/deps.ts";
import { createJobs } from "../../src/platform/jobs/index.ts";
import { createLogger, type Logger } from "../../src/platform/log/index.ts";
import { FakeClock } from "./clock.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";

/** The administrator's key every test installation begins with. */
export const BOOTSTRAP_KEY = "fl_test_bootstrap_key_0123456789";
/** The app of the simulator's worlds, so that its signed webhooks are accepted without more. */
export const META_APP = { id: "1517000000000111", secret: "5f1c0de2a9b84e67b3d1c04f7e8a6b29" };

export interface DepsOptions {
  /** Default: a {@link FakeClock} at 2026-03-02 09:00 UTC. `"real"` for tests against the simulator or a browser. */
  clock?: FakeClock | "real";
  random?: () => number;
  /** Address of a local Meta. Default: one where nothing answers. */
  graphUrl?: string;
  /** Environment variables on top of the tests' own, e.g. `{ META_HUMAN_AGENT_APPROVED: "true" }`. */
  env?: Record<string, string>;
  /** Last word over the finished configuration. */
  config?: Partial<Config>;
  log?: Logger;
  /** A database to use (and not to drop), for several servers on one. */
  database?: TestDatabase;
}

export interface TestDeps {
  deps: Deps;
  clock: FakeClock;
  database: TestDatabase;
  /** Closes connections, drops the database unless it was given, removes the data folder. */
  dispose(): Promise<void>;
}

/** The server's dependencies on a fresh database and folder, with nothing started. */
export async function createTestDeps(options: DepsOptions = {}): Promise<TestDeps> {
  const database = options.database ?? (await createTestDatabase());
  const dataDir = mkdtempSync(join(tmpdir(), "firstline-"));
  const config: Config = {
    ...readConfig({
      PORT: "0",
      PUBLIC_URL: "http://localhost",
      DATA_DIR: dataDir,
      ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
      META_GRAPH_URL: options.graphUrl ?? "http://127.0.0.1:9",
      META_DIALOG_URL: options.graphUrl ?? "http://127.0.0.1:9",
      META_APP_ID: META_APP.id,
      META_APP_SECRET: META_APP.secret,
      META_VERIFY_TOKEN: `verify-${randomBytes(4).toString("hex")}`,
      BOOTSTRAP_API_KEY: BOOTSTRAP_KEY,
      LOG_LEVEL: "silent",
      ...options.env,
    }),
    ...options.config,
  };
  const clock = options.clock instanceof FakeClock ? options.clock : new FakeClock();
  const log = options.log ?? createLogger(config.logLevel);
  const deps = createDeps(config, database.url, {
    clock: options.clock === "real" ? Date.now : clock.now,
    ...(options.random ? { random: options.random } : {}),
    log,
    // No minute of the machine's clock changes what a test has set up: a test that wants a scheduled job adds it.
    jobs: createJobs(database.url, log, { byTheClock: false }),
  });
  return {
    deps,
    clock,
    database,
    async dispose() {
      // Closed already where a whole server was stopped.
      await deps.graph.close().catch(() => {});
      await deps.database.close();
      if (!options.database) await database.dispose();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
