import { sql } from "kysely";
import type { Q } from "../../platform/db/pool.ts";
import { ApiError } from "../../platform/http/problems.ts";
import { type DeliveryFilter, matching } from "./delivery-query.ts";

/** What waits is worked off in the order of arrival, so a replay goes before what comes in meanwhile: some seconds at most. */
const MOST_AT_ONCE = 10_000;

/**
 * Puts deliveries back to be worked off again, and wakes the workers, which take them in the order they arrived. Harmless for
 * what was understood: it ends in the same rows, and nothing is counted a second time. What waits already is left alone.
 * @returns how many. @throws ApiError 422 `replay_too_large`, with nothing done.
 */
export async function replayDeliveries(
  q: Q,
  workspaceId: string,
  which: DeliveryFilter | { id: number },
): Promise<number> {
  const condition = "id" in which ? sql`id = ${which.id}` : matching(workspaceId, which);
  const { rows } = await sql<{ found: number }>`
    with chosen as materialized (
      select id, received_at from delivery where state <> 'pending' and ${condition} order by received_at, id limit ${MOST_AT_ONCE + 1}),
    again as (
      update delivery d set state = 'pending', error = null, replays = least(d.replays + 1, 32767)
      from chosen c where d.received_at = c.received_at and d.id = c.id and d.state <> 'pending'
        and (select count(*) from chosen) <= ${MOST_AT_ONCE} returning d.id)
    select (select count(*) from chosen) as found, (select count(*) from again) as again, pg_notify('firstline_delivery', '')`.execute(
    q,
  );
  const { found } = rows[0]!;
  if (found > MOST_AT_ONCE) throw new ApiError(422, "replay_too_large");
  return found;
}
