import type { ChannelFacts, RefusalFacts } from "@firstline/core";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { ChannelsModule } from "../channels/index.ts";

/** Refusals that mean: the app is not open to the public, or may not make this call. */
const NO_ACCESS = ["app_not_approved", "capability_missing"];
const NOTHING: RefusalFacts = { count: 0, lastAt: null };

/** Webhook calls of the last 24 hours, whosever they are: those refused, by reason, and the newest accepted one. */
export async function webhookFacts({ db }: Pick<Deps, "db">): Promise<ChannelFacts["webhook"]> {
  const [{ rows: refused }, { rows: newest }] = await Promise.all([
    sql<{ reason: string; count: number; last_at: Date }>`
      select reason, sum(count)::int as count, max(last_at) as last_at from delivery_refusal
      where hour >= now() - interval '24 hours' group by reason`.execute(db),
    sql<{ at: Date | null }>`
      select greatest(
        (select received_at from delivery where state <> 'pending' order by received_at desc limit 1),
        (select max(received_at) from delivery where state = 'pending')) as at`.execute(db),
  ]);
  const of = (reason: string): RefusalFacts => {
    const row = refused.find((r) => r.reason === reason);
    return row ? { count: row.count, lastAt: row.last_at.getTime() } : NOTHING;
  };
  return {
    acceptedAt: newest[0]?.at?.getTime() ?? null,
    signature: of("signature"),
    storage: of("storage"),
    verifyToken: of("verify_token"),
  };
}

/** What the app meets on this channel, and this server beside Meta. Of the workspace's newest 5,000 calls. */
export async function appFacts(
  deps: Pick<Deps, "db" | "clock" | "config" | "graph">,
  workspaceId: string,
  channelId: string,
): Promise<ChannelFacts["app"]> {
  const weekAgo = new Date(deps.clock() - 7 * 86_400_000);
  const { rows } = await sql<{ refused: number; refused_at: Date | null; taken_at: Date | null }>`
    select f.count::int as refused, f.at as refused_at, t.started_at as taken_at
    from (
      select count(*) as count, max(sent_at) as at from message
      where workspace_id = ${workspaceId} and channel_id = ${channelId} and direction = 'outbound' and state = 'failed'
        and sent_at >= ${weekAgo} and failure->>'fault' = any(${NO_ACCESS}::text[])) f
    left join lateral (
      select a.started_at from (
        select started_at, message_id, outcome, id from send_attempt where workspace_id = ${workspaceId} order by id desc limit 5000) a
      join message m on m.workspace_id = ${workspaceId} and m.id = a.message_id and m.channel_id = ${channelId}
      where a.outcome = 'sent' and a.started_at >= ${weekAgo} order by a.id desc limit 1) t on true`.execute(deps.db);
  const row = rows[0]!;
  return {
    graphVersion: deps.config.meta.version,
    skewMs: deps.graph.skewMs(),
    takenAt: row.taken_at?.getTime() ?? null,
    refused: row.refused,
    refusedAt: row.refused_at?.getTime() ?? null,
  };
}

/** Figures Meta told, and how far sending is slowed for them. */
export async function usageFacts(
  deps: Pick<Deps, "db" | "clock">,
  channels: Pick<ChannelsModule, "usage">,
  workspaceId: string,
  channelId: string,
): Promise<ChannelFacts["usage"]> {
  const told = channels.usage(channelId);
  const { rows } = await sql<{ strikes: number; paused_until: Date | null }>`
    select strikes, paused_until from send_pace where workspace_id = ${workspaceId} and channel_id = ${channelId}`.execute(
    deps.db,
  );
  const regain = told && told.minutesToRegain > 0 ? told.at + told.minutesToRegain * 60_000 : null;
  const paused = rows[0]?.paused_until?.getTime() ?? null;
  return {
    percent: told?.percent ?? null,
    restsUntil: regain === null && paused === null ? null : Math.max(regain ?? 0, paused ?? 0),
    strikes: rows[0]?.strikes ?? 0,
  };
}
