import { sql } from "kysely";
import type { Deps } from "../../deps.ts";

/** Figures of this server and of what waits in its database, read when they are asked for (`collect`, of prom-client). */
export function installationFigures(deps: Deps): void {
  const { clockSkew, deliveriesWaiting } = deps.metrics;
  Object.assign(clockSkew, {
    collect() {
      const skew = deps.graph.skewMs();
      clockSkew.set(skew === null ? Number.NaN : skew / 1000);
    },
  });
  Object.assign(deliveriesWaiting, {
    async collect() {
      try {
        const { rows } = await sql<{ pending: number; failed: number }>`
          select count(*) filter (where state = 'pending')::int as pending, count(*) filter (where state = 'failed')::int as failed
          from delivery where state in ('pending', 'failed')`.execute(deps.db);
        deliveriesWaiting.set({ state: "pending" }, rows[0]!.pending);
        deliveriesWaiting.set({ state: "failed" }, rows[0]!.failed);
      } catch (err) {
        // What cannot be read is left out; the other figures are still told.
        deliveriesWaiting.reset();
        deps.log.debug({ err }, "a figure cannot be read");
      }
    },
  });
}
