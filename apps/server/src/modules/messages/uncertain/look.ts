import { type LookResult, matchRecord, nextLookAt, RECORD_BEFORE_MS, type RecordMatch } from "@firstline/core";
import type { MessageEvent } from "../../../adapters/channel.ts";
import type { Deps } from "../../../deps.ts";
import type { Tx } from "../../../platform/db/pool.ts";
import { writeEvents } from "../../../platform/outbox/index.ts";
import type { ChannelsModule } from "../../channels/index.ts";
import { type ConversationRow, conversationsById, lockThreads } from "../../conversations/index.ts";
import type { ReceiveBatch } from "../receive/index.ts";
import { type RecordReading, readThread } from "./read-record.ts";
import { firstCall, noteLook, putOff, type ToLookUp, takenIds, type Unsettled, unsettledOf } from "./unsettled.ts";

export type LookUp = (wanted: ToLookUp) => Promise<void>;

/**
 * Looks messages of unknown outcome up in Meta's own record of their thread (S10). The record is read with no transaction open;
 * then, under the thread's lock, what is found goes the way of an echo, so that an echo before, after or never ends in the same row.
 */
export function createLookUp(deps: Deps, channels: ChannelsModule, receive: ReceiveBatch): LookUp {
  return async (wanted) => {
    const { workspaceId, conversationId } = wanted;
    const calledAt = await firstCall(deps.db, wanted);
    if (calledAt === null) return;
    const [conversation] = await conversationsById(deps.db, workspaceId, [conversationId]);
    const channel = await channels.row(workspaceId, conversation!.channel_id);
    const since = calledAt - RECORD_BEFORE_MS;
    const contactId = conversation!.contact_external_id;
    const reading = await readThread(channels, workspaceId, channel, contactId, since);
    if (reading.kind === "busy") return putOff(deps.db, wanted, deps.clock() + reading.afterMs);
    await deps.db
      .transaction()
      .execute((tx) => write(tx, { deps, receive }, wanted, conversation!, { reading, since }));
  };
}

async function write(
  tx: Tx,
  { deps, receive }: { deps: Deps; receive: ReceiveBatch },
  { workspaceId, conversationId, messageIds }: ToLookUp,
  conversation: ConversationRow,
  { reading, since }: { reading: Exclude<RecordReading, { kind: "busy" }>; since: number },
): Promise<void> {
  const now = deps.clock();
  const { channel_id: channelId, contact_external_id: contactExternalId } = conversation;
  await lockThreads(tx, [{ channelId, contactExternalId }]);
  const unsettled = await unsettledOf(tx, workspaceId, conversationId, since);
  const uncertain = unsettled.filter((m) => m.state === "uncertain");
  const events = reading.kind === "read" ? reading.events.filter((e) => e.direction === "outbound") : [];
  const ownAppId = deps.config.meta.appId;
  const taken = await takenIds(
    tx,
    { workspaceId, channelId, ownAppId },
    events.map((e) => e.mid),
  );
  const free = events.filter((e) => !taken.has(e.mid));
  const verdicts =
    reading.kind === "read"
      ? matchRecord(unsettled, { entries: free.map(entryOf), completeFrom: reading.completeFrom })
      : new Map<string, RecordMatch>();

  const proofs = uncertain.flatMap((m) => proofOf(m, verdicts.get(m.id), free));
  if (proofs.length > 0)
    await receive(tx, [
      { deliveryId: null, receivedAt: now, origin: "recovered", replayed: true, events: proofs.map((p) => p.event) },
    ]);
  for (const { match } of proofs) deps.metrics.outcomeLooks.inc({ result: match });

  const settled = new Set(proofs.map((p) => p.id));
  const open = uncertain.filter((m) => messageIds.includes(m.id) && !settled.has(m.id));
  const looks = deps.config.meta.outcomeLooksMs;
  for (const m of open) {
    const result = resultOf(verdicts.get(m.id), now - m.calledAt < (looks[0] ?? 0));
    const fault =
      reading.kind === "refused" ? reading.fault : result === "unclear" ? ("record_inconclusive" as const) : null;
    await noteLook(tx, workspaceId, m.id, {
      at: now,
      result,
      fault,
      nextAt: nextLookAt(m.calledAt, now, result, looks),
    });
    deps.metrics.outcomeLooks.inc({ result });
  }
  await writeEvents(
    tx,
    open.map((m) => ({ workspaceId, type: "message.updated" as const, conversationId, subjectId: m.id })),
  );
}

const entryOf = (e: MessageEvent) => ({
  mid: e.mid,
  at: e.at ?? 0,
  text: e.text,
  kinds: e.attachments.map((a) => a.kind),
  incomplete: e.incomplete,
});

/** The message of the record as an echo of ours: our id is what it lacks. */
function proofOf(
  m: Unsettled,
  verdict: RecordMatch | undefined,
  events: readonly MessageEvent[],
): { id: string; match: "found"; event: MessageEvent }[] {
  if (verdict?.kind !== "found") return [];
  const event = events.find((e) => e.mid === verdict.mid)!;
  // The record counts in whole seconds: our own time within that second is the better one.
  const sameSecond = Math.floor(m.sentAt / 1000) === Math.floor(verdict.at / 1000);
  return [
    {
      id: m.id,
      match: "found",
      event: { ...event, metadata: m.id, at: sameSecond ? Math.round(m.sentAt) : verdict.at },
    },
  ];
}

/** That it is not there means nothing as long as Meta may still be writing it down. */
function resultOf(verdict: RecordMatch | undefined, early: boolean): LookResult {
  if (verdict === undefined) return "unreadable";
  if (verdict.kind === "absent") return early ? "early" : "absent";
  return "unclear";
}
