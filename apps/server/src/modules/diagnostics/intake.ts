import { DAY_MS } from "@firstline/core";
import { sql } from "kysely";
import type { Db } from "../../platform/db/pool.ts";

const KEPT_DAYS = 400;
/** Batches write rows for hours that are just passing; this far back the chore looks for them every time. */
const RECENT = "3 hours";

/**
 * Folds the counters of one channel, hour and kind together: `recent`, those with a row written in the last three hours; `all`,
 * every one. One statement takes the rows and adds their sum, so nothing is lost or doubled, whoever is killed or does the same
 * beside it: a row belongs to whom deletes it. Gives how many rows it took.
 */
export async function foldIntake(db: Db, which: "recent" | "all"): Promise<number> {
  const since = which === "recent" ? sql`and id >= uuidv7(interval ${sql.lit(`-${RECENT}`)})` : sql``;
  const { rows } = await sql<{ taken: number }>`
    with groups as (
      select i.workspace_id, i.channel_id, i.hour, i.field from workspace w
      cross join lateral (select distinct workspace_id, channel_id, hour, field from intake where workspace_id = w.id ${since}) i),
    split as (
      select g.* from groups g
      where 1 < (select count(*) from intake i where i.workspace_id = g.workspace_id and i.channel_id = g.channel_id and i.hour = g.hour and i.field = g.field)),
    taken as (
      delete from intake i using (
        select i.workspace_id, i.id from split g
        join intake i on i.workspace_id = g.workspace_id and i.channel_id = g.channel_id and i.hour = g.hour and i.field = g.field
        for update of i skip locked) t
      where i.workspace_id = t.workspace_id and i.id = t.id returning i.*),
    folded as (
      insert into intake (workspace_id, channel_id, hour, field, received, duplicate, late, recovered, incomplete, unreadable)
      select workspace_id, channel_id, hour, field, sum(received), sum(duplicate), sum(late), sum(recovered), sum(incomplete), sum(unreadable)
      from taken group by workspace_id, channel_id, hour, field)
    select count(*) as taken from taken`.execute(db);
  return rows[0]!.taken;
}

/** Forgets counters older than {@link KEPT_DAYS} days. */
export async function forgetIntake(db: Db, now: number): Promise<void> {
  const oldest = new Date(now - KEPT_DAYS * DAY_MS);
  await sql`delete from intake where (workspace_id, id) in (
    select i.workspace_id, i.id from channel c
    join intake i on i.workspace_id = c.workspace_id and i.channel_id = c.id and i.hour < ${oldest})`.execute(db);
}
