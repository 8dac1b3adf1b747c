import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildApp } from "../apps/server/src/app.ts";
import { readConfig } from "../apps/server/src/config.ts";
import { createDeps } from "../apps/server/src/deps.ts";
import { startEmbedded } from "../apps/server/src/platform/db/embedded.ts";
import { migrate } from "../apps/server/src/platform/db/migrate.ts";
import { fail, node, root, say } from "./lib/run.ts";

// Writes what is made from the source: the API's description, the types of the database, the pages of the fault catalogue.
const data = join(root, ".data/gen");
// One that an interrupted run left is stopped first: the schema is always made from nothing.
if (existsSync(data)) await (await startEmbedded({ dir: join(data, "postgres") })).stop();
rmSync(data, { recursive: true, force: true });
const database = await startEmbedded({ dir: join(data, "postgres"), settings: { fsync: "off" } });
const { url } = database;
await migrate(url);
const deps = createDeps(
  readConfig({ DATABASE_URL: url, DATA_DIR: data, LOG_LEVEL: "silent", PUBLIC_URL: "http://localhost:3000" }),
  url,
);
const app = await buildApp(deps);
await app.http.ready();
writeFileSync(join(root, "docs/openapi.json"), `${JSON.stringify(app.http.swagger(), null, 2)}\n`);
await app.http.close();
await deps.graph.close();
await deps.database.close();
const types = await node(
  "node_modules/kysely-codegen/dist/cli/bin.js",
  [
    "--url",
    url,
    "--dialect",
    "postgres",
    "--out-file",
    "apps/server/src/platform/db/schema.gen.ts",
    "--include-pattern",
    "public.*",
  ],
  { output: "collect" },
);
await database.stop();
if (types.code !== 0) fail(types.output);
const errors = await node("scripts/gen-errors.ts", [], { output: "collect" });
if (errors.code !== 0) fail(errors.output);
say("docs/openapi.json, docs/errors and the database types are made anew.");
process.exit(0);
