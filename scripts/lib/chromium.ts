import { spawn, spawnSync } from "node:child_process";
import { accessSync, chmodSync, constants, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { root } from "./run.ts";

/** What browsers that Playwright can drive are called, best first. */
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const ON_MACOS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const ON_WINDOWS = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"]
  .flatMap((folder) => process.env[folder] ?? [])
  .map((folder) => join(folder, "Google/Chrome/Application/chrome.exe"));
const ADVICE =
  "The browser journeys need Chromium or Chrome. Install one (Debian and Ubuntu: apt-get install chromium), or name it with CHROMIUM_PATH=/path/to/chromium, and run the same command again.";
const QUIET = { DEBIAN_FRONTEND: "noninteractive" };

type Say = (text: string) => void;

/**
 * The browser of the journeys: `CHROMIUM_PATH`, else one that is installed, else, on Debian and its relatives, one that apt
 * brings: for the whole system as root or with sudo that asks nothing, otherwise unpacked into `.cache/chromium`.
 * @throws Error with one sentence on what to do.
 */
export async function findChromium(say: Say): Promise<string> {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) {
    if (runs(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH is ${chosen}, but no browser starts from there.`);
  }
  const unpacked = join(root, ".cache/chromium/chromium");
  const installed = installedBrowser() ?? (runs(unpacked) ? unpacked : null);
  if (installed) return installed;
  if (process.platform !== "linux" || !onPath("apt-get") || !onPath("dpkg")) throw new Error(ADVICE);

  const asRoot = process.getuid?.() === 0 ? [] : sudoAsksNothing() ? ["sudo", "-n"] : null;
  const said = asRoot ? await installWithApt(asRoot, say) : await unpackWithApt(unpacked, say);
  const found = installedBrowser() ?? (runs(unpacked) ? unpacked : null);
  if (found) return found;
  throw new Error(`${ADVICE}\n${said.trim().split("\n").slice(-6).join("\n")}`);
}

/** A program of this name on the PATH, or null. */
export function onPath(name: string, path = process.env.PATH ?? ""): string | null {
  for (const folder of path.split(delimiter).filter(Boolean)) {
    const file = join(folder, name);
    if (isExecutable(file)) return file;
  }
  return null;
}

function installedBrowser(): string | null {
  const named = NAMES.flatMap((name) => onPath(name) ?? []);
  const known = process.platform === "darwin" ? ON_MACOS : process.platform === "win32" ? ON_WINDOWS : [];
  return [...named, ...known.filter(isExecutable)].find(runs) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Ubuntu's `chromium-browser`, for one, may be a script that only says to use something else. */
function runs(file: string): boolean {
  // Chrome on Windows opens a window instead of telling its version.
  if (process.platform === "win32") return existsSync(file);
  const { status, stdout } = spawnSync(file, ["--version"], { encoding: "utf8", timeout: 30_000 });
  return status === 0 && /chrom/i.test(stdout);
}

function sudoAsksNothing(): boolean {
  return onPath("sudo") !== null && spawnSync("sudo", ["-n", "true"], { stdio: "ignore" }).status === 0;
}

/** Runs a program, quiet unless it fails. Gives what it printed. */
function quietly(command: string[], cwd?: string): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve) => {
    const [file, ...args] = command;
    const child = spawn(file!, args, { cwd, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...QUIET } });
    let output = "";
    child.stdout.on("data", (data) => (output += data));
    child.stderr.on("data", (data) => (output += data));
    child.on("error", (error) => resolve({ ok: false, output: error.message }));
    child.on("exit", (code) => resolve({ ok: code === 0, output }));
  });
}

async function installWithApt(asRoot: string[], say: Say): Promise<string> {
  say("Installing Chromium with apt for the browser journeys (once; about 100 MB) …");
  const update = await quietly([...asRoot, "apt-get", "update"]);
  const install = await quietly([...asRoot, "apt-get", "install", "-y", "--no-install-recommends", "chromium"]);
  return install.ok ? "" : `${update.output}\n${install.output}`;
}

/**
 * Without any rights: apt's own tools download the packages that the system lacks, on lists and a cache of their own, and they
 * are unpacked side by side. A wrapper script makes the browser find its libraries there.
 */
async function unpackWithApt(wrapper: string, say: Say): Promise<string> {
  say("Fetching Chromium with apt into .cache/chromium for the browser journeys (once; about 100 MB) …");
  const folder = join(root, ".cache/chromium");
  const [lists, archives, tree] = ["lists", "archives", "root"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const part of [join(lists, "partial"), join(archives, "partial"), tree]) mkdirSync(part, { recursive: true });
  const own = [
    ...["-o", `Dir::State::Lists=${lists}`],
    ...["-o", `Dir::Cache=${folder}`, "-o", `Dir::Cache::Archives=${archives}`],
    ...["-o", "Debug::NoLocking=1", "-o", "APT::Sandbox::User="],
  ];
  const update = await quietly(["apt-get", ...own, "update"]);
  const download = await quietly([
    ...["apt-get", ...own, "install", "-y", "--no-install-recommends", "--download-only", "chromium"],
  ]);
  if (!download.ok) return `${update.output}\n${download.output}`;
  for (const archive of readdirSync(archives).filter((name) => name.endsWith(".deb"))) {
    const unpack = await quietly(["dpkg", "-x", join(archives, archive), tree]);
    if (!unpack.ok) return unpack.output;
  }
  writeFileSync(join(folder, "fonts.conf"), fontSettings(tree, join(folder, "fonts-cache")));
  writeFileSync(wrapper, wrapperScript(folder, libraryFolders(tree)));
  chmodSync(wrapper, 0o755);
  for (const spare of [lists, archives]) rmSync(spare, { recursive: true, force: true });
  const start = await quietly([wrapper, "--version"]);
  return start.ok ? "" : start.output;
}

function libraryFolders(tree: string): string[] {
  const triplets = ["lib", "usr/lib"].flatMap((lib) => {
    const folder = join(tree, lib);
    if (!existsSync(folder)) return [];
    return [
      folder,
      ...readdirSync(folder)
        .filter((name) => name.endsWith("-linux-gnu"))
        .map((name) => join(folder, name)),
    ];
  });
  // Some libraries keep parts of themselves one level deeper.
  const deeper = triplets.flatMap((folder) => ["nss", "pulseaudio"].map((name) => join(folder, name)));
  return [...triplets, ...deeper].filter((folder) => existsSync(folder));
}

/** The unpacked fonts, for a system that has none: fontconfig's own settings know only the places of installed ones. */
function fontSettings(tree: string, cache: string): string {
  const text = (path: string) => path.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<?xml version="1.0"?>
<fontconfig><dir>${text(join(tree, "usr/share/fonts"))}</dir><cachedir>${text(cache)}</cachedir></fontconfig>
`;
}

/** The script that starts the browser unpacked in `root` below `folder`. */
export function wrapperScript(folder: string, libraries: readonly string[]): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  return [
    "#!/bin/sh",
    "# Starts the Chromium that was unpacked beside this file without installing it.",
    `export LD_LIBRARY_PATH=${quoted(libraries.join(":"))}\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}`,
    `export XDG_DATA_DIRS=${quoted(join(folder, "root/usr/share"))}:\${XDG_DATA_DIRS:-/usr/local/share:/usr/share}`,
    `[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_FILE=${quoted(join(folder, "fonts.conf"))}`,
    `exec ${quoted(join(folder, "root/usr/lib/chromium/chromium"))} "$@"`,
    "",
  ].join("\n");
}
