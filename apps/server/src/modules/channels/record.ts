import { setTimeout as pause } from "node:timers/promises";
import { classifyFault, type FaultCode, faultOf } from "@firstline/core";
import { sql } from "kysely";
import type { GraphRequest } from "../../adapters/channel.ts";
import type { Deps } from "../../deps.ts";
import type { GraphAnswer, GraphError, GraphUsage } from "../../platform/graph/client.ts";

/** Two calls per second for a Page or account (Rate Limiting, 2026-03-23), with a little room for the way there. */
const SPACING_MS = 550;
/** Who would have to wait longer than this for a turn comes back later instead. */
const LONGEST_WAIT_MS = 3_000;
const ANSWER_WITHIN_MS = 20_000;
/** From here on (percent of a limit used up) calls are spread out, so that sending keeps its share. */
const SPREAD_FROM = 75;
const SPREAD_MS = 2_000;
const SLOW_FROM = 95;
const SLOW_MS = 10_000;

/** An answer of Meta's record. */
export type RecordAnswer =
  | { kind: "answer"; body: unknown }
  /** It passes by itself: a limit, a fault inside Meta, no connection. */
  | { kind: "later"; afterMs: number; fault: FaultCode; error: GraphError | null }
  | { kind: "refused"; fault: FaultCode; error: GraphError | null };

/**
 * One call to the Conversations API in this channel's turn. The turns are kept in the channel's row, so that all processes and
 * everybody who reads the record share them; Meta's usage headers and refusals push the next turn away.
 */
export async function readRecord(
  deps: Pick<Deps, "db">,
  call: (request: GraphRequest, options: { timeoutMs: number }) => Promise<GraphAnswer | null>,
  channel: { workspaceId: string; channelId: string },
  request: GraphRequest,
): Promise<RecordAnswer> {
  const waitMs = await takeTurn(deps, channel);
  if (waitMs === null) return { kind: "later", afterMs: LONGEST_WAIT_MS, fault: "page_send_rate", error: null };
  if (waitMs > 0) await pause(waitMs);
  const answer = await call(request, { timeoutMs: ANSWER_WITHIN_MS });
  if (answer === null) return { kind: "refused", fault: await whyTokenless(deps, channel), error: null };
  if (answer.kind === "no_answer") return { kind: "later", afterMs: 5_000, fault: "meta_unreachable", error: null };
  const rest = restAfter(answer.usage);
  if (answer.error === null && answer.httpStatus < 400) {
    if (rest > 0) await pushTurn(deps, channel, rest);
    return { kind: "answer", body: answer.body };
  }
  const { error } = answer;
  const fault = classifyFault({
    httpStatus: answer.httpStatus,
    code: error?.code ?? null,
    subcode: error?.subcode ?? null,
    message: error?.message ?? null,
    isTransient: error?.transient ?? null,
    stage: "answered",
  });
  const { retry } = faultOf(fault);
  if (retry !== "backoff" && retry !== "after_wait" && retry !== "once" && retry !== "unknown_outcome")
    return { kind: "refused", fault, error };
  const afterMs = Math.max(rest, (answer.retryAfterSeconds ?? 0) * 1000, retry === "after_wait" ? 2_000 : 1_000);
  await pushTurn(deps, channel, afterMs);
  return { kind: "later", afterMs, fault, error };
}

const restAfter = (usage: GraphUsage | null) => {
  if (usage === null) return 0;
  if (usage.minutesToRegain > 0) return usage.minutesToRegain * 60_000;
  return usage.percent >= SLOW_FROM ? SLOW_MS : usage.percent >= SPREAD_FROM ? SPREAD_MS : 0;
};

interface Turned {
  workspaceId: string;
  channelId: string;
}

/** How long until this caller's turn, ms; null: too long. The database's clock counts, for it is one for all. */
async function takeTurn(deps: Pick<Deps, "db">, { workspaceId, channelId }: Turned): Promise<number | null> {
  const { rows } = await sql<{ wait: number }>`
    update channel set record_free_at = greatest(clock_timestamp(), record_free_at) + ${SPACING_MS} * interval '1 ms'
    where workspace_id = ${workspaceId} and id = ${channelId}
      and (record_free_at is null or record_free_at < clock_timestamp() + ${LONGEST_WAIT_MS} * interval '1 ms')
    returning extract(epoch from record_free_at - clock_timestamp())::double precision * 1000 - ${SPACING_MS} as wait`.execute(
    deps.db,
  );
  return rows[0] ? Math.max(0, Math.ceil(rows[0].wait)) : null;
}

async function pushTurn(deps: Pick<Deps, "db">, { workspaceId, channelId }: Turned, ms: number): Promise<void> {
  await sql`update channel set record_free_at = greatest(record_free_at, clock_timestamp() + ${ms} * interval '1 ms')
    where workspace_id = ${workspaceId} and id = ${channelId}`.execute(deps.db);
}

async function whyTokenless(deps: Pick<Deps, "db">, { workspaceId, channelId }: Turned): Promise<FaultCode> {
  const { rows } = await sql<{ fault: FaultCode | null }>`
    select state_fault as fault from channel where workspace_id = ${workspaceId} and id = ${channelId}`.execute(
    deps.db,
  );
  return rows[0]?.fault ?? "token_invalid";
}
