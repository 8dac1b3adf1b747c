import { startSim } from "./index.ts";

/** Reads the environment, starts the local Meta and ends it cleanly. */
function settings() {
  const { SIM_PORT = "4000", SIM_HOST = "127.0.0.1", DATA_DIR = ".data", SIM_WORLD = "sample" } = process.env;
  const problems: string[] = [];
  const port = Number(SIM_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    problems.push(`SIM_PORT must be a port number, not "${SIM_PORT}"`);
  if (SIM_WORLD !== "sample" && SIM_WORLD !== "empty")
    problems.push(`SIM_WORLD must be "sample" or "empty", not "${SIM_WORLD}"`);
  if (problems.length > 0) {
    console.error(`sim: ${problems.join("; ")}`);
    process.exit(1);
  }
  return { port, host: SIM_HOST, dataDir: DATA_DIR, world: SIM_WORLD as "sample" | "empty", log: true };
}

const options = settings();
try {
  const sim = await startSim(options);
  const end = () => {
    void sim.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error("sim: could not end cleanly:", error);
        process.exit(1);
      },
    );
  };
  // Tells a parent that started this program with a channel that it is this one that answers.
  process.send?.("ready");
  // A parent that is killed cannot stop us: then its channel closes.
  process.once("disconnect", end);
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE")
    console.error(`sim: port ${options.port} is in use; stop what listens there or set SIM_PORT.`);
  else console.error(`sim: could not start: ${message}`);
  process.exit(1);
}
