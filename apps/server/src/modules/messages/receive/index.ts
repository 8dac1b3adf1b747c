import type { Deps } from "../../../deps.ts";
import type { Tx } from "../../../platform/db/pool.ts";
import { type NewEvent, writeEvents } from "../../../platform/outbox/index.ts";
import {
  type DeliveryConcerns,
  type FoldedMessage,
  type FoldedThread,
  foldBatch,
  type ReceivedDelivery,
  routeKey,
} from "./fold.ts";
import * as statements from "./statements.ts";

export type { DeliveryConcerns, ReceivedDelivery } from "./fold.ts";

/** A message that was not here before, neither from Meta nor from us. */
export interface InsertedMessage {
  workspaceId: string;
  conversationId: string;
  messageId: string;
  direction: "inbound" | "outbound";
  /** Meta's time, ms. */
  at: number;
}

export interface Received {
  /** By number of the delivery. */
  concerns: Map<number, DeliveryConcerns>;
  /** What was really new, in no special order. */
  inserted: InsertedMessage[];
}

/** Writes what Meta told, in the caller's transaction. */
export type ReceiveBatch = (tx: Tx, deliveries: readonly ReceivedDelivery[]) => Promise<Received>;

type PlacedThread = FoldedThread & { contactRow: string | null; conversationId: string | null; isNew: boolean };

/**
 * Receiving is set-based: a batch of many conversations is written in a constant number of statements. The order below matters
 * only inside one transaction; between deliveries none matters, because every statement merges.
 */
export function createReceive(deps: Pick<Deps, "jobs" | "config">): ReceiveBatch {
  return async (tx, deliveries) => {
    const accounts = new Map<string, { platform: "messenger" | "instagram"; accountId: string }>();
    for (const d of deliveries)
      for (const e of d.events)
        if (e.platform && e.accountId)
          accounts.set(routeKey(e.platform, e.accountId), { platform: e.platform, accountId: e.accountId });
    const found = accounts.size > 0 ? await statements.routesOf(tx, [...accounts.values()]) : [];
    const routes = new Map(
      found.map((r) => [routeKey(r.platform, r.accountId), { workspaceId: r.workspaceId, channelId: r.channelId }]),
    );
    const folded = foldBatch(deliveries, routes, deps.config.meta.appId ?? "");
    const inserted: InsertedMessage[] = [];
    if (folded.lastEventAt.size === 0) return { concerns: folded.concerns, inserted };

    const events: NewEvent[] = [];
    if (folded.threads.size > 0) {
      const threads = await place(tx, deps, folded.threads);
      inserted.push(...(await write(tx, deps, folded.messages, folded.effects, threads, events)));
    }
    await statements.noteChannelEvents(tx, folded);
    await writeEvents(tx, events);
    return { concerns: folded.concerns, inserted };
  };
}

/** Finds or makes contact and conversation of every thread that has a message; the others stay without if they have none. */
async function place(
  tx: Tx,
  deps: Pick<Deps, "jobs">,
  folded: Map<string, FoldedThread>,
): Promise<Map<string, PlacedThread>> {
  const list = [...folded.values()];
  await statements.lockThreads(tx, list);
  const ids = await statements.findThreads(tx, list);
  const placed = list.map(
    (t, n): PlacedThread => ({
      ...t,
      contactRow: ids[n]!.contactId,
      conversationId: ids[n]!.conversationId,
      isNew: false,
    }),
  );

  const nameless = placed.filter((t, n) => t.inboundAt !== null && ids[n]!.askAgain);
  const strangers = placed.filter((t) => t.hasMessage && t.contactRow === null);
  if (strangers.length > 0) {
    const made = await statements.insertContacts(tx, strangers);
    strangers.forEach((t, n) => {
      t.contactRow = made[n]!;
      t.isNew = true;
    });
  }
  const unread = [...strangers.filter((t) => !t.isGuest), ...nameless];
  await deps.jobs.add(
    "contacts.profile",
    unread.map((t) => ({ data: { workspaceId: t.workspaceId, contactId: t.contactRow! } })),
    tx,
  );
  const threadless = placed.filter((t) => t.hasMessage && t.conversationId === null);
  if (threadless.length > 0) {
    const made = await statements.insertConversations(tx, threadless as (PlacedThread & { contactRow: string })[]);
    threadless.forEach((t, n) => {
      t.conversationId = made[n]!;
    });
  }
  return new Map([...folded.keys()].map((k, n) => [k, placed[n]!]));
}

