import type { Deps } from "../../deps.ts";
import type { ModuleLife } from "../../life.ts";
import { createLoop } from "../../platform/jobs/loop.ts";
import { type Claimed, claimDue, type Outcome, settle, type Way } from "./claim.ts";
import { followIncidents } from "./follow-incidents.ts";
import type { Mail } from "./mail.ts";
import { pushToDevice } from "./push.ts";
import { postToWebhook } from "./webhook.ts";

const WAYS: readonly Way[] = ["email", "push", "webhook"];
const AT_ONCE = 20;
const TROUBLE = "alerts cannot be worked off";

/** One attempt, from claim to settled. Never throws for what the other side does. */
export async function attempt(deps: Deps, mail: Mail, row: Claimed): Promise<Outcome> {
  const outcome = await (row.way === "email"
    ? mail.send(row)
    : row.way === "push"
      ? pushToDevice(deps, row)
      : postToWebhook(deps, row));
  deps.metrics.alerts.inc({ way: row.way, outcome: outcome.state });
  if (outcome.state === "again" || outcome.state === "failed")
    deps.log.warn(
      { way: row.way, attempts: row.attempts, status: outcome.status, error: outcome.error },
      "an alert was not taken",
    );
  await settle(deps, row, outcome);
  return outcome;
}

/** Works off what is due on one way, a slow one keeping no other waiting. */
export async function deliverDue(deps: Deps, mail: Mail, way: Way): Promise<void> {
  for (;;) {
    const rows = await claimDue(deps, way, AT_ONCE);
    await Promise.all(rows.map((row) => attempt(deps, mail, row)));
    if (rows.length < AT_ONCE) return;
  }
}

/** Follows incidents and works off deliveries while a worker runs. */
export function createDeliverer(deps: Deps, mail: Mail): Required<ModuleLife> {
  const loops = [
    createLoop(deps.log, TROUBLE, () => followIncidents(deps)),
    ...WAYS.map((way) => createLoop(deps.log, TROUBLE, () => deliverDue(deps, mail, way))),
  ];
  return {
    start(roles) {
      if (!roles.worker) return;
      for (const each of loops) {
        each.start();
        deps.signals.on("firstline_event", each.wake);
      }
    },
    async stop() {
      await Promise.all(loops.map((each) => each.stop()));
      mail.close();
    },
  };
}
