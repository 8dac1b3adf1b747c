import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { createTestDatabase, openJobs, runScheduled } from "@firstline/server/testing";
import { root, type Service, start } from "../../scripts/lib/run.ts";
import { type Call, caller } from "./call.ts";
import { freePort } from "./ports.ts";
import { type SimControl, simControl } from "./sim-control.ts";

/** A server with its database and a local Meta, each a process of its own as an operator would run it. */
export interface World {
  url: string;
  sim: SimControl;
  /** The API with an administrator's key. */
  api: Call;
  apiKey: string;
  /** Ends the server as SIGTERM does; database and local Meta go on. */
  stopServer(): Promise<void>;
  startServer(): Promise<void>;
  /** Has the server do now what it does by a schedule. Gives the schedule (cron, UTC). */
  runScheduled(job: string): Promise<string>;
  /** Which of these jobs the server has still to do, or is doing. */
  openJobs(...jobs: string[]): Promise<string[]>;
  /** Last lines of both programs, for a journey that fails. */
  logs(): string;
  close(): Promise<void>;
}

export interface WorldOptions {
  /** The app has Meta's Human Agent feature, on both sides. Default true. */
  humanAgent?: boolean;
  /** Further settings of the server. */
  env?: Record<string, string>;
}

export async function startWorld({ humanAgent = true, env = {} }: WorldOptions = {}): Promise<World> {
  const cluster = process.env.E2E_CLUSTER;
  if (!cluster) throw new Error("A world needs the cluster that global-setup.ts starts.");
  const database = await createTestDatabase(JSON.parse(cluster));
  const data = join(root, ".data/test-e2e", randomBytes(5).toString("hex"));
  const [port, simPort] = [await freePort(), await freePort()];
  const url = `http://localhost:${port}`;
  const apiKey = `fl_e2e_${randomBytes(18).toString("base64url")}`;
  const sim = simControl(`http://127.0.0.1:${simPort}`);
  const meta = await begin("apps/sim/src/main.ts", { SIM_PORT: String(simPort), DATA_DIR: data });
  const app = (await sim.state()).apps[0]!;
  await sim.faults({ humanAgentApproved: humanAgent });

  const startServer = () =>
    begin("apps/server/src/main.ts", {
      PORT: String(port),
      PUBLIC_URL: url,
      DATA_DIR: data,
      DATABASE_URL: database.url,
      META_GRAPH_URL: sim.url,
      META_DIALOG_URL: sim.url,
      META_APP_ID: app.id,
      META_APP_SECRET: app.secret,
      META_HUMAN_AGENT_APPROVED: String(humanAgent),
      BOOTSTRAP_API_KEY: apiKey,
      LOG_LEVEL: "warn",
      ...env,
    });
  let server = await startServer();
  return {
    url,
    sim,
    apiKey,
    api: caller(url, { authorization: `Bearer ${apiKey}` }),
    stopServer: () => server.stop(),
    async startServer() {
      server = await startServer();
    },
    runScheduled: (job) => runScheduled(database.url, job),
    openJobs: (...jobs) => openJobs(database.url, jobs),
    logs: () => `local Meta:\n${meta.log()}\nserver:\n${server.log()}`,
    async close() {
      await server.stop();
      await meta.stop();
      await database.dispose();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function begin(file: string, env: Record<string, string>): Promise<Service> {
  const service = start(file, { env });
  if (!(await service.ready)) throw new Error(`${file} did not start:\n${service.log()}`);
  return service;
}
