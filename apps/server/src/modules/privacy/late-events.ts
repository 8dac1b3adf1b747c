import { sql } from "kysely";
import type { InboundEvent } from "../../adapters/channel.ts";
import type { Tx } from "../../platform/db/pool.ts";
import { personMark } from "./erased.ts";
import { redactDelivery } from "./redact-deliveries.ts";

interface Route {
  platform: string;
  account: string;
  workspace_id: string;
  channel_id: string;
}
type Dated = InboundEvent & { accountId: string; contactId: string; at: number };

/** An account whose id cannot be stored is none of ours. */
const isDated = (e: InboundEvent): e is Dated =>
  e.contactId !== null && e.accountId !== null && e.at !== null && !/[\0\p{Cs}]/u.test(e.accountId);

/**
 * Which of the events tell something of a person from before that person was deleted: Meta delivers again for hours, so they
 * may come long after. Null: none, which costs one look at what was deleted since the oldest event.
 *
 * Meta's time is held against ours without a margin. Where the clocks differ by a second, what a customer writes within a second
 * of their own deletion may be taken for older; a margin would bring deleted words back instead.
 */
export async function eventsOfErased(
  tx: Tx,
  events: readonly InboundEvent[],
): Promise<((event: InboundEvent) => boolean) | null> {
  const dated = events.filter(isDated);
  if (dated.length === 0) return null;
  const oldest = new Date(dated.reduce((least, e) => Math.min(least, e.at), Number.POSITIVE_INFINITY));
  const named = [...new Set(dated.map((e) => JSON.stringify({ p: e.platform, a: e.accountId })))];
  const { rows: routes } = await sql<Route>`
    select r.platform, r.external_id as account, r.workspace_id, r.channel_id
    from json_to_recordset(${`[${named.join()}]`}::json) as i(p text, a text)
    join channel_route r on r.platform = i.p and r.external_id = i.a
    where exists (select from erasure e where e.workspace_id = r.workspace_id and e.channel_id = r.channel_id and e.asked_at >= ${oldest})`.execute(
    tx,
  );
  if (routes.length === 0) return null;
  const byAccount = new Map(routes.map((r) => [`${r.platform} ${r.account}`, r]));
  const markOf = (e: Dated) => {
    const route = byAccount.get(`${e.platform} ${e.accountId}`);
    return route ? personMark(route.workspace_id, route.channel_id, e.contactId) : null;
  };
  const marks = new Map<string, Buffer>();
  for (const event of dated) {
    const mark = markOf(event);
    if (mark) marks.set(mark.toString("hex"), mark);
  }
  const { rows: erased } = await sql<{ person: Buffer[]; asked_at: Date }>`
    select person, asked_at from erasure
    where workspace_id = any(${[...new Set(routes.map((r) => r.workspace_id))]}::uuid[]) and asked_at >= ${oldest} and person && ${[...marks.values()]}::bytea[]`.execute(
    tx,
  );
  if (erased.length === 0) return null;
  const lastErased = new Map<string, number>();
  for (const { person, asked_at } of erased)
    for (const mark of person) {
      const key = mark.toString("hex");
      lastErased.set(key, Math.max(lastErased.get(key) ?? 0, asked_at.getTime()));
    }
  return (event) => {
    if (!isDated(event)) return false;
    const mark = markOf(event);
    return mark !== null && event.at <= (lastErased.get(mark.toString("hex")) ?? 0);
  };
}

/** Takes the people out of a delivery that came after they were deleted and told of before. One of nobody else is deleted. */
export async function forgetLate(
  tx: Tx,
  delivery: { deliveryId: number; receivedAt: number },
  late: readonly InboundEvent[],
): Promise<void> {
  const people = [...new Set(late.flatMap((e) => e.contactId ?? []))];
  // Found by its number; the time, which is kept finer than ours, only says in which days' tables to look.
  const near = [new Date(delivery.receivedAt - 1000), new Date(delivery.receivedAt + 1000)];
  await redactDelivery(
    tx,
    sql`id = ${delivery.deliveryId} and received_at between ${near[0]} and ${near[1]}`,
    people,
    people,
  );
}
