import type { Batch } from "./batch.ts";
import { effectKey } from "./fold.ts";
import type { FoldedMessage } from "./folded.ts";
import { isLate } from "./intake.ts";
import * as statements from "./statements/index.ts";

export interface InsertedMessage {
  workspaceId: string;
  conversationId: string;
  messageId: string;
  direction: "inbound" | "outbound";
  /** Meta's time, ms. */
  at: number;
}

/** Messages first, then what happened to them. Gives what is really new. */
export async function writeMessages(batch: Batch): Promise<InsertedMessage[]> {
  const settled = await settleOwn(batch);
  const inserted = await insert(batch, settled);
  await writeEffects(batch);
  return inserted;
}

/** Replies of ours that come back are settled, and never become a second bubble. Gives the keys that were ours. */
async function settleOwn(batch: Batch): Promise<Set<string>> {
  const { tx, folded } = batch;
  const outbound = [...folded.messages.values()].filter((m) => m.direction === "outbound");
  if (outbound.length === 0) return new Set();
  const ours = await statements.settleOwnEchoes(tx, outbound, batch.deps.clock());
  const doubles = ours.filter((o) => o.doubled);
  if (doubles.length > 0)
    await forgetFiles(
      batch,
      await statements.joinDoubles(
        tx,
        doubles.map((d) => ({ ...d, mid: folded.messages.get(d.key)!.mid })),
      ),
    );
  const keys = new Set(ours.map((o) => o.key));
  for (const o of ours)
    if (o.takenBack) batch.changed.set(o.id, o);
    else if (o.same) folded.intake.add(folded.messages.get(o.key)!.counted, "duplicate");
    else settle(batch, o);

  const replies = ours.filter((o) => o.privateReply);
  const unclaimed = [...folded.messages.entries()].filter(
    ([key, m]) => m.direction === "outbound" && m.text !== null && !keys.has(key) && mayBeOurs(batch, m),
  );
  if (unclaimed.length > 0)
    for (const o of await statements.settleByText(
      tx,
      unclaimed.map(([, m]) => placed(batch, m)),
    )) {
      keys.add(o.key);
      settle(batch, o);
      if (o.privateReply) replies.push({ ...o, same: false, doubled: false, takenBack: false });
    }
  await tellPrivateReplies(batch, replies);
  return keys;
}

/** A private reply went out: its comment knows, and whom it reached, which may be nobody we knew by that id. */
async function tellPrivateReplies(batch: Batch, replies: readonly statements.SettledEcho[]): Promise<void> {
  if (replies.length === 0) return;
  await statements.notePrivateReplies(
    batch.tx,
    replies.map((r) => r.id),
  );
  const moved = replies.flatMap((r) => {
    const thread = batch.threads.get(batch.folded.messages.get(r.key)!.threadKey)!;
    return thread.conversationId === r.conversationId ? [] : [{ ...r, contactExternalId: thread.contactId }];
  });
  await batch.deps.jobs.add(
    "messages.private-reply-person",
    moved.map(({ workspaceId, id, contactExternalId }) => ({
      data: { workspaceId, messageId: id, contactExternalId },
    })),
    batch.tx,
  );
}

/** Meta's record names no app; an echo of ours that brings no id of ours back is Instagram's. */
const mayBeOurs = ({ deps }: Batch, m: FoldedMessage) =>
  m.recovered || (m.ownId === null && (m.appId === null || m.appId === deps.config.meta.appId));

function settle(batch: Batch, message: statements.Touched & { key: string }): void {
  batch.written.add(message.key);
  batch.changed.set(message.id, message);
  const change = batch.changes.get(message.conversationId);
  if (change) change.settled = true;
}

const placed = (batch: Batch, m: FoldedMessage) => ({
  ...m,
  conversationId: batch.threads.get(m.threadKey)!.conversationId!,
});

