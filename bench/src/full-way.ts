import type { Row } from "./acknowledge.ts";
import { load, residentMb, type Stage } from "./stage.ts";

const RATE = 3_200;
const SECONDS = 60;

async function stored(stage: Stage): Promise<{ messages: number; events: number; pending: number }> {
  const { rows } = await stage.pool.query(
    "select (select count(*) from message)::int as messages, (select count(*) from event where type = 'message.created')::int as events, (select count(*) from delivery where state = 'pending')::int as pending",
  );
  return rows[0];
}

/** Row 2: webhook in → message row and event committed, sustained, with the backlog back at zero. */
export async function fullWay(stage: Stage, say: (s: string) => void): Promise<Row[]> {
  // What the part before only acknowledged is not this part's work.
  await stage.pool.query("truncate delivery");
  const server = await stage.server("web,worker");
  await new Promise((r) => setTimeout(r, 5_000));
  const rest = residentMb(server.service.process.pid);
  const before = await stored(stage);
  let largest = 0;
  let peak = 0;
  const watch = setInterval(async () => {
    largest = Math.max(largest, (await stored(stage)).pending);
    peak = Math.max(peak, residentMb(server.service.process.pid));
  }, 2_000);
  const began = performance.now();
  const result = await load(server.url, { connections: 64, seconds: SECONDS, rate: RATE, run: "full" });
  await drained(stage);
  const seconds = (performance.now() - began) / 1000;
  clearInterval(watch);
  const after = await stored(stage);
  const messages = after.messages - before.messages;
  say(
    `  ${result.sent} posted in ${SECONDS} s (${result.refused} refused, p99 ${result.p99.toFixed(1)} ms), ${messages} messages and ${after.events - before.events} events committed after ${seconds.toFixed(1)} s, largest backlog seen ${largest}`,
  );

  const calm = await load(server.url, { connections: 16, seconds: 15, rate: 1_000, run: "calm" });
  const busy = residentMb(server.service.process.pid);
  await drained(stage);
  await server.service.stop();
  const perSecond = messages / seconds;
  return [
    {
      what: "full way: webhook in → message row + event committed",
      measured: `${perSecond.toFixed(0)} msg/s over ${seconds.toFixed(1)} s, backlog back at 0, ${result.sent - messages} missing`,
      target: "≥ 3,000 for 60 s",
      reached: perSecond >= 3_000 && messages === result.sent - result.refused,
    },
    { what: "server memory at rest", measured: `${rest.toFixed(0)} MB RSS`, target: "≤ 200 MB", reached: rest <= 200 },
    {
      what: "server memory at 1,000 msg/s",
      measured: `${busy.toFixed(0)} MB RSS (${calm.perSecond.toFixed(0)} msg/s; ${peak.toFixed(0)} MB at ${RATE})`,
      target: "≤ 400 MB",
      reached: busy <= 400,
    },
  ];
}

async function drained(stage: Stage): Promise<void> {
  for (;;) {
    const { rows } = await stage.pool.query(
      "select exists (select 1 from delivery where state = 'pending') as waiting",
    );
    if (!rows[0].waiting) return;
    await new Promise((r) => setTimeout(r, 100));
  }
}
