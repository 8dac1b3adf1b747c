import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./lib/run.ts";

interface Entry {
  version?: string;
  resolved?: string;
  link?: boolean;
  optionalDependencies?: Record<string, string>;
}
const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
  packages: Record<string, Entry>;
};

describe("the lock file installs on a new machine", () => {
  it("has an entry for every optional package it names, of every platform: npm ci refuses it otherwise", () => {
    const names = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, "")));
    const missing = Object.entries(packages).flatMap(([path, p]) =>
      Object.keys(p.optionalDependencies ?? {})
        .filter((name) => !names.has(name))
        .map((name) => `${path} names ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it("names packages, never the host they came from", () => {
    const hosts = Object.values(packages).flatMap((p) =>
      p.resolved && !p.link && /^\w+:/.test(p.resolved) ? p.resolved : [],
    );
    expect(hosts).toEqual([]);
  });
});
