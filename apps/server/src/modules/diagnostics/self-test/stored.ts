import type { SelfTest } from "@firstline/contracts";
import { type SelfTestStep as Code, type Locale, SELF_TEST_STEPS, selfTestTitle } from "@firstline/core";
import type { SelfTestReason } from "../../channels/index.ts";

/** One step as it is kept: its words as they were told. */
export interface StoredStep {
  code: Code;
  status: "ok" | "warn" | "fail" | "not_possible";
  at: string;
  owner: SelfTest["steps"][number]["owner"];
  words: Record<Locale, { evidence: string; fix: string }>;
}

export interface SelfTestRow {
  id: string;
  reason: SelfTestReason;
  asked_by: string | null;
  started_at: Date;
  finished_at: Date | null;
  steps: StoredStep[];
}

/** With every step, those not made yet too: the first of them is the one at work. */
export function presentSelfTest(row: SelfTestRow, names: ReadonlyMap<string, string>, locale: Locale): SelfTest {
  const next = SELF_TEST_STEPS[row.steps.length];
  return {
    id: row.id,
    reason: row.reason,
    askedBy: row.asked_by ? (names.get(row.asked_by) ?? null) : null,
    startedAt: row.started_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    steps: SELF_TEST_STEPS.map((code) => {
      const done = row.steps.find((step) => step.code === code);
      const title = selfTestTitle(code, locale);
      if (done) return { code, title, status: done.status, ...done.words[locale], owner: done.owner, at: done.at };
      const status = code === next ? ("running" as const) : ("waiting" as const);
      return { code, title, status, evidence: "", fix: "", owner: "nobody" as const, at: null };
    }),
  };
}
