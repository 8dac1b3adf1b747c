import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../..");
export const say = (text: string) => process.stdout.write(`${text}\n`);

/** Stops the script with one clear message. */
export function fail(text: string): never {
  process.stderr.write(`\n${text}\n\n`);
  process.exit(1);
}

export interface RunOptions {
  env?: Record<string, string | undefined>;
  /** inherit: shown as it comes. collect: kept, shown only when it fails. */
  output?: "inherit" | "collect";
  cwd?: string;
}

/** Runs one of our or a package's Node programs with the pinned Node. Gives its exit code and what it printed. */
export function node(
  file: string,
  args: string[] = [],
  options: RunOptions = {},
): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const collect = options.output === "collect";
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", join(root, file), ...args], {
      cwd: options.cwd ?? root,
      stdio: collect ? ["ignore", "pipe", "pipe"] : "inherit",
      env: { ...process.env, ...options.env },
    });
    let output = "";
    child.stdout?.on("data", (d) => (output += d));
    child.stderr?.on("data", (d) => (output += d));
    child.on("exit", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** A program that keeps running beside others, with its lines kept for the case that it dies. */
export interface Service {
  process: ChildProcess;
  /** Everything it wrote so far, its last 8,000 characters. */
  log(): string;
  ended: Promise<number>;
  /** true once the program says that it is ready; false when it ended first. Another program on the same port says nothing. */
  ready: Promise<boolean>;
  stop(): Promise<void>;
}

export function start(
  file: string,
  options: { env?: Record<string, string | undefined>; args?: string[]; show?: boolean } = {},
): Service {
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", join(root, file), ...(options.args ?? [])],
    {
      cwd: root,
      stdio: options.show ? ["ignore", "inherit", "inherit", "ipc"] : ["ignore", "pipe", "pipe", "ipc"],
      env: { ...process.env, ...options.env },
      // Out of the terminal's group: Ctrl-C comes to us, and we end the services in order.
      detached: true,
    },
  );
  let log = "";
  const keep = (d: Buffer) => {
    log = (log + d).slice(-8_000);
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  const ended = new Promise<number>((resolve) => child.on("exit", (code) => resolve(code ?? 1)));
  const ready = new Promise<boolean>((resolve) => {
    child.on("message", (m) => m === "ready" && resolve(true));
    void ended.then(() => resolve(false));
  });
  return {
    process: child,
    log: () => log,
    ended,
    ready,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await ended;
    },
  };
}
