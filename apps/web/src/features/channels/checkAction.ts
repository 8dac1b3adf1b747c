import type { Check } from "@firstline/contracts";
import { renewsCheck } from "./state.ts";

/** The one thing a person can do about a check from here. */
export type CheckAction = "renew" | "compare" | "trace" | "deliveries" | "clicks" | "suite";

const byCode: Record<string, CheckAction> = {
  silence: "compare",
  reconciliation: "compare",
  resubscription: "compare",
  losses: "trace",
  unreadable: "deliveries",
  page_to_page: "suite",
  requests_folder: "suite",
};

/** What helps with this check; null where all is well or nothing on this screen helps. */
export function actionOf(check: Check): CheckAction | null {
  if (check.status === "ok") return null;
  if (renewsCheck(check)) return "renew";
  if (check.group === "routing") return "clicks";
  // Not compared yet: nothing was found lost, so there is nothing to trace.
  if (check.code === "losses" && check.status === "unknown") return "compare";
  return byCode[check.code] ?? null;
}
