import type { Deps } from "../../../src/deps.ts";
import type { GraphAnswer, GraphCall } from "../../../src/platform/graph/client.ts";
import { createTestApp, type DepsOptions, type TestApp } from "../../harness/index.ts";

/**
 * Where a process dies, seen from one call of the Send API: `before` it leaves this machine (the message is `sending`), `after`
 * Meta has taken it and before anything was written down, or `settling`: the answer is there and the database is not.
 */
export type Death = "before" | "after" | "settling";

export interface Mortal {
  app: TestApp;
  alive: boolean;
  /** Calls of the Send API this process waits for. */
  inFlight: number;
  /** As by SIGKILL: no query and no answer reaches it from here on, what is under way at Meta goes on. */
  kill(): void;
  /** Frees what a dead process has left in this one. */
  bury(): Promise<void>;
}

/** The text of a call that sends a message; null: some other call. */
function textOf(request: GraphCall): string | null {
  if (request.method !== "POST" || !request.path.endsWith("/messages")) return null;
  const message = (request.json as { message?: { text?: string } } | undefined)?.message;
  return message?.text ?? null;
}

/**
 * A worker of the server, on a database others use too, that can die at a given step. `dies` is asked once for each call that
 * sends a text; `lost` is told the texts whose call dies with the process.
 */
export async function startMortal(
  options: DepsOptions,
  dies: (text: string) => Death | null,
  lost: (text: string) => void,
): Promise<Mortal> {
  const app = await createTestApp(options);
  const { deps } = app;
  const waiting = new Set<{ text: string; end: () => void }>();
  const self: Mortal = {
    app,
    alive: true,
    get inFlight() {
      return self.alive ? waiting.size : 0;
    },
    kill() {
      if (!self.alive) return;
      self.alive = false;
      takeDatabase(deps);
      for (const { text } of waiting) lost(text);
    },
    async bury() {
      self.kill();
      // Whoever waits for an answer gives up; what it would write then has nowhere to go.
      for (const { end } of waiting) end();
      await app.close().catch(() => {});
    },
  };
  const send = deps.graph.call;
  deps.graph.call = async (request, token, settings) => {
    const text = textOf(request);
    if (text === null) return send(request, token, settings);
    const given: GraphAnswer = { kind: "no_answer", written: true, timedOut: false, message: "the process is gone" };
    const one = { text, end: () => {} };
    const gone = new Promise<GraphAnswer>((resolve) => {
      one.end = () => resolve(given);
    });
    waiting.add(one);
    try {
      if (!self.alive) {
        lost(text);
        return await gone;
      }
      const death = dies(text);
      if (death === "before") self.kill();
      if (!self.alive) return await gone;
      const answer = await send(request, token, settings);
      if (death !== null) self.kill();
      return self.alive || death === "settling" ? answer : await gone;
    } finally {
      waiting.delete(one);
    }
  };
  await app.start({ web: false, worker: true });
  return self;
}

/** The server's own connections break and no new one comes about. */
function takeDatabase({ database }: Deps): void {
  const pool = database.pool as unknown as {
    options: { connectionString: string };
    _clients: { connection: { stream: { destroy(): void } } }[];
  };
  pool.options.connectionString = "postgres://nobody@127.0.0.1:9/nothing";
  for (const client of [...pool._clients]) client.connection.stream.destroy();
}
