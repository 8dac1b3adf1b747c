import { Agent, request } from "node:http";
import { signedMessage } from "./bodies.ts";

/**
 * Posts messages over kept-open connections, each with its own id, at most `rate` a second. Prints one line of JSON at the end.
 * Arguments: url, connections, seconds, rate (0: as fast as answers come), run.
 */
const [url, connections, seconds, rate, run] = process.argv.slice(2) as [string, string, string, string, string];
const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) });
const { hostname, port, pathname } = new URL(url);
const began = performance.now();
const until = began + Number(seconds) * 1000;
const perMs = Number(rate) / 1000;
const latencies: number[] = [];
let sent = 0;
let refused = 0;

function post(n: number): Promise<void> {
  const { body, signature } = signedMessage(n, run);
  return new Promise((resolve) => {
    const t = performance.now();
    const r = request(
      {
        agent,
        hostname,
        port,
        path: pathname,
        method: "POST",
        headers: {
          "content-type": "application/json",
          "content-length": body.length,
          "x-hub-signature-256": signature,
        },
      },
      (answer) => {
        answer.resume();
        answer.on("end", () => {
          latencies.push(performance.now() - t);
          if (answer.statusCode !== 200) refused++;
          resolve();
        });
      },
    );
    r.on("error", () => {
      refused++;
      resolve();
    });
    r.end(body);
  });
}

async function lane(): Promise<void> {
  while (performance.now() < until) {
    if (perMs > 0) {
      const due = began + sent / perMs;
      const wait = due - performance.now();
      if (wait > 1) {
        await new Promise((r) => setTimeout(r, wait));
        continue;
      }
    }
    await post(sent++);
  }
}

await Promise.all(Array.from({ length: Number(connections) }, lane));
const elapsed = (performance.now() - began) / 1000;
latencies.sort((a, b) => a - b);
const q = (p: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * p))] ?? 0;
process.stdout.write(
  `${JSON.stringify({ sent: latencies.length, refused, perSecond: latencies.length / elapsed, p50: q(0.5), p99: q(0.99), max: q(1) })}\n`,
);
agent.destroy();
