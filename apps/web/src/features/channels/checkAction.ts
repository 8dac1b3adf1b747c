import type { Check } from "@firstline/contracts";
import { renewsCheck } from "./state.ts";

/** Places outside, where a person mends what no button of ours can. */
export const OUTSIDE = {
  suite: "https://business.facebook.com/latest/inbox",
  support: "https://www.facebook.com/support",
  pages: "https://www.facebook.com/pages/?category=your_pages",
  appDashboard: "https://developers.facebook.com/apps",
  versions: "https://developers.facebook.com/docs/graph-api/changelog/versions",
} as const;
export type Outside = keyof typeof OUTSIDE;

/** The one thing a person can do about a check from here. */
export type CheckAction = "renew" | "compare" | "trace" | "deliveries" | "clicks" | "selfTest" | Outside;

const byCode: Record<string, CheckAction> = {
  app_subscription: "appDashboard",
  callback: "appDashboard",
  callback_failures: "compare",
  signature_failures: "appDashboard",
  last_event: "selfTest",
  silence: "compare",
  kind_silence: "selfTest",
  reconciliation: "compare",
  resubscription: "compare",
  losses: "trace",
  unreadable: "deliveries",
  set_aside: "deliveries",
  page_published: "pages",
  names: "appDashboard",
  app_access: "appDashboard",
  human_agent: "appDashboard",
  restriction: "support",
  notices: "support",
  graph_version: "versions",
  self_test: "selfTest",
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
  // What could not be read is read again by the button above; nothing outside is to be mended yet.
  const action = byCode[check.code] ?? null;
  return check.status === "unknown" && check.group !== "blind_spots" && action && action in OUTSIDE ? null : action;
}