async function insert(batch: Batch, settled: ReadonlySet<string>): Promise<InsertedMessage[]> {
  const { tx, folded } = batch;
  const candidates = [...folded.messages.entries()]
    .filter(([key]) => !settled.has(key))
    .map(([, m]) => placed(batch, m));
  const inserted = candidates.length > 0 ? await statements.insertMessages(tx, candidates) : [];
  const recoveredInbound: { conversationId: string; at: number }[] = [];
  for (const m of inserted) {
    batch.created.add(m.id);
    batch.written.add(m.key);
    const change = batch.changes.get(m.conversationId)!;
    const { sentAt, recovered } = folded.messages.get(m.key)!;
    if (!change.newest || sentAt > change.newest.sentAt || (sentAt === change.newest.sentAt && m.id > change.newest.id))
      change.newest = { id: m.id, sentAt };
    batch.toldOf.add(m.conversationId);
    if (m.direction === "outbound") change.newOutbound++;
    else if (recovered) recoveredInbound.push({ conversationId: m.conversationId, at: sentAt });
    else change.newInbound++;
    batch.events.push({
      workspaceId: m.workspaceId,
      type: "message.created",
      conversationId: m.conversationId,
      subjectId: m.id,
    });
  }
  const withFiles = inserted.flatMap((m) => {
    const full = folded.messages.get(m.key)!;
    return full.attachments.length > 0 ? [{ ...full, id: m.id, conversationId: m.conversationId }] : [];
  });
  const files = await statements.insertAttachments(tx, withFiles);
  await fetchFiles(
    batch,
    files.filter((f) => f.state === "pending"),
  );
  if (inserted.length < candidates.length) {
    const created = new Set(inserted.map((m) => m.key));
    await merge(
      batch,
      candidates.filter((m) => !created.has(`${m.channelId}|${m.mid}`)),
    );
  }
  if (recoveredInbound.length > 0) await countUnanswered(batch, recoveredInbound);
  return inserted.map((m) => ({
    workspaceId: m.workspaceId,
    conversationId: m.conversationId,
    messageId: m.id,
    direction: m.direction,
    at: folded.messages.get(m.key)!.sentAt,
  }));
}

/** Told before: by Meta again, which changes nothing, or once by its webhook and once by its record, which complete each other. */
async function merge(batch: Batch, again: FoldedMessage[]): Promise<void> {
  const { tx, folded } = batch;
  const merged = new Map((await statements.mergeRecovered(tx, again)).map((m) => [m.key, m]));
  for (const m of again) {
    const known = merged.get(`${m.channelId}|${m.mid}`);
    if (!known) folded.intake.add(m.counted, "duplicate");
    else if (!isLate(m.sentAt, m.arrivedAt)) folded.intake.add(m.counted, "late");
    if (!known) continue;
    settle(batch, known);
    batch.toldOf.add(known.conversationId);
  }
  const withContent = again.flatMap((m) => {
    const known = merged.get(`${m.channelId}|${m.mid}`);
    return known?.content ? [{ ...m, ...known }] : [];
  });
  if (withContent.length === 0) return;
  const { pending, gone } = await statements.replaceAttachments(tx, withContent);
  await fetchFiles(batch, pending);
  await forgetFiles(batch, gone);
}

/** What was recovered calls for attention only where nothing went out after it. */
async function countUnanswered(batch: Batch, inbound: { conversationId: string; at: number }[]): Promise<void> {
  const keys = new Set(inbound.map((m) => m.conversationId));
  const newest = await statements.newestOutbound(
    batch.tx,
    [...keys].map((id) => batch.changes.get(id)!),
  );
  for (const m of inbound)
    if (m.at > (newest.get(m.conversationId) ?? 0)) batch.changes.get(m.conversationId)!.newInbound++;
}

async function writeEffects(batch: Batch): Promise<void> {
  const { tx, folded } = batch;
  const effects = [...folded.effects.values()];
  if (effects.length > 0) {
    const again = await statements.upsertEffects(tx, effects);
    for (const e of effects) if (again.has(effectKey(e))) folded.intake.add(e.counted, "duplicate");
  }
  const written = [...batch.written].map((key) => folded.messages.get(key)!);
  const keys = [...effects, ...written].map((e) => ({
    workspaceId: e.workspaceId,
    channelId: e.channelId,
    mid: e.mid,
  }));
  const shown = keys.length > 0 ? await statements.showEffects(tx, keys) : [];
  for (const s of shown) {
    batch.changed.set(s.id, s);
    const change = batch.changes.get(s.conversationId);
    if (change && s.seenAt) change.readAt = Math.max(change.readAt ?? 0, s.seenAt.getTime());
  }
  const unsent = shown.filter((s) => s.unsent);
  if (unsent.length > 0) await forgetFiles(batch, await statements.forgetContent(tx, unsent));
}

const fetchFiles = (batch: Batch, files: { workspaceId: string; id: string }[]) =>
  batch.deps.jobs.add(
    "media.fetch",
    files.map((f) => ({ data: { workspaceId: f.workspaceId, attachmentId: f.id } })),
    batch.tx,
  );

const forgetFiles = (batch: Batch, keys: string[]) =>
  batch.deps.jobs.add(
    "media.forget",
    keys.map((key) => ({ data: { key } })),
    batch.tx,
  );
