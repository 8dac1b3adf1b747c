import { existsSync } from "node:fs";
import { join } from "node:path";
import { ConfigError, readConfig } from "../apps/server/src/config.ts";
import { createDeps } from "../apps/server/src/deps.ts";
import { doctor } from "../apps/server/src/modules/diagnostics/doctor/index.ts";
import { startEmbedded } from "../apps/server/src/platform/db/embedded.ts";
import { fail, root, say } from "./lib/run.ts";

// One page for the operator: what of this installation works. It changes nothing; 1 when anything fails (docs/runbook/doctor.md).
process.chdir(root);
const config = (() => {
  try {
    return readConfig({ LOG_LEVEL: "silent", ...process.env });
  } catch (error) {
    return fail(error instanceof ConfigError ? error.message : String(error));
  }
})();
const folder = join(config.dataDir, "postgres");
// The embedded database of a running server is used, and left to it.
const inUse = existsSync(join(folder, "data", "postmaster.pid"));
const embedded = config.databaseUrl ? null : await startEmbedded({ dir: folder });
const url = config.databaseUrl ?? embedded!.url;
const deps = createDeps(config, url);
try {
  const { page, exitCode } = await doctor(deps, url);
  say(page);
  process.exitCode = exitCode;
} finally {
  await deps.graph.close();
  await deps.database.close();
  if (!inUse) await embedded?.stop();
}
