import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fail, node, root, say, start } from "./lib/run.ts";

// For developing: the server restarts on changes, the web app reloads by itself on port 5173.
process.chdir(root);
const data = join(root, ".data/dev");
mkdirSync(data, { recursive: true });
const sim = start("apps/sim/src/main.ts", { env: { SIM_PORT: "4000", DATA_DIR: data } });
if (!(await sim.ready)) fail(sim.log());
const state = (await (await fetch("http://127.0.0.1:4000/_sim/state")).json()) as {
  apps: { id: string; secret: string }[];
};
const env = {
  DATA_DIR: data,
  META_GRAPH_URL: "http://127.0.0.1:4000",
  META_DIALOG_URL: "http://127.0.0.1:4000",
  META_APP_ID: state.apps[0]!.id,
  META_APP_SECRET: state.apps[0]!.secret,
  META_HUMAN_AGENT_APPROVED: "true",
};
const end = async () => {
  await sim.stop();
  process.exit(0);
};
process.on("SIGINT", () => void end());
process.on("SIGTERM", () => void end());
say("Local Meta http://127.0.0.1:4000 · server http://localhost:3000 · web http://localhost:5173");
const { spawn } = await import("node:child_process");
const server = spawn(process.execPath, ["--watch", "apps/server/src/main.ts"], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, ...env },
});
await node("node_modules/vite/bin/vite.js", ["apps/web", "--port", "5173"]);
server.kill("SIGTERM");
await end();
