import { join } from "node:path";
import { buildApp } from "./app.ts";
import { Callbacks } from "./callbacks/callbacks.ts";
import { CallLog } from "./graph/call-log.ts";
import { Sender } from "./sender/sender.ts";
import { Bus, type Sim } from "./sim.ts";
import { Blobs } from "./store/blobs.ts";
import { Store } from "./store/store.ts";
import { emptyWorld } from "./world/empty.ts";
import { resumeLeadAds, stopLeadAds } from "./world/lead-ad.ts";
import { sampleWorld } from "./world/sample.ts";
import { resumeReviews, stopReviews } from "./world/templates.ts";

export interface SimOptions {
  /** 0 takes any free port. */
  port?: number;
  host?: string;
  /** State is kept in `${dataDir}/sim`; null keeps it in memory. */
  dataDir?: string | null;
  /** What a new state begins with. */
  world?: "sample" | "empty";
  /** Prints the address and notable events. */
  log?: boolean;
}

export interface RunningSim {
  url: string;
  port: number;
  app: { id: string; secret: string };
  /** Resolves once no webhook is waiting or on its way; false when that did not happen in time. */
  idle(timeoutMs?: number): Promise<boolean>;
  close(): Promise<void>;
}

/** Starts a local Meta. State is taken up where the last one left it. */
export async function startSim(options: SimOptions = {}): Promise<RunningSim> {
  const { port = 4000, host = "127.0.0.1", dataDir = null, world = "sample", log = false } = options;
  const dir = dataDir === null ? null : join(dataDir, "sim");
  const bus = new Bus();
  const store = new Store(dir, () => (world === "empty" ? emptyWorld() : sampleWorld(Date.now())));
  let url = "";
  const sender = new Sender(store, bus);
  const sim: Sim = {
    store,
    bus,
    blobs: new Blobs(dir, store),
    sender,
    callbacks: new Callbacks(store, sender.client, bus),
    calls: new CallLog(bus),
    baseUrl: () => url,
    now: () => Date.now(),
  };
  const app = await buildApp(sim);
  resumeLeadAds(sim);
  resumeReviews(sim);
  try {
    await app.listen({ port, host });
  } catch (error) {
    await sim.sender.close();
    throw error;
  }
  const address = app.server.address();
  const actual = typeof address === "object" && address ? address.port : port;
  const shown = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  url = `http://${shown}:${actual}`;
  if (log) console.log(`sim: the local Meta is at ${url} (control page), ${url}/phone (customers)`);
  const first = store.state.apps[0];
  return {
    url,
    port: actual,
    app: { id: first?.id ?? "", secret: first?.secret ?? "" },
    idle: (timeoutMs = 10_000) => sim.sender.idle(timeoutMs),
    close: async () => {
      stopLeadAds(sim);
      stopReviews(sim);
      await sim.sender.close();
      await app.close();
      await store.flush();
    },
  };
}
