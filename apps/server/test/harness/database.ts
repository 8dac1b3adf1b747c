import { randomBytes } from "node:crypto";
import pg from "pg";
import { type Cluster, type RunningCluster, startTestCluster, urlOf } from "./cluster.ts";

export interface TestDatabase {
  url: string;
  /** Drops it, whoever is still connected. */
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A database of its own with every migration applied: a copy of the template, made in some tens of milliseconds. */
export async function createTestDatabase(cluster?: Cluster): Promise<TestDatabase> {
  const { url, template } = cluster ?? (await currentCluster());
  const name = `t_${process.pid}_${randomBytes(5).toString("hex")}`;
  await administer(url, `create database ${name} template ${template}`);
  const dispose = () => administer(url, `drop database if exists ${name} with (force)`);
  return { url: urlOf(url, name), dispose, [Symbol.asyncDispose]: dispose };
}

let own: Promise<RunningCluster> | undefined;

/** Inside vitest the run's cluster; elsewhere (benchmarks, scripts) one of this process, see {@link stopOwnCluster}. */
async function currentCluster(): Promise<Cluster> {
  if (process.env.VITEST) {
    const { inject } = await import("vitest");
    const provided = inject("cluster");
    if (provided) return provided;
  }
  own ??= startTestCluster();
  return own;
}

/** Ends the use of the cluster that {@link createTestDatabase} started outside vitest's `db` project. */
export async function stopOwnCluster(): Promise<void> {
  const running = await own;
  own = undefined;
  await running?.stop();
}

async function administer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
