import {
  type FaultCode,
  HOUR_MS,
  type TracedControl,
  type TracedLine,
  type TracedMessage,
  type TraceFacts,
  whoIs,
} from "@firstline/core";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Q } from "../../platform/db/pool.ts";

/** Whom and when a trace is about. */
export interface TraceSubject {
  workspaceId: string;
  channelId: string;
  contactExternalId: string;
  from: Date;
  to: Date;
}

/** The customer as far as known here; null: never heard of. */
export interface TracedContact {
  id: string;
  name: string;
  conversationId: string | null;
}

export interface KeptTrace {
  contact: TracedContact | null;
  person: TraceFacts["person"];
  messages: (TracedMessage & { externalId: string | null })[];
  control: TracedControl[];
  lines: TracedLine[];
  refusals: FaultCode[];
  received: number;
  duplicate: number;
  recovered: number;
  unreadable: number;
  people: number;
  outages: number[];
  comparedTo: number | null;
}

const MOST_MESSAGES = 300;
const MOST_LINES = 100;
/** Enough to know that an app is open to the public. */
const PEOPLE_COUNTED = 50;
/** A hold that was prolonged to the utmost began so long before. */
const HOLDS_BACK_MS = 31 * 24 * HOUR_MS;

/** Everything our own record says about a customer and a time. Constant number of queries, each by an index. */
export async function readKept(deps: Pick<Deps, "db" | "clock" | "config">, s: TraceSubject): Promise<KeptTrace> {
  const q = deps.db;
  const person = await readPerson(q, s);
  const conversationId = person.contact?.conversationId ?? null;
  const [messages, told, sums] = await Promise.all([
    conversationId ? readMessages(q, s, conversationId) : [],
    readTold(q, s, deps.config.meta.appId ?? ""),
    readSums(q, s, new Date(deps.clock())),
  ]);
  return { ...person, ...told, ...sums, messages };
}

async function readPerson(q: Q, s: TraceSubject): Promise<Pick<KeptTrace, "contact" | "person" | "refusals">> {
  const day = 24 * HOUR_MS;
  const [around, until] = [new Date(s.from.getTime() - day), new Date(s.to.getTime() + day)];
  const { rows } = await sql<{
    id: string | null;
    name: string;
    conversation_id: string | null;
    from_ad: boolean | null;
    cannot_receive_since: Date | null;
    is_page: boolean;
    known: boolean;
    reached_at: Date | null;
    faults: FaultCode[] | null;
  }>`
    select c.id, coalesce(c.own_name, c.meta_name, c.username, 'Guest ' || right(i.id, 4)) as name, v.id as conversation_id,
      coalesce(c.referral->>'adId', '') <> '' or c.referral->>'source' = 'ADS' as from_ad, c.cannot_receive_since,
      exists (select 1 from channel h where h.workspace_id = ${s.workspaceId} and (h.external_id = i.id or h.page_id = i.id)) as is_page,
      c.id is not null or exists (select 1 from thread_mark m where m.workspace_id = ${s.workspaceId} and m.channel_id = ${s.channelId} and m.contact_external_id = i.id) as known,
      (select max(m.sent_at) from message m where m.workspace_id = ${s.workspaceId} and m.conversation_id = v.id and m.direction = 'outbound'
        and m.client_id is not null and m.state in ('sent', 'delivered', 'read') and m.sent_at >= ${around}) as reached_at,
      (select array_agg(distinct m.failure->>'fault') from message m where m.workspace_id = ${s.workspaceId} and m.conversation_id = v.id
        and m.direction = 'outbound' and m.failure is not null and m.sent_at >= ${around} and m.sent_at < ${until}) as faults
    from (select ${s.contactExternalId}::text as id) i
    left join contact c on c.workspace_id = ${s.workspaceId} and c.channel_id = ${s.channelId} and c.external_id = i.id
    left join conversation v on v.workspace_id = ${s.workspaceId} and v.channel_id = ${s.channelId} and v.contact_id = c.id`.execute(
    q,
  );
  const row = rows[0]!;
  return {
    contact: row.id === null ? null : { id: row.id, name: row.name, conversationId: row.conversation_id },
    person: {
      isPage: row.is_page,
      known: row.known,
      fromAd: row.from_ad === true,
      cannotReceiveSince: row.cannot_receive_since?.getTime() ?? null,
      reachedAt: row.reached_at?.getTime() ?? null,
    },
    refusals: row.faults ?? [],
  };
}

async function readMessages(q: Q, s: TraceSubject, conversationId: string): Promise<KeptTrace["messages"]> {
  const { rows } = await sql<{
    id: string;
    external_id: string | null;
    delivery_id: number | null;
    direction: TracedMessage["direction"];
    kind: string;
    text: string | null;
    sent_at: Date;
    arrived_at: Date;
    standby: boolean;
    recovered: boolean;
    incomplete: boolean;
    deleted: boolean;
  }>`
    select id, external_id, delivery_id, direction, kind, text, sent_at, arrived_at, standby, recovered, incomplete, deleted_at is not null as deleted
    from message where workspace_id = ${s.workspaceId} and conversation_id = ${conversationId} and sent_at >= ${s.from} and sent_at < ${s.to}
      and (direction = 'inbound' or state in ('sent', 'delivered', 'read'))
    order by sent_at, id limit ${MOST_MESSAGES}`.execute(q);
  return rows.map((m) => ({
    id: m.id,
    externalId: m.external_id,
    conversationId,
    deliveryId: m.delivery_id === null ? null : String(m.delivery_id),
    direction: m.direction,
    kind: m.kind,
    text: m.text,
    sentAt: m.sent_at.getTime(),
    arrivedAt: m.arrived_at.getTime(),
    standby: m.standby,
    recovered: m.recovered,
    incomplete: m.incomplete,
    deleted: m.deleted,
  }));
}

