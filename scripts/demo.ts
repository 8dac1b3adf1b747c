import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildWeb } from "./lib/build-web.ts";
import { furnish, OWNER } from "./lib/furnish.ts";
import { fail, root, type Service, say, start } from "./lib/run.ts";

// Everything at once: database, local Meta, server, web app, a connected Page with conversations.
process.chdir(root);
const data = resolve(root, process.env.DATA_DIR ?? ".data/demo");
const port = process.env.PORT || "3000";
const simPort = process.env.SIM_PORT || "4000";
const url = `http://localhost:${port}`;
const simUrl = `http://127.0.0.1:${simPort}`;
const began = Date.now();

mkdirSync(data, { recursive: true });
const keyFile = join(data, "demo-api-key");
if (!existsSync(keyFile)) writeFileSync(keyFile, `fl_demo_${randomBytes(18).toString("base64url")}\n`, { mode: 0o600 });
const apiKey = readFileSync(keyFile, "utf8").trim();

const services: Service[] = [];
let stopping = false;
async function stopAll(code: number): Promise<never> {
  if (!stopping) {
    stopping = true;
    for (const s of services.toReversed()) await s.stop();
  }
  process.exit(code);
}
process.on("SIGINT", () => {
  say("\nStopping …");
  void stopAll(0);
});
process.on("SIGTERM", () => void stopAll(0));

/** What a service said before it ended, without its log lines. */
const lastWords = (s: Service) =>
  s
    .log()
    .split("\n")
    .filter((l) => l.trim() && !l.startsWith("{"))
    .join("\n")
    .trim();

await buildWeb();
say("Starting the local Meta …");
const sim = start("apps/sim/src/main.ts", { env: { SIM_PORT: simPort, DATA_DIR: data } });
services.push(sim);
if (!(await sim.ready)) {
  await sim.stop();
  fail(lastWords(sim) || "The local Meta did not start.");
}

const state = (await (await fetch(`${simUrl}/_sim/state`)).json()) as { apps: { id: string; secret: string }[] };
say("Starting the server and its database …");
const server = start("apps/server/src/main.ts", {
  env: {
    PORT: port,
    DATA_DIR: data,
    PUBLIC_URL: process.env.PUBLIC_URL || url,
    META_GRAPH_URL: simUrl,
    META_DIALOG_URL: simUrl,
    META_APP_ID: state.apps[0]!.id,
    META_APP_SECRET: state.apps[0]!.secret,
    META_HUMAN_AGENT_APPROVED: process.env.META_HUMAN_AGENT_APPROVED || "true",
    BOOTSTRAP_API_KEY: apiKey,
    LOG_LEVEL: process.env.LOG_LEVEL || "warn",
  },
});
services.push(server);
if (!(await server.ready)) {
  await server.stop();
  await sim.stop();
  fail(lastWords(server) || "The server did not start.");
}

try {
  await furnish({ url, simUrl, apiKey, say });
} catch (error) {
  process.stderr.write(`\nThe sample world could not be set up: ${(error as Error).message}\n${lastWords(server)}\n`);
  await stopAll(1);
}

say(`
  Firstline is ready (${((Date.now() - began) / 1000).toFixed(1)} s).

  Desk              ${url}         sign in as ${OWNER.email} / ${OWNER.password}
  Customers' phone  ${simUrl}/phone   write to the Page as one of them
  Local Meta        ${simUrl}         change a password, close a window, lose a webhook
  API               ${url}/api/v1/openapi.json   key ${apiKey}

  Ctrl-C stops everything; the data stays in ${data}.
`);
for (const s of [sim, server])
  void s.ended.then(async (code) => {
    if (stopping) return;
    process.stderr.write(
      `\n${s === sim ? "The local Meta" : "The server"} ended (${code}).\n${s.log().slice(-3000)}\n`,
    );
    await stopAll(1);
  });
