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
export function node(file: string, args: string[] = [], options: RunOptions = {}): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const collect = options.output === "collect";
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", join(root, file), ...args], { cwd: options.cwd ?? root, stdio: collect ? ["ignore", "pipe", "pipe"] : "inherit", env: { ...process.env, ...options.env } });
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
  stop(): Promise<void>;
}

export function start(file: string, options: { env?: Record<string, string | undefined>; args?: string[]; show?: boolean } = {}): Service {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", join(root, file), ...(options.args ?? [])], {
    cwd: root,
    stdio: options.show ? "inherit" : ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...options.env },
    // Out of the terminal's group: Ctrl-C comes to us, and we end the services in order.
    detached: true,
  });
  let log = "";
  const keep = (d: Buffer) => {
    log = (log + d).slice(-8_000);
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  const ended = new Promise<number>((resolve) => child.on("exit", (code) => resolve(code ?? 1)));
  return {
    process: child,
    log: () => log,
    ended,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** Waits until an address answers 2xx. Gives false when the service ends first. */
export async function answers(url: string, service: Service, patienceMs = 90_000): Promise<boolean> {
  let over = false;
  void service.ended.then(() => (over = true));
  const until = Date.now() + patienceMs;
  while (!over && Date.now() < until) {
    const ok = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      (r) => r.ok,
      () => false,
    );
    if (ok) return true;
    await new Promise((r) => setTimeout(r, 100));
  }
  return false;
}