/** Who held the conversation, and what else Meta told of the customer and of the Page. */
async function readTold(q: Q, s: TraceSubject, ownAppId: string): Promise<Pick<KeptTrace, "control" | "lines">> {
  const since = new Date(s.from.getTime() - HOLDS_BACK_MS);
  const [evidence, lines] = await Promise.all([
    sql<{
      at: Date;
      kind: TracedControl["kind"];
      holder: string;
      metadata: string | null;
      until: Date | null;
      app: string | null;
    }>`
      select e.at, e.kind, e.holder, e.metadata, e.until,
        (select a->>'name' from channel h, jsonb_array_elements(case jsonb_typeof(h.apps) when 'array' then h.apps else '[]' end) a
          where h.workspace_id = e.workspace_id and h.id = e.channel_id and a->>'id' = e.holder limit 1) as app
      from control_evidence e
      where e.workspace_id = ${s.workspaceId} and e.channel_id = ${s.channelId} and e.contact_external_id = ${s.contactExternalId} and e.at >= ${since} and e.at < ${s.to}
      order by e.at desc limit ${MOST_LINES}`.execute(q),
    sql<{ at: Date; kind: string; text: string | null }>`
      select at, kind, text from thread_event
      where workspace_id = ${s.workspaceId} and channel_id = ${s.channelId} and at < ${s.to} and kind not in ('control_held', 'recovered')
        and at >= case when kind = 'control_returned' then ${since}::timestamptz else ${s.from}::timestamptz end
        and (contact_external_id = ${s.contactExternalId} or contact_external_id is null)
      order by at desc limit ${MOST_LINES}`.execute(q),
  ]);
  const control = evidence.rows.map((e): TracedControl => {
    const who = whoIs(e.holder, e.metadata, ownAppId);
    const ours = e.kind === "released" || (e.holder !== "" && e.holder === ownAppId);
    return {
      at: e.at.getTime(),
      kind: e.kind,
      ours,
      leadAd: who.kind === "lead_ad_flow",
      name: who.name ?? e.app ?? (e.holder || null),
      until: e.until?.getTime() ?? null,
    };
  });
  // That it came back may show in the customer's own events alone; the line tells it.
  const told = new Set(control.filter((c) => c.ours).map((c) => c.at));
  const returned = lines.rows
    .filter((l) => l.kind === "control_returned" && !told.has(l.at.getTime()))
    .map(
      (l): TracedControl => ({
        at: l.at.getTime(),
        kind: "released",
        ours: true,
        leadAd: false,
        name: null,
        until: null,
      }),
    );
  return {
    control: [...control, ...returned].sort((a, b) => a.at - b.at),
    lines: lines.rows
      .filter((l) => l.kind !== "control_returned")
      .map((l) => ({ at: l.at.getTime(), kind: l.kind, text: l.text })),
  };
}

type Sums = Pick<
  KeptTrace,
  "received" | "duplicate" | "recovered" | "unreadable" | "people" | "outages" | "comparedTo"
>;

async function readSums(q: Q, s: TraceSubject, now: Date): Promise<Sums> {
  const firstHour = new Date(Math.floor(s.from.getTime() / HOUR_MS) * HOUR_MS);
  const monthAgo = new Date(now.getTime() - 30 * 24 * HOUR_MS);
  const { rows } = await sql<
    Omit<Sums, "outages" | "comparedTo"> & { outages: Date[] | null; reconciled_at: Date | null }
  >`
    select i.received, i.duplicate, i.recovered, i.unreadable, h.reconciled_at,
      (select count(*) from (
        select 1 from conversation v where v.workspace_id = h.workspace_id and v.channel_id = h.id and v.last_message_at >= ${monthAgo} and v.last_inbound_at >= ${monthAgo}
        limit ${PEOPLE_COUNTED}) p) as people,
      (select array_agg(r.started_at order by r.started_at) from reconciliation r
        where r.workspace_id = h.workspace_id and r.channel_id = h.id and r.reason = 'outage' and r.started_at > ${s.from} and r.from_at < ${s.to}) as outages
    from channel h left join lateral (
      select coalesce(sum(received), 0) as received, coalesce(sum(duplicate), 0) as duplicate, coalesce(sum(recovered), 0) as recovered, coalesce(sum(unreadable), 0) as unreadable
      from intake where workspace_id = h.workspace_id and channel_id = h.id and hour >= ${firstHour} and hour < ${s.to}) i on true
    where h.workspace_id = ${s.workspaceId} and h.id = ${s.channelId}`.execute(q);
  const { outages, reconciled_at, ...sums } = rows[0]!;
  return {
    ...sums,
    outages: outages?.map((at) => at.getTime()) ?? [],
    comparedTo: reconciled_at?.getTime() ?? null,
  };
}
