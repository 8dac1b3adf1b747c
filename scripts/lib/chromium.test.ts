import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findChromium, onPath, wrapperScript } from "./chromium.ts";

let folder: string;
const kept = process.env.CHROMIUM_PATH;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "chromium-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  if (kept === undefined) delete process.env.CHROMIUM_PATH;
  else process.env.CHROMIUM_PATH = kept;
});

function program(path: string, script: string): string {
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

test.skipIf(process.platform === "win32")("a program is found on the PATH only if it may be run", () => {
  const file = program(join(folder, "b/chromium"), "true");
  mkdirSync(join(folder, "a"));
  writeFileSync(join(folder, "a/chromium"), "not a program");
  chmodSync(join(folder, "a/chromium"), 0o644);
  expect(onPath("chromium", [join(folder, "a"), join(folder, "b")].join(delimiter))).toBe(file);
  expect(onPath("chromium", join(folder, "a"))).toBeNull();
});

test.skipIf(process.platform === "win32")(
  "CHROMIUM_PATH is used as it is, and said to be wrong when nothing starts",
  async () => {
    process.env.CHROMIUM_PATH = program(join(folder, "mine"), "echo Chromium 140");
    await expect(findChromium(() => {})).resolves.toBe(join(folder, "mine"));
    process.env.CHROMIUM_PATH = join(folder, "nothing");
    await expect(findChromium(() => {})).rejects.toThrow("no browser starts from there");
  },
);

test.skipIf(process.platform === "win32")(
  "the wrapper starts the unpacked browser with its libraries, whatever the folder is called",
  () => {
    const home = join(folder, "it's a folder $HOME");
    const tree = join(home, "root");
    program(join(tree, "usr/lib/chromium/chromium"), 'echo "$LD_LIBRARY_PATH|$1"');
    const wrapper = join(folder, "chromium");
    writeFileSync(wrapper, wrapperScript(home, [join(tree, "lib"), join(tree, "usr/lib")]));
    const { LD_LIBRARY_PATH: _, ...env } = process.env;
    const { stdout } = spawnSync("sh", [wrapper, "--flag with space"], { encoding: "utf8", env });
    expect(stdout.trim()).toBe(`${tree}/lib:${tree}/usr/lib|--flag with space`);
  },
);
