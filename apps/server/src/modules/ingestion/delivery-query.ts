import type { Delivery } from "@firstline/contracts";
import { type RawBuilder, sql } from "kysely";
import type { Q } from "../../platform/db/pool.ts";
import type { CursorPart } from "../../platform/http/cursor.ts";

/** Which deliveries: all that is given must hold. Times are ISO 8601, `to` exclusive. */
export interface DeliveryFilter {
  state?: Delivery["state"] | undefined;
  channelId?: string | undefined;
  contactExternalId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export interface DeliveryRow {
  id: number;
  state: Delivery["state"];
  received_at: Date;
  processed_at: Date | null;
  attempts: number;
  size: number;
  events: number | null;
  unsupported: number | null;
  error: string | null;
  replays: number;
  channels: string[] | null;
  contacts: string[] | null;
  /** Its place in the list: exact to the microsecond, which a Date is not. */
  place: string;
}

const COLUMNS = sql`id, state, received_at, processed_at, attempts, octet_length(body) as size, events, unsupported, error, replays, channels, contacts,
  to_char(received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as place`;

/**
 * A delivery may hold events of several workspaces; it is shown only to a workspace that owns all of it. One that belongs to
 * nobody (an unknown Page, an unreadable body) is shown while the installation has a single workspace.
 */
export const visible = (workspaceId: string) => sql`(
  (workspaces <@ array[${workspaceId}::uuid] and cardinality(workspaces) > 0)
  or (coalesce(cardinality(workspaces), 0) = 0 and (select count(*) from workspace) = 1))`;

/** The condition of a filter, the workspace's right to see included. Channel and customer are known once a delivery is read. */
export const matching = (workspaceId: string, f: DeliveryFilter): RawBuilder<unknown> => sql`${visible(workspaceId)}
  ${f.state ? sql`and state = ${f.state}` : sql``}
  ${f.channelId ? sql`and channels @> array[${f.channelId}::uuid]` : sql``}
  ${f.contactExternalId ? sql`and channels is not null and contacts @> array[${f.contactExternalId}::text]` : sql``}
  ${f.from ? sql`and received_at >= ${f.from}::timestamptz` : sql``}
  ${f.to ? sql`and received_at < ${f.to}::timestamptz` : sql``}`;

/**
 * A page of deliveries, newest first, and one more row if there is another page. Those that wait and those worked off are two
 * queries: the index by time leaves out what waits, so that the acknowledgement of a webhook pays for no index but the queue's.
 */
export async function listDeliveries(
  q: Q,
  workspaceId: string,
  filter: DeliveryFilter,
  before: CursorPart[] | null,
  limit: number,
): Promise<DeliveryRow[]> {
  // One customer's are few. Left to itself the planner takes them for many and walks through time until it has a page.
  const source = filter.contactExternalId
    ? sql`(select * from delivery where channels is not null and contacts @> array[${filter.contactExternalId}::text] offset 0) d`
    : sql`delivery`;
  const part = (states: RawBuilder<unknown>) => sql`(
    select ${COLUMNS} from ${source}
    where ${states} and ${matching(workspaceId, filter)}
      ${before ? sql`and (received_at, id) < (${before[0]}::timestamptz, ${before[1]}::bigint)` : sql``}
    order by received_at desc, id desc limit ${limit + 1})`;
  const waiting = part(sql`state = 'pending'`);
  const workedOff = part(sql`state <> 'pending'`);
  const { rows } = await (filter.state === "pending"
    ? sql<DeliveryRow>`${waiting}`
    : filter.state
      ? sql<DeliveryRow>`${workedOff}`
      : sql<DeliveryRow>`${waiting} union all ${workedOff} order by received_at desc, id desc limit ${limit + 1}`
  ).execute(q);
  return rows;
}

export async function findDelivery(
  q: Q,
  workspaceId: string,
  id: string,
): Promise<(DeliveryRow & { body: Buffer; headers: string | null }) | null> {
  const { rows } = await sql<DeliveryRow & { body: Buffer; headers: string | null }>`
    select ${COLUMNS}, body, headers from delivery where id = ${id} and ${visible(workspaceId)}`.execute(q);
  return rows[0] ?? null;
}

export const presentDelivery = (r: DeliveryRow): Delivery => ({
  id: String(r.id),
  state: r.state,
  receivedAt: r.received_at.toISOString(),
  processedAt: r.processed_at?.toISOString() ?? null,
  attempts: r.attempts,
  size: r.size,
  events: r.events,
  unsupported: r.unsupported,
  error: r.error,
  replays: r.replays,
  channelIds: r.channels ?? [],
  contactExternalIds: r.contacts ?? [],
});
