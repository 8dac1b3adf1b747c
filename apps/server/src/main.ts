import { join } from "node:path";
import { buildApp } from "./app.ts";
import { ConfigError, readConfig } from "./config.ts";
import { createDeps } from "./deps.ts";
import { type EmbeddedDatabase, startEmbedded } from "./platform/db/embedded.ts";
import { migrate } from "./platform/db/migrate.ts";
import { scrub } from "./platform/log/index.ts";

let embedded: EmbeddedDatabase | null = null;

/** Starts the server: configuration, database, migrations, then the roles of `--roles=web,worker`. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const rolesFlag = process.argv.find((a) => a.startsWith("--roles="))?.slice(8) ?? "web,worker";
  const names = rolesFlag.split(",").map((r) => r.trim());
  const unknown = names.filter((r) => r !== "web" && r !== "worker");
  if (unknown.length > 0) throw new ConfigError([`--roles knows web and worker, not ${unknown.join(", ")}`]);
  const roles = { web: names.includes("web"), worker: names.includes("worker") };

  embedded = config.databaseUrl ? null : await startEmbedded({ dir: join(config.dataDir, "postgres") });
  const url = config.databaseUrl ?? embedded!.url;
  await migrate(url).catch((error: Error & { code?: string }) => {
    throw new StartError(
      `The database cannot be used (${scrub(error.message || error.code || "no answer")}). ${config.databaseUrl ? "Check DATABASE_URL and that PostgreSQL 18 or newer is running there." : `Look at ${join(config.dataDir, "postgres", "postgres.log")}.`}`,
    );
  });

  const deps = createDeps(config, url);
  const app = await buildApp(deps);
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    deps.log.info({ signal }, "stopping");
    const giveUp = setTimeout(() => process.exit(1), 20_000).unref();
    await app.stop().catch((err) => deps.log.error({ err }, "stopping"));
    await deps.database.close().catch(() => {});
    await embedded?.stop();
    clearTimeout(giveUp);
    process.exit(0);
  };
  process.on("SIGINT", () => void stop("SIGINT"));
  process.on("SIGTERM", () => void stop("SIGTERM"));
  // A parent that is killed (the demo) cannot stop us: then its channel closes.
  process.once("disconnect", () => void stop("disconnect"));

  if (roles.web) {
    await app.http.listen({ port: config.port, host: config.host }).catch((error: Error & { code?: string }) => {
      if (error.code === "EADDRINUSE")
        throw new StartError(
          `Port ${config.port} is in use. Stop the program that uses it, or choose another with PORT=…`,
        );
      if (error.code === "EACCES")
        throw new StartError(`Port ${config.port} may not be opened by this user. Choose one above 1023 with PORT=…`);
      throw error;
    });
  }
  await app.start(roles);
  deps.log.info(
    {
      url: config.publicUrl,
      roles: names,
      graph: config.meta.graphUrl,
      database: config.databaseUrl ? "configured" : "embedded",
    },
    "ready",
  );
  process.send?.("ready");
}

class StartError extends Error {}

main().catch(async (error: Error & { code?: string }) => {
  const plain = error instanceof ConfigError || error instanceof StartError;
  const message =
    error.code === "ENOSPC" ? "The disk is full." : plain ? error.message : scrub(error.stack ?? String(error));
  console.error(`\nFirstline could not start. ${message}\n`);
  await embedded?.stop();
  process.exit(1);
});