async function write(
  tx: Tx,
  deps: Pick<Deps, "jobs">,
  messages: Map<string, FoldedMessage>,
  effects: Map<string, Parameters<typeof statements.upsertEffects>[1][number]>,
  threads: Map<string, PlacedThread>,
  events: NewEvent[],
): Promise<InsertedMessage[]> {
  const changed = new Map<string, statements.Touched>();
  const changes = new Map<string, statements.ThreadChange>();
  for (const t of threads.values())
    if (t.conversationId)
      changes.set(t.conversationId, {
        workspaceId: t.workspaceId,
        conversationId: t.conversationId,
        newInbound: 0,
        newMessages: 0,
        newest: null,
        settled: false,
        inboundAt: t.inboundAt,
        qualifyingAt: t.qualifyingAt,
        deliveredAt: t.deliveredAt,
        readAt: t.readAt,
      });

  const outbound = [...messages.values()].filter((m) => m.direction === "outbound");
  const ours = outbound.length > 0 ? await statements.settleOwnEchoes(tx, outbound) : [];
  const oursByKey = new Set(ours.map((o) => o.key));
  for (const o of ours) {
    changed.set(o.id, o);
    const change = changes.get(o.conversationId);
    if (change) change.settled = true;
  }

  const candidates = [...messages.entries()]
    .filter(([key]) => !oursByKey.has(key))
    .map(([, m]) => ({ ...m, conversationId: threads.get(m.threadKey)!.conversationId! }));
  const inserted = candidates.length > 0 ? await statements.insertMessages(tx, candidates) : [];
  const created = new Set(inserted.map((m) => m.id));
  for (const m of inserted) {
    const change = changes.get(m.conversationId)!;
    change.newMessages++;
    const { sentAt } = messages.get(m.key)!;
    if (!change.newest || sentAt > change.newest.sentAt || (sentAt === change.newest.sentAt && m.id > change.newest.id))
      change.newest = { id: m.id, sentAt };
    if (m.direction === "inbound") change.newInbound++;
    events.push({
      workspaceId: m.workspaceId,
      type: "message.created",
      conversationId: m.conversationId,
      subjectId: m.id,
    });
  }
  const withFiles = inserted.flatMap((m) => {
    const full = messages.get(m.key)!;
    return full.attachments.length > 0 ? [{ ...full, id: m.id, conversationId: m.conversationId }] : [];
  });
  const files = await statements.insertAttachments(tx, withFiles);
  await deps.jobs.add(
    "media.fetch",
    files
      .filter((f) => f.state === "pending")
      .map((f) => ({ data: { workspaceId: f.workspaceId, attachmentId: f.id } })),
    tx,
  );

  if (effects.size > 0) await statements.upsertEffects(tx, [...effects.values()]);
  const keys = [
    ...[...effects.values()],
    ...inserted.map((m) => messages.get(m.key)!),
    ...ours.map((o) => messages.get(o.key)!),
  ].map((e) => ({ workspaceId: e.workspaceId, channelId: e.channelId, mid: e.mid }));
  const shown = keys.length > 0 ? await statements.showEffects(tx, keys) : [];
  for (const s of shown) {
    changed.set(s.id, s);
    const change = changes.get(s.conversationId);
    if (change && s.seenAt) change.readAt = Math.max(change.readAt ?? 0, s.seenAt.getTime());
  }
  const unsent = shown.filter((s) => s.unsent);
  if (unsent.length > 0) {
    const keysGone = await statements.forgetAttachments(tx, unsent);
    await deps.jobs.add(
      "media.forget",
      keysGone.map((key) => ({ data: { key } })),
      tx,
    );
  }

  const homeless = [...threads.values()].filter(
    (t) =>
      !t.conversationId && ((t.qualifyingAt ?? t.deliveredAt ?? t.readAt) !== null || t.isGuest || t.referral !== null),
  );
  if (homeless.length > 0) await statements.upsertThreadMarks(tx, homeless);

  if (changes.size > 0) {
    const reopened = await statements.updateConversations(tx, [...changes.values()]);
    if (reopened.length > 0)
      for (const line of await statements.noteReopened(tx, reopened))
        events.push({
          workspaceId: line.workspaceId,
          type: "activity.created",
          conversationId: line.conversationId,
          subjectId: line.id,
        });
    const outgoing = [...changes.values()].filter(
      (c) => c.deliveredAt !== null || c.readAt !== null || c.settled || c.newMessages > c.newInbound,
    );
    if (outgoing.length > 0) for (const m of await statements.applyWatermarks(tx, outgoing)) changed.set(m.id, m);
  }
  const people = [...threads.values()].filter(
    (t) => t.contactRow && (t.inboundAt !== null || t.isGuest || t.referral),
  ) as (PlacedThread & { contactRow: string })[];
  const met = people.length > 0 ? await statements.updateContacts(tx, people) : new Set<string>();

  for (const m of changed.values())
    if (!created.has(m.id))
      events.push({
        workspaceId: m.workspaceId,
        type: "message.updated",
        conversationId: m.conversationId,
        subjectId: m.id,
      });
  const spoken = new Set(events.map((e) => e.conversationId));
  for (const c of changes.values())
    if (!spoken.has(c.conversationId) && c.qualifyingAt !== null)
      events.push({
        workspaceId: c.workspaceId,
        type: "conversation.updated",
        conversationId: c.conversationId,
        subjectId: c.conversationId,
      });
  // A message's event carries the conversation; what stands on the contact alone needs one of its own.
  for (const t of people)
    if (t.conversationId && met.has(t.contactRow))
      events.push({
        workspaceId: t.workspaceId,
        type: "contact.updated",
        conversationId: t.conversationId,
        subjectId: t.contactRow,
      });
  return inserted.map((m) => ({
    workspaceId: m.workspaceId,
    conversationId: m.conversationId,
    messageId: m.id,
    direction: m.direction,
    at: messages.get(m.key)!.sentAt,
  }));
}
