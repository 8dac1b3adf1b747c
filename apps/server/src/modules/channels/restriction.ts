import { type FaultCode, PROBE_WAITS_MS } from "@firstline/core";
import { type RawBuilder, sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Q } from "../../platform/db/pool.ts";
import { writeEvents } from "../../platform/outbox/index.ts";

/**
 * Meta refused a send because it restricts the Page (S11): everything to send waits, from the first refusal on. A later refusal by
 * another name changes the reason, not since when.
 */
export async function restrict(
  q: Q,
  deps: Pick<Deps, "clock">,
  workspaceId: string,
  channelId: string,
  fault: FaultCode,
): Promise<void> {
  const now = deps.clock();
  const { rows } = await sql`
    update channel set state = 'restricted', state_fault = ${fault},
      state_since = case when state = 'restricted' then state_since else ${new Date(now)} end,
      probes = case when state = 'restricted' then probes else 0 end,
      probe_at = case when state = 'restricted' then probe_at else ${new Date(now + PROBE_WAITS_MS[0]!)} end
    where workspace_id = ${workspaceId} and id = ${channelId}
      and (state in ('healthy', 'degraded') or (state = 'restricted' and state_fault is distinct from ${fault})) returning id`.execute(
    q,
  );
  if (rows.length > 0) await tell(q, workspaceId, channelId);
}

/** A send was taken: the restriction is over. Gives whether there was one. */
export async function liftRestriction(
  q: Q,
  deps: Pick<Deps, "clock">,
  workspaceId: string,
  channelId: string,
): Promise<boolean> {
  const { rows } = await sql`
    update channel set state = 'healthy', state_fault = null, state_since = ${new Date(deps.clock())}, probe_at = null
    where workspace_id = ${workspaceId} and id = ${channelId} and state = 'restricted' returning id`.execute(q);
  if (rows.length > 0) await tell(q, workspaceId, channelId);
  return rows.length > 0;
}

/**
 * Restricted channels with something to send whose time for a try has come. Each is given to one caller, and its next try comes
 * later than the last, whatever becomes of this one. `mayGo`: of messages `m` with their pace `p`, which a limit of Meta's does not
 * keep back.
 */
export async function dueProbes(
  q: Q,
  at: number,
  mayGo: RawBuilder<unknown>,
): Promise<{ workspaceId: string; channelId: string }[]> {
  const now = new Date(at);
  const { rows } = await sql<{ workspaceId: string; channelId: string }>`
    update channel c set probes = c.probes + 1,
      probe_at = ${now}::timestamptz + (${[...PROBE_WAITS_MS]}::float8[])[least(c.probes + 2, ${PROBE_WAITS_MS.length})] * interval '1 ms'
    where c.state = 'restricted' and c.probe_at <= ${now}
      and exists (select from message m left join send_pace p on p.workspace_id = m.workspace_id and p.channel_id = m.channel_id
        where m.workspace_id = c.workspace_id and m.channel_id = c.id and m.state = 'held' and m.after_control is null and ${mayGo})
    returning c.workspace_id as "workspaceId", c.id as "channelId"`.execute(q);
  return rows;
}

/** The try told nothing of the restriction: another one soon. */
export async function probeAgain(
  q: Q,
  deps: Pick<Deps, "clock">,
  workspaceId: string,
  channelId: string,
): Promise<void> {
  await sql`
    update channel set probes = greatest(probes - 1, 0), probe_at = ${new Date(deps.clock() + AGAIN_MS)}
    where workspace_id = ${workspaceId} and id = ${channelId} and state = 'restricted'`.execute(q);
}

/**
 * Whether the channel can send, which may have changed since it was last looked at: nobody changes it before this transaction ends,
 * so that what is held in it is seen by whoever releases what is held.
 */
export async function canSend(tx: Q, workspaceId: string, channelId: string): Promise<boolean> {
  const { rows } = await sql<{ state: string }>`
    select state from channel where workspace_id = ${workspaceId} and id = ${channelId} for share`.execute(tx);
  return rows[0]?.state === "healthy" || rows[0]?.state === "degraded";
}

const AGAIN_MS = 60_000;

const tell = (q: Q, workspaceId: string, channelId: string) =>
  writeEvents(q, [{ workspaceId, type: "channel.updated", conversationId: null, subjectId: channelId }]);
