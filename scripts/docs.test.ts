import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./lib/run.ts";

const read = (path: string) => readFileSync(join(root, path), "utf8");
const DOCUMENTS = ["*.md", "docs/*.md", "docs/adr/*.md", "docs/runbook/*.md"]
  .flatMap((pattern) => globSync(pattern, { cwd: root }))
  .sort();

/** Text without code, where brackets and `npm …` mean something else. */
const prose = (text: string) => text.replace(/^```[\s\S]*?^```/gm, "").replace(/`[^`\n]*`/g, "");

/** The name GitHub gives a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");

function anchorsIn(path: string): Set<string> {
  const headings = readFileSync(path, "utf8").matchAll(/^#{1,6} +(.+)$/gm);
  return new Set([...headings].map(([, heading]) => anchorOf(heading!)));
}

describe("the documents are true of the code", () => {
  it("every relative link leads to a file that exists, and to a heading in it", () => {
    const broken = DOCUMENTS.flatMap((document) => {
      const links = prose(read(document)).matchAll(/\]\(([^)\s]+)\)/g);
      return [...links].flatMap(([, link]) => {
        if (/^[a-z]+:/.test(link!)) return [];
        const [file, anchor] = link!.split("#") as [string, string?];
        const target = file === "" ? join(root, document) : resolve(root, dirname(document), file);
        const missing = !existsSync(target) || (anchor !== undefined && !anchorsIn(target).has(anchor));
        return missing ? `${document}: ${link}` : [];
      });
    });
    expect(broken).toEqual([]);
  });

  it("every npm command named exists", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const named = DOCUMENTS.flatMap((document) =>
      [...read(document).matchAll(/\bnpm (?:run ([a-z0-9:-]+)|(test|start)\b)/g)].map((m) => m[1] ?? m[2]!),
    );
    expect(named.length).toBeGreaterThan(10);
    expect([...new Set(named)].filter((name) => !(name in scripts))).toEqual([]);
    const table = [...read("README.md").matchAll(/^\| `npm (?:run )?([a-z0-9-]+)` \|/gm)].map((m) => m[1]!);
    expect(table.sort(), "the README's table of commands").toEqual(Object.keys(scripts).sort());
  });

  it("the README's table of variables has those the server reads, with their defaults, and no other", () => {
    const source = read("apps/server/src/config.ts").split("const Environment = z.object({")[1]!.split("\n});")[0]!;
    const settings = [...source.matchAll(/^ {2}([A-Z][A-Z_0-9]*): ([\s\S]*?)(?=^ {2}[A-Z]|$(?![\s\S]))/gm)];
    const inCode = new Map(settings.map(([, name, schema]) => [name!, /\.default\("?([^")]+)"?\)/.exec(schema!)?.[1]]));
    const section = read("README.md").split("### Configuration")[1]!.split("\n### ")[0]!;
    const rows = [...section.matchAll(/^\| `([A-Z_0-9]+)` \| (.+?) \|/gm)];
    const inTable = new Map(rows.map(([, name, cell]) => [name!, /^`([^`]+)`$/.exec(cell!)?.[1]]));
    expect([...inTable.keys()].sort()).toEqual([...inCode.keys()].sort());
    for (const [name, value] of inCode) if (value) expect(inTable.get(name), name).toBe(value);
  });

  it("every folder and file of the annotated tree exists", () => {
    const tree = /```tree\n([\s\S]*?)```/.exec(read("ARCHITECTURE.md"))![1]!;
    const open: string[] = [];
    const missing: string[] = [];
    for (const line of tree.split("\n").filter((l) => l.trim() !== "")) {
      const depth = /^ */.exec(line)![0].length / 2;
      const names = line.trimStart().split(/ {3,}/)[0]!.split(/ {2}/);
      open.length = depth;
      for (const name of names) if (!existsSync(join(root, ...open, name))) missing.push(join(...open, name));
      open.push(names[0]!);
    }
    expect(missing).toEqual([]);
  });

  it("every path of the source named in ARCHITECTURE.md exists", () => {
    const text = read("ARCHITECTURE.md").replace(/```tree[\s\S]*?```/, "");
    const named = [...text.matchAll(/`((?:[\w.-]+\/)+[\w.-]+\.(?:ts|tsx|sql|cjs|json))`/g)].map((m) => m[1]!);
    const files = globSync("{apps,packages,scripts,e2e,bench}/**/*.*", {
      cwd: root,
      exclude: (name) => /node_modules|dist$/.test(name),
    }).map((file) => `/${file.replaceAll("\\", "/")}`);
    const lost = named.filter((path) => !files.some((file) => file.endsWith(`/${path}`)));
    expect(named.length).toBeGreaterThan(20);
    expect([...new Set(lost)]).toEqual([]);
  });

  it("the runbook's list of metrics is the server's", () => {
    const exact = (text: string) => new Set([...text.matchAll(/firstline_[a-z_]+/g)].map((m) => m[0]));
    const kept = exact(read("apps/server/src/platform/telemetry/index.ts"));
    expect([...exact(read("docs/runbook/metrics.md"))].sort()).toEqual([...kept].sort());
  });

  it("every decision and every page of the runbook is in its index", () => {
    for (const folder of ["docs/adr", "docs/runbook"]) {
      const index = read(`${folder}/README.md`);
      const pages = globSync("*.md", { cwd: join(root, folder) }).filter((page) => page !== "README.md");
      expect(pages.length).toBeGreaterThan(3);
      expect(pages.filter((page) => !index.includes(`(${page})`)).map((page) => relative(root, page))).toEqual([]);
    }
  });
});
