import type { Holder } from "@firstline/contracts";
import {
  type ControlEvidence,
  type ControlReading,
  type HolderIdentity,
  IDLE_AFTER_MS,
  readControl,
} from "@firstline/core";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Tx } from "../../platform/db/pool.ts";
import type { NewEvent } from "../../platform/outbox/index.ts";
import { type NewLine, replaceLines } from "./lines.ts";

interface Key {
  workspaceId: string;
  conversationId: string;
}

interface Thread extends Key {
  channelId: string;
  contactExternalId: string;
  heldBy: Holder | null;
  primaryAt: Date | null;
  customerAt: Date | null;
  /** Newest first. */
  evidence: ControlEvidence[];
  lines: { dedup: string; data: HolderData }[];
}

type HolderData = { appId: string | null; appName: string | null; holder: string };

/** Evidence looked at per thread. Older than this many changes nothing but the beginning of a very long hold. */
const MOST_EVIDENCE = 100;

/** Kinds that reach every subscribed app, whoever holds the thread ("Lead generation ads", 2026-05-05); the rest is undocumented. */
const SENT_TO_ALL = ["lead", "order", "form", "feedback"];

/**
 * Reads anew who holds these threads, and the lines that tell of it, from everything kept: what came last does not matter.
 * Gives the events of what changed. The threads are locked by the caller.
 */
export async function refreshControl(
  tx: Tx,
  deps: Pick<Deps, "clock" | "config" | "jobs">,
  keys: readonly Key[],
): Promise<NewEvent[]> {
  if (keys.length === 0) return [];
  const now = deps.clock();
  const changed: (Key & { heldBy: Holder | null })[] = [];
  const scopes: Parameters<typeof replaceLines>[1][number][] = [];
  const returned: Returned[] = [];
  for (const thread of await readThreads(tx, keys)) {
    const cut = thread.evidence.length > MOST_EVIDENCE;
    const evidence = thread.evidence.slice(0, MOST_EVIDENCE).toReversed();
    const reading = readControl(evidence, {
      ownAppId: deps.config.meta.appId ?? "",
      primaryAt: thread.primaryAt?.getTime() ?? null,
      customerAt: thread.customerAt?.getTime() ?? null,
    });
    const from = cut ? evidence[0]!.at : null;
    const heldBy = presentHolder(reading, now, from === null ? null : thread.heldBy);
    if (!sameHolder(heldBy, thread.heldBy)) changed.push({ ...thread, heldBy });
    const wanted = reading.lines.filter((l) => from === null || l.at > from).map((l) => lineOf(thread, l));
    if (wanted.length !== thread.lines.length || wanted.some((l) => !thread.lines.some((t) => sameLine(t, l))))
      scopes.push({ ...thread, kinds: ["control_held", "control_returned"], from, lines: wanted });
    const back = newlyReturned(thread, wanted);
    if (back) returned.push(back);
  }
  await hold(tx, changed);
  await deps.jobs.add(
    RETURNED_JOB,
    returned.map((data) => ({ data })),
    tx,
  );
  const lines = await replaceLines(tx, scopes);
  return [
    ...changed.map((c): NewEvent => ({ ...c, type: "conversation.updated", subjectId: c.conversationId })),
    ...lines,
  ].map(({ workspaceId, type, conversationId, subjectId }) => ({ workspaceId, type, conversationId, subjectId }));
}

/** Worked off where Meta's record is read: what was said while another held the thread may never have been told us. */
export const RETURNED_JOB = "reconcile.returned";

export interface Returned {
  workspaceId: string;
  channelId: string;
  contactExternalId: string;
  /** ISO 8601: the record is to be read back to here. */
  from: string;
}

/** The first sign of a hold may come long after its beginning: a refused send, or the end of a lead ad's questions. */
const UNSEEN_MS = IDLE_AFTER_MS;

/** The thread came back since it was last looked at; null: it did not. */
function newlyReturned(thread: Thread, lines: readonly NewLine[]): Returned | null {
  const known = new Set(thread.lines.map((l) => l.dedup));
  const at = lines.findIndex((l) => l.kind === "control_returned" && !known.has(l.dedup));
  if (at === -1) return null;
  const held = lines[at - 1];
  const { workspaceId, channelId, contactExternalId } = thread;
  const since = held?.kind === "control_held" ? held.at : lines[at]!.at;
  return { workspaceId, channelId, contactExternalId, from: new Date(since - UNSEEN_MS).toISOString() };
}

