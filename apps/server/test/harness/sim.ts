/** A running local Meta. */
export interface TestSim {
  url: string;
  port: number;
  /** Its app: what META_APP_ID and META_APP_SECRET must be on a server that talks to it. */
  app: { id: string; secret: string };
  /** Resolves once no webhook is waiting or on its way; false when that did not happen in time. */
  idle(timeoutMs?: number): Promise<boolean>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts the simulator on a free port, with nothing kept on disk. Give its `url` to
 * `createTestApp({ graphUrl: sim.url, clock: "real" })`: the app id and secret of both sides agree by themselves.
 */
export async function startTestSim(world: "sample" | "empty" = "empty"): Promise<TestSim> {
  // Loaded here only: most tests need no Meta.
  const { startSim } = await import("@firstline/sim");
  const sim = await startSim({ port: 0, dataDir: null, world });
  return Object.assign(sim, { [Symbol.asyncDispose]: () => sim.close() });
}
