import { ChannelState } from "@firstline/contracts";
import { sql } from "kysely";
import { Gauge } from "prom-client";
import type { Deps } from "../../deps.ts";

/** Figures of the whole installation, read when they are asked for. */
export function incidentFigures(deps: Deps): void {
  const registers = [deps.metrics.registry];
  // What cannot be read is left out; the other figures are still told.
  const quietly = (read: () => Promise<void>) => () =>
    read().catch((err) => deps.log.debug({ err }, "a figure cannot be read"));

  const open: Gauge<"code"> = new Gauge({
    name: "firstline_incidents_open",
    help: "Incidents of channels that last, by code.",
    labelNames: ["code"],
    registers,
    collect: quietly(async () => {
      const { rows } = await sql<{ code: string; count: number }>`
        select code, count(*)::int as count from incident where until is null and confirmed_at is not null group by code`.execute(
        deps.db,
      );
      open.reset();
      for (const { code, count } of rows) open.set({ code }, count);
    }),
  });
  const channels: Gauge<"state"> = new Gauge({
    name: "firstline_channels",
    help: "Channels by state.",
    labelNames: ["state"],
    registers,
    collect: quietly(async () => {
      const { rows } = await sql<{ state: string; count: number }>`
        select state, count(*)::int as count from channel group by state`.execute(deps.db);
      for (const state of ChannelState.options)
        channels.set({ state }, rows.find((r) => r.state === state)?.count ?? 0);
    }),
  });
}
