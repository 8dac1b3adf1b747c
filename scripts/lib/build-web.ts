import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fail, node, root, say } from "./run.ts";

/** Builds the web app unless the last build was made from the same sources. */
export async function buildWeb(): Promise<void> {
  const stamp = join(root, "apps/web/dist/.built-from");
  const sources = [
    "apps/web/{src,public}/**/*.*",
    "apps/web/*.*",
    "packages/{core,contracts}/src/**/*.ts",
    "package-lock.json",
  ]
    .flatMap((p) => globSync(p, { cwd: root }))
    .sort();
  const hash = createHash("sha256");
  for (const file of sources) hash.update(file).update(readFileSync(join(root, file)));
  const now = hash.digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === now) return;
  say("Building the web app …");
  const { code, output } = await node("node_modules/vite/bin/vite.js", ["build", "apps/web"], { output: "collect" });
  if (code !== 0) fail(`The web app could not be built:\n${output}`);
  writeFileSync(stamp, now);
}
