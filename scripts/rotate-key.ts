import { existsSync } from "node:fs";
import { join } from "node:path";
import { ConfigError, readConfig } from "../apps/server/src/config.ts";
import { reseal } from "../apps/server/src/modules/privacy/index.ts";
import { startEmbedded } from "../apps/server/src/platform/db/embedded.ts";
import { openDatabase } from "../apps/server/src/platform/db/pool.ts";
import { createVault } from "../apps/server/src/platform/secrets/index.ts";
import { fail, root, say } from "./lib/run.ts";

// Seals every stored token anew with ENCRYPTION_KEY. The servers may run meanwhile (docs/runbook/keys.md).
process.chdir(root);
const config = (() => {
  try {
    return readConfig(process.env);
  } catch (error) {
    return fail(error instanceof ConfigError ? error.message : String(error));
  }
})();
const folder = join(config.dataDir, "postgres");
// The embedded database of a running server is used, and left to it.
const inUse = existsSync(join(folder, "data", "postmaster.pid"));
const embedded = config.databaseUrl ? null : await startEmbedded({ dir: folder });
const database = openDatabase(config.databaseUrl ?? embedded!.url);
try {
  const vault = createVault(config.encryptionKey, config.encryptionKeyPrevious);
  const { resealed, unopened } = await reseal({ db: database.kysely, vault });
  const left = Object.entries(unopened);
  say(`Sealed anew with key ${vault.keyId}: tokens ${resealed.authorizer}, grants ${resealed.channel_grant}.`);
  if (left.length === 0) say("Nothing sealed with another key is left: ENCRYPTION_KEY_PREVIOUS can go.");
  for (const [keyId, count] of left)
    say(
      `Not opened: ${count}, sealed with key ${keyId}. Give it as ENCRYPTION_KEY_PREVIOUS, or reconnect the channels.`,
    );
  process.exitCode = left.length === 0 ? 0 : 1;
} finally {
  await database.close();
  if (!inUse) await embedded?.stop();
}
