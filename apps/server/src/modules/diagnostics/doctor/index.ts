import type { Deps } from "../../../deps.ts";
import { examine } from "./examine.ts";
import type { DoctorLine } from "./facts.ts";
import { exitCodeOf, judgeDoctor } from "./judge.ts";

const MARKS: Record<DoctorLine["status"], string> = {
  ok: "ok     ",
  warn: "warning",
  fail: "FAILS  ",
  unknown: "-      ",
};

/** Examines the installation and gives one page of text and the exit code: 1 when anything fails. Changes nothing. */
export async function doctor(
  deps: Pick<Deps, "config" | "graph" | "db" | "clock">,
  databaseUrl: string,
): Promise<{ page: string; exitCode: 0 | 1 }> {
  const lines = judgeDoctor(await examine(deps, databaseUrl));
  const width = Math.max(...lines.map((l) => l.area.length));
  const fails = lines.filter((l) => l.status === "fail").length;
  const verdict = fails === 0 ? "Nothing fails." : `${fails} ${fails === 1 ? "thing fails" : "things fail"}.`;
  const page = [...lines.map((l) => `${MARKS[l.status]}  ${l.area.padEnd(width)}  ${l.text}`), "", verdict].join("\n");
  return { page, exitCode: exitCodeOf(lines) };
}
