import { buildWeb } from "./lib/build-web.ts";
import { root } from "./lib/run.ts";

// The server alone. Configuration comes from the environment (README, "Configuration").
process.chdir(root);
if (!process.argv.includes("--roles=worker")) await buildWeb();
await import("../apps/server/src/main.ts");
