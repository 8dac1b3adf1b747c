import { type RawBuilder, sql } from "kysely";
import type { Db, Tx } from "../../platform/db/pool.ts";
import type { EraseWork } from "./erase-contact.ts";
import { withoutPerson } from "./redact-body.ts";

const AT_ONCE = 50;

interface Place {
  received_at: string;
  id: number;
}

/** Where the deliveries are that name a person, oldest first, and by which ids they may. Up to `until`, where one is given. */
export async function* deliveriesNaming(
  db: Db,
  about: Pick<EraseWork, "people" | "refs">,
  until: Date | null = null,
): AsyncGenerator<Place & { ids: string[] }> {
  const ids = [...about.people.map((id) => id.replace(/^comment:/, "")), ...about.refs];
  let after: Place | undefined;
  for (;;) {
    const found = await naming(db, about, ids, until, after);
    for (const place of found) yield { ...place, ids };
    after = found.at(-1);
    if (found.length < AT_ONCE) return;
  }
}

/** As an operator finds one customer's deliveries: by name where they are named, by their bytes where not all are. */
async function naming(
  db: Db,
  about: Pick<EraseWork, "people" | "refs">,
  ids: readonly string[],
  until: Date | null,
  after: Place | undefined,
): Promise<Place[]> {
  const inBytes = sql`exists (select from unnest(${ids}::text[]) n where position(convert_to(n, 'UTF8') in body) > 0)`;
  const { rows } = await sql<Place>`
    select distinct received_at as at, received_at::text as received_at, id from (
      select received_at, id from (select * from delivery where channels is not null and contacts && ${about.people}::text[] offset 0) known
      union all select received_at, id from delivery where state = 'pending' and ${inBytes}
      union all select received_at, id from delivery where state = 'failed' and ${inBytes}
      union all select received_at, id from delivery where state = 'done' and (channels is null or cardinality(contacts) >= 50) and ${inBytes}
      ${about.refs.length > 0 ? sql`union all select received_at, id from delivery where state = 'done' and ${inBytes}` : sql``}) found
    where ${until ? sql`received_at <= ${until}` : sql`true`} ${after ? sql`and (received_at, id) > (${after.received_at}::timestamptz, ${after.id}::bigint)` : sql``}
    order by 1, id limit ${AT_ONCE}`.execute(db);
  return rows;
}

/**
 * Takes a person's events out of the raw deliveries that came before they were deleted. A delivery of nobody else is deleted; of
 * the others the body is written anew, without Meta's signature, which no longer fits it, and says so among its headers.
 */
export async function redactDeliveries(
  db: Db,
  erasure: { workspace_id: string; id: string; asked_at: Date; work: EraseWork },
): Promise<void> {
  for await (const place of deliveriesNaming(db, erasure.work, erasure.asked_at))
    await redact(db, erasure, place.ids, place);
}

/** One that is being worked off is waited for. Counted in the transaction that changes it. */
async function redact(
  db: Db,
  erasure: { workspace_id: string; id: string; work: EraseWork },
  ids: readonly string[],
  place: Place,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const here = sql`received_at = ${place.received_at}::timestamptz and id = ${place.id}`;
    const done = await redactDelivery(tx, here, ids, erasure.work.people);
    if (done === "untouched") return;
    const counted = sql.lit(done === "removed" ? "deliveriesRemoved" : "deliveriesRewritten");
    await sql`
      update erasure set counts = jsonb_set(counts, array[${counted}], to_jsonb((counts->>${counted})::int + 1))
      where workspace_id = ${erasure.workspace_id} and id = ${erasure.id}`.execute(tx);
  });
}

/** Takes everything that names one of the ids out of the delivery `here` (a condition over `delivery`). */
export async function redactDelivery(
  tx: Tx,
  here: RawBuilder<unknown>,
  ids: readonly string[],
  people: readonly string[],
): Promise<"removed" | "rewritten" | "untouched"> {
  const { rows } = await sql<{ body: Buffer; headers: string | null }>`
    select body, headers from delivery where ${here} for update`.execute(tx);
  const found = rows[0];
  if (!found) return "untouched";
  const rest = withoutPerson(found.body, ids);
  if (rest === null) {
    await sql`delete from delivery where ${here}`.execute(tx);
    return "removed";
  }
  const rewritten = rest !== found.body;
  const unsigned = (found.headers ?? "").replace(/^x-hub-signature.*\n/gm, "");
  const headers = rewritten ? `${unsigned}x-firstline-redacted: ${new Date().toISOString()}\n` : found.headers;
  await sql`
    update delivery set body = ${rest}, headers = ${headers}, contacts = array(select c from unnest(contacts) c where c <> all(${people}::text[]))
    where ${here}`.execute(tx);
  return rewritten ? "rewritten" : "untouched";
}