async function readThreads(tx: Tx, keys: readonly Key[]): Promise<Thread[]> {
  const input = JSON.stringify(keys.map((k) => ({ w: k.workspaceId, v: k.conversationId })));
  const ms = (column: string) => sql.raw(`(extract(epoch from ${column}) * 1000)::float8`);
  const { rows } = await sql<Thread>`
    select v.workspace_id as "workspaceId", v.id as "conversationId", v.channel_id as "channelId", c.external_id as "contactExternalId",
      v.held_by as "heldBy", v.primary_at as "primaryAt", greatest(v.last_inbound_at, v.qualifying_at) as "customerAt",
      coalesce(e.list, '[]') as evidence, coalesce(t.list, '[]') as lines
    from json_to_recordset(${input}::json) as i(w uuid, v uuid)
    join conversation v on v.workspace_id = i.w and v.id = i.v
    join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id
    left join lateral (
      select json_agg(json_build_object('at', ${ms("e.at")}, 'kind', e.kind, 'holder', e.holder, 'previous', e.previous, 'until', ${ms("e.until")}, 'metadata', e.metadata,
        'primaryAt', (
          select ${ms("m.sent_at")} from message m
          where m.workspace_id = v.workspace_id and m.conversation_id = v.id and m.sent_at > e.at and (e.next is null or m.sent_at < e.next)
            and m.direction = 'inbound' and not m.standby and not m.recovered and m.kind <> all(${SENT_TO_ALL}::text[])
          order by m.sent_at, m.id limit 1)) order by e.at desc) as list
      from (
        select k.*, lag(k.at) over (order by k.at desc, k.kind, k.holder) as next from control_evidence k
        where k.workspace_id = v.workspace_id and k.channel_id = v.channel_id and k.contact_external_id = c.external_id
        order by k.at desc, k.kind, k.holder limit ${MOST_EVIDENCE + 1}) e
    ) e on true
    left join lateral (
      select json_agg(json_build_object('dedup', t.dedup, 'data', t.data)) as list from thread_event t
      where t.workspace_id = v.workspace_id and t.channel_id = v.channel_id and t.contact_external_id = c.external_id and t.kind in ('control_held', 'control_returned')
    ) t on true`.execute(tx);
  return rows;
}

/** A hold whose time is over is none. A beginning out of sight is the one that was known before. */
function presentHolder({ holder }: ControlReading, now: number, before: Holder | null): Holder | null {
  if (!holder || holder.until <= now) return null;
  const since = new Date(holder.since).toISOString();
  const same = before?.kind === holder.kind && before.appId === holder.appId && before.since < since;
  return {
    kind: holder.kind,
    appId: holder.appId,
    name: holder.name,
    since: same ? before.since : since,
    until: new Date(holder.until).toISOString(),
  };
}

function lineOf(thread: Thread, line: ControlReading["lines"][number]): NewLine {
  return {
    workspaceId: thread.workspaceId,
    channelId: thread.channelId,
    contactExternalId: thread.contactExternalId,
    kind: line.kind,
    at: line.at,
    deliveryId: null,
    text: null,
    data: holderData(line.holder),
    dedup: `${line.kind}|${thread.contactExternalId}|${line.at}`,
  };
}

/** What a line about control carries; an app's name is looked up again when it is shown. */
export const holderData = (who: HolderIdentity): HolderData => ({
  appId: who.appId,
  appName: who.name,
  holder: who.kind,
});

const sameLine = (a: { dedup: string; data: object }, b: { dedup: string; data: object }) => {
  const [x, y] = [a.data as HolderData, b.data as HolderData];
  return a.dedup === b.dedup && x.appId === y.appId && x.holder === y.holder;
};

const sameHolder = (a: Holder | null, b: Holder | null) =>
  a === b ||
  (a !== null && b !== null && a.kind === b.kind && a.appId === b.appId && a.since === b.since && a.until === b.until);

async function hold(tx: Tx, changed: readonly (Key & { heldBy: Holder | null })[]): Promise<void> {
  if (changed.length === 0) return;
  const input = changed.map((c) => ({ w: c.workspaceId, v: c.conversationId, h: c.heldBy }));
  await sql`
    update conversation v set held_by = i.h
    from json_to_recordset(${JSON.stringify(input)}::json) as i(w uuid, v uuid, h jsonb) where v.workspace_id = i.w and v.id = i.v`.execute(
    tx,
  );
  // Replies may wait for just this.
  if (changed.some((c) => c.heldBy === null)) await sql`select pg_notify('firstline_send', '')`.execute(tx);
}
