import { fork } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { BOOTSTRAP_KEY, META_APP, type TestDeps, type TestSim } from "../../harness/index.ts";

const MAIN = join(import.meta.dirname, "../../../src/main.ts");

export interface ServerProcess {
  url: string;
  /** Resolves while the server answers: at once, or after the restart that is under way. */
  up(): Promise<void>;
  /** SIGKILL, and a new process on the same port and database. */
  killAndRestart(): Promise<void>;
  /** SIGTERM. @returns the exit code. */
  stop(): Promise<number | null>;
}

/** What such a process needs to work on a test's database, beside a local Meta. */
export const besideMeta = (t: TestDeps, sim: TestSim): Record<string, string> => ({
  DATABASE_URL: t.database.url,
  DATA_DIR: t.deps.config.dataDir,
  META_GRAPH_URL: sim.url,
  META_DIALOG_URL: sim.url,
  META_APP_ID: META_APP.id,
  META_APP_SECRET: META_APP.secret,
  BOOTSTRAP_API_KEY: BOOTSTRAP_KEY,
  ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
});

/** The server as people run it: a process of its own, from main.ts, on a free port. */
export async function startServerProcess(env: Record<string, string>): Promise<ServerProcess> {
  const port = await freePort();
  const start = async () => {
    const child = fork(MAIN, [], {
      env: { PATH: process.env.PATH, PORT: String(port), LOG_LEVEL: "warn", ...env },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      execArgv: [],
    });
    let said = "";
    child.stdout?.on("data", (chunk) => {
      said += String(chunk);
    });
    child.stderr?.on("data", (chunk) => {
      said += String(chunk);
    });
    const ended = once(child, "exit");
    const ready = await Promise.race([once(child, "message"), ended.then(() => null)]);
    if (!ready) throw new Error(`the server did not start: ${said.slice(-2000)}`);
    return { child, ended };
  };
  let running = await start();
  let restarting: Promise<void> = Promise.resolve();
  return {
    url: `http://127.0.0.1:${port}`,
    up: () => restarting,
    killAndRestart() {
      running.child.kill("SIGKILL");
      restarting = running.ended.then(start).then((next) => {
        running = next;
      });
      return restarting;
    },
    async stop() {
      await restarting.catch(() => {});
      running.child.kill("SIGTERM");
      const [code] = await running.ended;
      return code as number | null;
    },
  };
}

const FIRST_PORT = 15_000;
/** From here on Linux gives ports to outgoing connections: one of them might have the server's while it is restarted. */
const FIRST_EPHEMERAL = 32_768;

async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST_PORT, FIRST_EPHEMERAL);
    const server = createServer().listen(port, "127.0.0.1");
    const free = await once(server, "listening").then(
      () => true,
      () => false,
    );
    if (!free) continue;
    server.close();
    await once(server, "close");
    return port;
  }
}
