import { ChannelState } from "@firstline/contracts";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";

/** Figures of the whole installation, read when they are asked for (`collect`, of prom-client). */
export function incidentFigures(deps: Deps): void {
  const { incidentsOpen, channels } = deps.metrics;
  // What cannot be read is left out; the other figures are still told.
  const quietly = (read: () => Promise<void>) => ({
    collect: () => read().catch((err) => deps.log.debug({ err }, "a figure cannot be read")),
  });

  Object.assign(
    incidentsOpen,
    quietly(async () => {
      const { rows } = await sql<{ code: string; count: number }>`
        select code, count(*)::int as count from incident where until is null and confirmed_at is not null group by code`.execute(
        deps.db,
      );
      incidentsOpen.reset();
      for (const { code, count } of rows) incidentsOpen.set({ code }, count);
    }),
  );
  Object.assign(
    channels,
    quietly(async () => {
      const { rows } = await sql<{ state: string; count: number }>`
        select state, count(*)::int as count from channel group by state`.execute(deps.db);
      for (const state of ChannelState.options)
        channels.set({ state }, rows.find((r) => r.state === state)?.count ?? 0);
    }),
  );
}
