import { sql } from "kysely";
import type { Db } from "../../platform/db/pool.ts";

const DAY = 86_400_000;
const nameOf = (day: number) => `delivery_${new Date(day).toISOString().slice(0, 10).replaceAll("-", "")}`;

/** Makes the tables of today and the next days, and drops those past retention. Rows of a day without a table go to the default one. */
export async function keepPartitions(db: Db, now: number, retentionDays: number): Promise<void> {
  const today = Math.floor(now / DAY) * DAY;
  const { rows } = await sql<{
    name: string;
  }>`select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'delivery'::regclass`.execute(
    db,
  );
  const have = new Set(rows.map((r) => r.name));
  for (let day = today; day <= today + 3 * DAY; day += DAY) {
    if (have.has(nameOf(day))) continue;
    const from = sql.lit(new Date(day).toISOString());
    const to = sql.lit(new Date(day + DAY).toISOString());
    // Refused when the default table already holds rows of that day; they are found there just as well.
    await sql`create table if not exists ${sql.ref(nameOf(day))} partition of delivery for values from (${from}) to (${to})`
      .execute(db)
      .catch(() => {});
  }
  const oldest = nameOf(today - retentionDays * DAY);
  for (const name of have)
    if (/^delivery_\d{8}$/.test(name) && name < oldest) await sql`drop table ${sql.ref(name)}`.execute(db);
  await sql`delete from delivery_default where received_at < ${new Date(today - retentionDays * DAY)}`.execute(db);
}
