import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "./config.ts";
import { type Blobs, createBlobs } from "./platform/blobs/index.ts";
import { type Database, openDatabase } from "./platform/db/pool.ts";
import { createSignals, type Signals } from "./platform/db/signals.ts";
import { createGuardedFetch, type GuardedFetch } from "./platform/fetch/index.ts";
import { createGraphClient, type GraphClient } from "./platform/graph/client.ts";
import { createJobs, type Jobs } from "./platform/jobs/index.ts";
import { createLogger, type Logger } from "./platform/log/index.ts";
import { createVault, type Vault } from "./platform/secrets/index.ts";
import { createMetrics, type Metrics } from "./platform/telemetry/index.ts";

/** Everything a module may need from outside itself. Built once, passed on; there are no globals. */
export interface Deps {
  config: Config;
  log: Logger;
  database: Database;
  db: Database["kysely"];
  jobs: Jobs;
  signals: Signals;
  graph: GraphClient;
  blobs: Blobs;
  fetch: GuardedFetch;
  vault: Vault;
  metrics: Metrics;
  clock: Clock;
  /** 0 ≤ n < 1. */
  random: () => number;
  /** Folder of the built web app, or null when this process serves none. */
  webRoot: string | null;
}

/** Milliseconds since 1970, UTC. */
export type Clock = () => number;

export function createDeps(
  config: Config,
  databaseUrl: string,
  overrides: Partial<Pick<Deps, "clock" | "random" | "log" | "jobs">> = {},
): Deps {
  const log = overrides.log ?? createLogger(config.logLevel);
  const database = openDatabase(databaseUrl, { onError: (err) => log.warn({ err }, "database connection lost") });
  const web = join(import.meta.dirname, "../../web/dist");
  return {
    config,
    log,
    database,
    db: database.kysely,
    jobs: overrides.jobs ?? createJobs(databaseUrl, log),
    signals: createSignals(databaseUrl, log),
    graph: createGraphClient({ ...config.meta }),
    blobs: createBlobs(config.dataDir),
    fetch: createGuardedFetch(config.meta.graphUrl),
    vault: createVault(config.encryptionKey, config.encryptionKeyPrevious),
    metrics: createMetrics(),
    clock: overrides.clock ?? Date.now,
    random: overrides.random ?? Math.random,
    webRoot: existsSync(join(web, "index.html")) ? web : null,
  };
}
