import type { FastifyInstance } from "fastify";
import type { Sim } from "../sim.ts";

const number = (text: string | undefined, fallback: number, most: number) => {
  const value = Number(text ?? fallback);
  return Number.isFinite(value) ? Math.max(0, Math.min(most, value)) : fallback;
};

/** What was sent, what was called, and a way to wait until everything is sent. */
export function logRoutes(app: FastifyInstance, sim: Sim): void {
  app.get<{ Querystring: { limit?: string } }>("/_sim/webhooks", async (request) => ({
    pending: sim.sender.pending,
    totals: sim.sender.log.totals,
    data: sim.sender.log.latest(number(request.query.limit, 50, 1000)),
  }));
  app.post("/_sim/webhooks/flush", async () => {
    sim.sender.flush();
    return { ok: true, pending: sim.sender.pending };
  });
  app.get<{ Querystring: { timeoutMs?: string } }>("/_sim/webhooks/idle", async (request) => {
    const idle = await sim.sender.idle(number(request.query.timeoutMs, 10_000, 120_000));
    return { idle, pending: sim.sender.pending };
  });
  app.get<{ Querystring: { limit?: string } }>("/_sim/graph-calls", async (request) => ({
    data: sim.calls.latest(number(request.query.limit, 50, 500)),
  }));
  app.get("/_sim/alerts", async () => ({
    data: sim.store.state.alerts.map((alert) => ({ ...alert, at: new Date(alert.at).toISOString() })),
  }));
  app.get("/_sim/events", (request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, {
      "content-type": "text/event-stream",
      "cache-control": "no-cache",
      connection: "keep-alive",
    });
    reply.raw.write("retry: 1000\n\n");
    // Bursts are told once per kind and thread.
    const waiting = new Map<string, string>();
    let timer: NodeJS.Timeout | null = null;
    const send = () => {
      timer = null;
      for (const line of waiting.values()) reply.raw.write(line);
      waiting.clear();
    };
    const off = sim.bus.on((event) => {
      const text = JSON.stringify(event);
      waiting.set(text, `event: ${event.type}\ndata: ${text}\n\n`);
      timer ??= setTimeout(send, event.type === "thread" ? 5 : 100);
    });
    const beat = setInterval(() => reply.raw.write(": beat\n\n"), 15_000);
    request.raw.once("close", () => {
      off();
      clearInterval(beat);
      if (timer) clearTimeout(timer);
    });
  });
}
