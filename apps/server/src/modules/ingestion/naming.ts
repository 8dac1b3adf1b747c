import type { DeliveryEvent } from "@firstline/contracts";
import { sql } from "kysely";
import type { Q } from "../../platform/db/pool.ts";
import { type DeliveryRow, visible } from "./delivery-query.ts";
import { readHeaders } from "./headers.ts";
import { readAgain } from "./read-again.ts";

/** Whose deliveries, and when they arrived. */
export interface Naming {
  channelId: string;
  contactExternalId: string;
  from: Date;
  to: Date;
}

/** A delivery that names a customer, with everything kept of it. */
export interface NamingDelivery {
  id: string;
  receivedAt: Date;
  state: DeliveryRow["state"];
  error: string | null;
  headers: { name: string; value: string }[];
  body: Buffer;
  /** Its events, read now. */
  read: DeliveryEvent[];
}

const MOST = 200;

/**
 * The deliveries that name a customer, in the order they arrived, at most 200. Where it is not known yet whom a delivery names
 * (it waits, it failed, it names more than the 50 customers that are kept), the bytes are searched for the id.
 */
export async function deliveriesNaming(q: Q, workspaceId: string, of: Naming): Promise<NamingDelivery[]> {
  const inTime = sql`received_at >= ${of.from} and received_at < ${of.to}`;
  const inBytes = sql`position(convert_to(${of.contactExternalId}::text, 'UTF8') in body) > 0`;
  const { rows } = await sql<{
    id: number;
    received_at: Date;
    state: DeliveryRow["state"];
    error: string | null;
    headers: string | null;
    body: Buffer;
  }>`
    select distinct on (received_at, id) id, received_at, state, error, headers, body from (
      select * from (
        select * from delivery where channels is not null and contacts @> array[${of.contactExternalId}::text] offset 0) known
      where ${inTime} and channels @> array[${of.channelId}::uuid]
      union all
      select * from delivery where state = 'pending' and ${inTime} and ${inBytes}
      union all
      select * from delivery where state = 'failed' and ${inTime} and ${inBytes}
      union all
      select * from delivery where state = 'done' and (channels is null or cardinality(contacts) >= 50) and ${inTime} and ${inBytes}) found
    where ${visible(workspaceId)} order by received_at, id limit ${MOST}`.execute(q);
  return Promise.all(
    rows.map(async (r) => ({
      id: String(r.id),
      receivedAt: r.received_at,
      state: r.state,
      error: r.error,
      headers: readHeaders(r.headers),
      body: r.body,
      read: await readAgain(q, workspaceId, r.body),
    })),
  );
}

/** What is known of the traffic around a traced time. */
export interface Traffic {
  /** Failed deliveries of the channel, or of nobody known, that do not name the customer. */
  strays: number;
  /** Deliveries that have waited for half a minute or more. */
  waiting: number;
  /** The longest time without any delivery, as far as a look at each of some hundred moments shows. */
  pause: { from: Date; ms: number } | null;
}

const LOOKS = 300;
const LEAST_STEP_MS = 5 * 60_000;

export async function trafficAround(q: Q, workspaceId: string, of: Naming): Promise<Traffic> {
  const step = Math.max(LEAST_STEP_MS, (of.to.getTime() - of.from.getTime()) / LOOKS);
  const { rows } = await sql<{ strays: number; waiting: number; pause_from: Date | null; pause_ms: number | null }>`
    select
      (select count(*) from delivery where state = 'failed' and received_at >= ${of.from} and received_at < ${of.to} and ${visible(workspaceId)}
        and (coalesce(cardinality(channels), 0) = 0 or channels @> array[${of.channelId}::uuid]) and not coalesce(contacts, '{}') @> array[${of.contactExternalId}::text]) as strays,
      (select count(*) from (select 1 from delivery where state = 'pending' and received_at < now() - interval '30 seconds' limit 10000) w) as waiting,
      p.at as pause_from, p.ms as pause_ms
    from (select 1) one left join lateral (
      select t.at, extract(epoch from least(coalesce(n.received_at, ${of.to}), ${of.to}) - t.at)::float8 * 1000 as ms
      from generate_series(${of.from}::timestamptz, ${of.to}::timestamptz, ${step / 1000} * interval '1 second') t(at)
      left join lateral (
        select d.received_at from delivery d where d.state <> 'pending' and d.received_at >= t.at order by d.received_at limit 1) n on true
      where t.at < ${of.to} order by 2 desc limit 1) p on true`.execute(q);
  const row = rows[0]!;
  return {
    strays: row.strays,
    waiting: row.waiting,
    pause: row.pause_from && { from: row.pause_from, ms: row.pause_ms ?? 0 },
  };
}
