import pg from "pg";
import type { Logger } from "../log/index.ts";

/**
 * Wake-ups between processes by LISTEN/NOTIFY. A signal carries nothing: whoever hears it reads the tables. One may be lost or
 * come twice, so every listener also looks by itself now and then.
 */
export type Signal = "firstline_delivery" | "firstline_event" | "firstline_send";
const ALL: Signal[] = ["firstline_delivery", "firstline_event", "firstline_send"];

export interface Signals {
  on(signal: Signal, listener: () => void): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function createSignals(databaseUrl: string, log: Logger): Signals {
  const listeners = new Map<Signal, (() => void)[]>(ALL.map((s) => [s, []]));
  const fire = (signal: Signal) => {
    for (const listener of listeners.get(signal) ?? []) listener();
  };
  let client: pg.Client | null = null;
  let stopped = false;

  async function connect(): Promise<void> {
    if (stopped) return;
    const next = new pg.Client({
      connectionString: databaseUrl,
      application_name: "firstline-signals",
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    });
    let gone = false;
    const again = () => {
      if (gone || stopped) return;
      gone = true;
      void next.end().catch(() => {});
      setTimeout(() => void connect(), 500).unref();
    };
    next.on("error", again);
    next.on("end", again);
    next.on("notification", (n) => fire(n.channel as Signal));
    try {
      await next.connect();
      // Only what somebody waits for: every notice costs this process a packet.
      const wanted = ALL.filter((s) => listeners.get(s)!.length > 0);
      if (wanted.length > 0) await next.query(wanted.map((s) => `listen ${s}`).join(";"));
      client = next;
      ALL.forEach(fire);
    } catch (err) {
      log.debug({ err }, "signals not connected");
      again();
    }
  }

  return {
    on: (signal, listener) => void listeners.get(signal)!.push(listener),
    start: connect,
    async stop() {
      stopped = true;
      await client?.end().catch(() => {});
    },
  };
}
