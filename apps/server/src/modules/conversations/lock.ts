import { sql } from "kysely";
import type { Tx } from "../../platform/db/pool.ts";

/** One writer per thread at a time, in one fixed order: no deadlock between workers, and nothing slips between a look and a write. */
export async function lockThreads(
  tx: Tx,
  threads: readonly { channelId: string; contactExternalId: string }[],
): Promise<void> {
  const keys = JSON.stringify(threads.map((t) => ({ c: t.channelId, p: t.contactExternalId })));
  await sql`
    select pg_advisory_xact_lock(k) from (
      select distinct hashtextextended(c || p, 7) as k from json_to_recordset(${keys}::json) as i(c text, p text) order by 1
    ) s`.execute(tx);
}
