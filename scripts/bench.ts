import { cpus } from "node:os";
import { acknowledge, type Row } from "../bench/src/acknowledge.ts";
import { desk } from "../bench/src/desk.ts";
import { fullWay } from "../bench/src/full-way.ts";
import { setStage } from "../bench/src/stage.ts";
import { say } from "./lib/run.ts";

// Figures depend on the machine; ratios are taken within one run. `npm run bench -- acknowledge` runs one part.
const parts = { acknowledge, "full-way": fullWay, desk };
const wanted = process.argv.slice(2).filter((a) => a in parts) as (keyof typeof parts)[];
const stage = await setStage();
const rows: Row[] = [];
try {
  for (const part of wanted.length > 0 ? wanted : (Object.keys(parts) as (keyof typeof parts)[])) {
    say(`\n${part} …`);
    rows.push(...(await parts[part](stage, say)));
  }
} finally {
  await stage.end();
}
say(
  `\n${process.version}, PostgreSQL 18 on the same machine, ${cpus().length} cores (${cpus()[0]?.model ?? "unknown"})\n`,
);
const width = (k: keyof Row) => Math.max(k.length, ...rows.map((r) => String(r[k]).length));
const line = (r: Record<keyof Row, string>) =>
  `| ${r.what.padEnd(width("what"))} | ${r.measured.padEnd(width("measured"))} | ${r.target.padEnd(width("target"))} | ${r.reached} |`;
say(line({ what: "what", measured: "measured", target: "target", reached: "reached" }));
for (const r of rows) say(line({ ...r, reached: r.reached ? "yes" : "NO" }));
