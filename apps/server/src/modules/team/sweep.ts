import { sql } from "kysely";
import type { Deps } from "../../deps.ts";

const DAY_MS = 86_400_000;

/** Once a night, forget what time has ended: sessions, verifications, and counters of sign-ins from long ago. */
export function defineSweep(deps: Deps): void {
  deps.jobs.define("team.sweep", { retryLimit: 2, schedule: "17 3 * * *" }, () => sweep(deps));
}

export async function sweep(deps: Deps): Promise<void> {
  const now = deps.clock();
  await sql`delete from auth.session where "expiresAt" < ${new Date(now)}`.execute(deps.db);
  await sql`delete from auth.verification where "expiresAt" < ${new Date(now)}`.execute(deps.db);
  await sql`delete from auth."rateLimit" where "lastRequest" < ${now - DAY_MS}`.execute(deps.db);
}
