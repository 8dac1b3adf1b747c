import type { Alert } from "@firstline/contracts";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { ModuleLife } from "../../life.ts";
import type { Q } from "../../platform/db/pool.ts";
import type { Locale } from "../../platform/http/problems.ts";
import type { App } from "../../platform/http/server.ts";
import { createDeliverer } from "./deliver.ts";
import { createMail } from "./mail.ts";
import { alertsById } from "./present.ts";
import { mineRoutes } from "./routes-mine.ts";
import { webhookRoutes } from "./routes-webhook.ts";

export { askMailServer } from "./mail.ts";
export { tell } from "./tell.ts";
export { resealVapid } from "./vapid.ts";

const KEPT_DAYS = 90;

export interface AlertsModule extends ModuleLife {
  /** Alerts by id, as events show them. */
  load(q: Q, workspaceId: string, ids: readonly string[], locale: Locale): Promise<Map<string, Alert>>;
}

/** Telling people what is wrong, once: at the desk, by e-mail, push and webhook. What is wrong, others say. */
export function registerAlerts(app: App, deps: Deps): AlertsModule {
  const mail = createMail(deps);
  mineRoutes(app, deps, mail);
  webhookRoutes(app, deps, mail);
  deps.jobs.define("alerts.forget", { retryLimit: 2, schedule: "57 4 * * *" }, async () => {
    await sql`delete from alert where created_at < ${new Date(deps.clock() - KEPT_DAYS * 86_400_000)}`.execute(deps.db);
  });
  return { ...createDeliverer(deps, mail), load: alertsById };
}
