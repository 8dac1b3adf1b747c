import type { SelfTest } from "@firstline/contracts";

type Step = SelfTest["steps"][number];

export interface Outcome {
  /** `running` until every step is made; then the worst that was found. */
  kind: "running" | "passed" | "warned" | "failed";
  /** The step at work; undefined once all are made. */
  at: Step | undefined;
  made: number;
  total: number;
  /** Those to look at: what failed, else what warns. */
  asks: Step[];
  notPossible: number;
}

/** What one self-test says as a whole. */
export function outcomeOf({ steps, finishedAt }: SelfTest): Outcome {
  const of = (status: Step["status"]) => steps.filter((step) => step.status === status);
  const [failed, warned] = [of("fail"), of("warn")];
  return {
    kind: finishedAt === null ? "running" : failed.length > 0 ? "failed" : warned.length > 0 ? "warned" : "passed",
    at: steps.find((step) => step.status === "running"),
    made: steps.length - of("waiting").length - of("running").length,
    total: steps.length,
    asks: failed.length > 0 ? failed : warned,
    notPossible: of("not_possible").length,
  };
}
