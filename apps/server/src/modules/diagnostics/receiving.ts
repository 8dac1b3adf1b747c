import type { IntakeCounts, Receiving } from "@firstline/contracts";
import { DAY_MS } from "@firstline/core";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Q } from "../../platform/db/pool.ts";
import { ApiError } from "../../platform/http/problems.ts";
import type { ChannelsModule } from "../channels/index.ts";

const DEFAULT_DAYS = 30;
/** As long as counters are kept, and a day at either end. */
const MOST_DAYS = 402;
const HOUR_MS = 3_600_000;

interface Sum extends IntakeCounts {
  day: string;
  field: string;
}

/**
 * The loss report of one channel (R5): what came in, what Meta lost and what was read back, by day (UTC) and kind. Counters are
 * kept by the hour: the range begins with the hour `from` lies in. @throws ApiError 404, 422
 */
export async function receivingOf(
  deps: Pick<Deps, "db" | "clock">,
  channels: ChannelsModule,
  workspaceId: string,
  channelId: string,
  range: { from?: string | undefined; to?: string | undefined },
): Promise<Receiving> {
  await channels.row(workspaceId, channelId);
  const to = range.to ? Date.parse(range.to) : deps.clock();
  const from = range.from ? Date.parse(range.from) : to - DEFAULT_DAYS * DAY_MS;
  if (from >= to || to - from > MOST_DAYS * DAY_MS)
    throw new ApiError(422, "invalid_request", {
      en: `“from” must be before “to”, by at most ${MOST_DAYS} days.`,
      "zh-TW": `開始時間必須早於結束時間，且最多相差 ${MOST_DAYS} 天。`,
    });
  const firstHour = Math.floor(from / HOUR_MS) * HOUR_MS;
  const sums = await sumIntake(deps.db, workspaceId, channelId, firstHour, to);
  const days = new Map<string, IntakeCounts>();
  for (let day = Math.floor(from / DAY_MS) * DAY_MS; day < to; day += DAY_MS) days.set(dayOf(day), nothing());
  const fields = new Map<string, IntakeCounts>();
  const totals = nothing();
  for (const sum of sums) {
    if (!fields.has(sum.field)) fields.set(sum.field, nothing());
    for (const counts of [totals, days.get(sum.day)!, fields.get(sum.field)!]) add(counts, sum);
  }
  return {
    channelId,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    totals,
    days: [...days].map(([day, counts]) => ({ day, ...counts })),
    fields: [...fields]
      .map(([field, counts]) => ({ field, ...counts }))
      .sort((a, b) => b.received + b.recovered - a.received - a.recovered || (a.field < b.field ? -1 : 1)),
    ...(await stateOf(deps.db, workspaceId, channelId)),
  };
}

async function sumIntake(q: Q, workspaceId: string, channelId: string, from: number, to: number): Promise<Sum[]> {
  const { rows } = await sql<Sum>`
    select to_char(hour at time zone 'UTC', 'YYYY-MM-DD') as day, field, sum(received) as received, sum(duplicate) as duplicate, sum(late) as late,
      sum(recovered) as recovered, sum(incomplete) as incomplete, sum(unreadable) as unreadable
    from intake where workspace_id = ${workspaceId} and channel_id = ${channelId} and hour >= ${new Date(from)} and hour < ${new Date(to)}
    group by 1, 2`.execute(q);
  return rows;
}

type State = Pick<Receiving, "silence" | "lastEventAt" | "reconciledAt" | "resubscribedAt">;

async function stateOf(q: Q, workspaceId: string, channelId: string): Promise<State> {
  const { rows } = await sql<{
    silence: { since: string; expected: number } | null;
    last_event_at: Date | null;
    reconciled_at: Date | null;
    resubscribed_at: Date | null;
  }>`
    select silence, last_event_at, reconciled_at, resubscribed_at from channel where workspace_id = ${workspaceId} and id = ${channelId}`.execute(
    q,
  );
  const row = rows[0]!;
  return {
    silence: row.silence && { since: new Date(row.silence.since).toISOString(), expected: row.silence.expected },
    lastEventAt: row.last_event_at?.toISOString() ?? null,
    reconciledAt: row.reconciled_at?.toISOString() ?? null,
    resubscribedAt: row.resubscribed_at?.toISOString() ?? null,
  };
}

const COLUMNS = ["received", "duplicate", "late", "recovered", "incomplete", "unreadable"] as const;
const nothing = (): IntakeCounts => ({
  received: 0,
  duplicate: 0,
  late: 0,
  recovered: 0,
  incomplete: 0,
  unreadable: 0,
});
const add = (to: IntakeCounts, more: IntakeCounts) => {
  for (const column of COLUMNS) to[column] += more[column];
};
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
