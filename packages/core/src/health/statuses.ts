import type { Check } from "./facts.ts";
import type { CheckCode } from "./line.ts";

type Status = Check["status"];
const all: readonly Status[] = ["ok", "warn", "fail", "unknown"];
const failing: readonly Status[] = ["ok", "fail", "unknown"];
const warning: readonly Status[] = ["ok", "warn"];
const blind: readonly Status[] = ["unknown"];

/** What each check can say. A blind spot can say nothing else than that it is one. */
export const CHECK_STATUSES: Readonly<Record<CheckCode, readonly Status[]>> = {
  connection: ["fail"],
  access_token: failing,
  access_expiry: all,
  data_access: all,
  permissions: failing,
  optional_permissions: ["ok", "warn", "unknown"],
  tasks: all,
  identity: failing,
  page_published: failing,
  instagram_link: failing,
  instagram_access: failing,
  names: warning,
  page_subscription: all,
  app_subscription: all,
  standby: all,
  callback: failing,
  callback_failures: ["ok", "warn", "fail"],
  signature_failures: ["ok", "warn", "fail"],
  last_event: ["ok", "warn", "unknown"],
  silence: warning,
  kind_silence: warning,
  reconciliation: ["ok", "warn", "unknown"],
  losses: ["ok", "warn", "unknown"],
  unreadable: warning,
  set_aside: warning,
  resubscription: warning,
  clock: all,
  graph_version: all,
  restriction: ["ok", "fail"],
  notices: ["ok", "warn", "fail"],
  app_access: all,
  rate_usage: ["ok", "warn", "fail"],
  human_agent: warning,
  templates: ["ok", "warn", "unknown"],
  other_apps: ["ok", "warn", "unknown"],
  default_app: ["ok", "warn", "unknown"],
  takeover: ["ok", "warn", "unknown"],
  self_test: ["ok", "warn", "unknown"],
  callback_loop: all,
  round_trip: all,
  reply_taken: ["ok", "unknown"],
  page_to_page: blind,
  requests_folder: blind,
  view_once: blind,
  blocked_people: blind,
};
