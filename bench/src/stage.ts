import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { type EmbeddedDatabase, startEmbedded } from "../../apps/server/src/platform/db/embedded.ts";
import { migrate } from "../../apps/server/src/platform/db/migrate.ts";
import { type Service, start } from "../../scripts/lib/run.ts";
import { API_KEY, APP_ID, PAGE_ID, SECRET } from "./bodies.ts";

export const root = join(import.meta.dirname, "../..");
const data = join(root, ".data/bench");

export interface Stage {
  database: EmbeddedDatabase;
  pool: pg.Pool;
  server(roles: string): Promise<{ url: string; service: Service }>;
  bare(): Promise<{ url: string; service: Service }>;
  end(): Promise<void>;
}

export interface Load {
  sent: number;
  refused: number;
  perSecond: number;
  p50: number;
  p99: number;
  max: number;
}

/** A fresh durable database with one connected Page. */
export async function setStage(): Promise<Stage> {
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true });
  const database = await startEmbedded({ dir: join(data, "postgres") });
  await migrate(database.url);
  const pool = new pg.Pool({ connectionString: database.url, max: 2 });
  pool.on("error", () => {});
  await pool.query(
    `with w as (insert into workspace (name) values ('Bench') returning id),
      c as (insert into channel (workspace_id, platform, external_id, page_id, name, state) select id, 'messenger', $1, $1, 'Bench', 'healthy' from w returning workspace_id, id)
     insert into channel_route (platform, external_id, workspace_id, channel_id) select 'messenger', $1, workspace_id, id from c`,
    [PAGE_ID],
  );
  const begin = async (file: string, args: string[]) => {
    const port = await freePort();
    const service = start(file, {
      args,
      env: {
        PORT: String(port),
        DATABASE_URL: database.url,
        DATA_DIR: data,
        META_APP_ID: APP_ID,
        META_APP_SECRET: SECRET,
        BOOTSTRAP_API_KEY: API_KEY,
        LOG_LEVEL: "error",
      },
    });
    if (!(await service.ready)) throw new Error(service.log());
    return { url: `http://127.0.0.1:${port}/webhooks/meta`, service };
  };
  return {
    database,
    pool,
    server: (roles) => begin("apps/server/src/main.ts", [`--roles=${roles}`]),
    bare: () => begin("bench/src/bare.ts", []),
    async end() {
      await pool.end();
      await database.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Runs the load in a process of its own, as Meta would be. */
export function load(
  url: string,
  o: { connections: number; seconds: number; rate?: number; run: string },
): Promise<Load> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [join(root, "bench/src/load.ts"), url, String(o.connections), String(o.seconds), String(o.rate ?? 0), o.run],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    let out = "";
    child.stdout.on("data", (d) => (out += d));
    child.on("exit", (code) =>
      code === 0 ? resolve(JSON.parse(out)) : reject(new Error(`the load generator ended with ${code}`)),
    );
  });
}

/** Resident memory of a process in MB (Linux only; NaN elsewhere). */
export function residentMb(pid: number | undefined): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const s = createServer().listen(0, "127.0.0.1", () => {
      const { port } = s.address() as { port: number };
      s.close(() => resolve(port));
    });
  });
}
