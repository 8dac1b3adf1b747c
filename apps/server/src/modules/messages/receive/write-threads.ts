import { refreshControl, writeControlEvidence, writeLines } from "../../conversations/index.ts";
import type { Batch } from "./batch.ts";
import type { PlacedThread } from "./place.ts";
import * as statements from "./statements/index.ts";

type Known = PlacedThread & { contactRow: string };

/** What messages and marks mean for their conversations and people, who holds them, and the lines Meta's events leave. */
export async function writeThreads(batch: Batch): Promise<void> {
  const { tx, threads } = batch;
  const homeless = [...threads.values()].filter((t) => !t.conversationId && hasMarks(t));
  if (homeless.length > 0) await statements.upsertThreadMarks(tx, homeless);
  const heldAnew = await writeEvidence(batch);
  await writeConversations(batch, heldAnew);
  const people = [...threads.values()]
    .filter((t): t is Known => t.contactRow !== null && (t.inboundAt !== null || t.isGuest || t.referral !== null))
    .sort((a, b) => (a.contactRow < b.contactRow ? -1 : 1));
  const joined = await joinUserRefs(batch, people);
  const met = people.length > 0 ? await statements.updateContacts(tx, people) : new Set<string>();
  tellChanges(batch, met);
  for (const { workspaceId, contactId } of joined)
    batch.events.push({ workspaceId, type: "contact.updated", conversationId: null, subjectId: contactId });
  await writeNotes(batch);
}

const hasMarks = (t: PlacedThread) =>
  (t.qualifyingAt ?? t.primaryAt ?? t.deliveredAt ?? t.readAt ?? t.guestEndedAt) !== null ||
  t.isGuest ||
  t.referral !== null;

/** Gives the conversations of which there is new evidence. */
async function writeEvidence({ tx, folded, threads }: Batch): Promise<Set<string>> {
  const notes = [...folded.control.values()];
  if (notes.length === 0) return new Set();
  const written = await writeControlEvidence(tx, notes);
  notes.forEach((n, i) => {
    if (!written[i]) folded.intake.add(n.counted, "duplicate");
  });
  return new Set(notes.flatMap((n) => threads.get(`${n.channelId}|${n.contactExternalId}`)?.conversationId ?? []));
}

async function writeConversations(batch: Batch, heldAnew: ReadonlySet<string>): Promise<void> {
  const { tx, changes, events } = batch;
  if (changes.size === 0) return;
  const touched = await statements.updateConversations(tx, [...changes.values()]);
  const reopened = touched.filter((t) => t.reopened);
  if (reopened.length > 0)
    for (const line of await statements.noteReopened(tx, reopened))
      events.push({
        workspaceId: line.workspaceId,
        type: "activity.created",
        conversationId: line.conversationId,
        subjectId: line.id,
      });
  const outgoing = [...changes.values()].filter(
    (c) => c.deliveredAt !== null || c.readAt !== null || c.settled || c.newOutbound > 0,
  );
  if (outgoing.length > 0) for (const m of await statements.applyWatermarks(tx, outgoing)) batch.changed.set(m.id, m);
  const { toldOf } = batch;
  const controlled = touched.filter(
    (t) => t.controlled && (t.held || toldOf.has(t.conversationId) || heldAnew.has(t.conversationId)),
  );
  events.push(...(await refreshControl(tx, batch.deps, controlled)));
}

function tellChanges(batch: Batch, met: ReadonlySet<string>): void {
  const { events, changes, created } = batch;
  for (const m of batch.changed.values())
    if (!created.has(m.id))
      events.push({
        workspaceId: m.workspaceId,
        type: "message.updated",
        conversationId: m.conversationId,
        subjectId: m.id,
      });
  const spoken = new Set(events.filter((e) => e.type !== "activity.created").map((e) => e.conversationId));
  for (const t of batch.threads.values()) {
    if (!t.conversationId || !t.contactRow) continue;
    const base = { workspaceId: t.workspaceId, conversationId: t.conversationId };
    const opened = changes.get(t.conversationId)!.qualifyingAt !== null;
    if (!spoken.has(t.conversationId) && (opened || t.guestEndedAt !== null))
      events.push({ ...base, type: "conversation.updated", subjectId: t.conversationId });
    // A message's event carries the conversation; what stands on the contact alone needs one of its own.
    if (met.has(t.contactRow) || t.relabelled)
      events.push({ ...base, type: "contact.updated", subjectId: t.contactRow });
  }
}

async function joinUserRefs({ tx, folded }: Batch, people: readonly Known[]) {
  return folded.userRefs.size === 0 ? [] : statements.joinUserRefs(tx, [...folded.userRefs.values()], people);
}

async function writeNotes({ tx, folded, events }: Batch): Promise<void> {
  if (folded.lines.size > 0) {
    const written = new Map((await writeLines(tx, [...folded.lines.values()])).map((l) => [l.dedup, l.event]));
    for (const [key, line] of folded.lines) {
      if (!written.has(key)) folded.intake.add(line.counted, "duplicate");
      const event = written.get(key);
      if (event) events.push(event);
    }
  }
  if (folded.comments.size > 0) {
    const written = new Map(
      (await statements.upsertComments(tx, [...folded.comments.values()])).map((c) => [c.key, c]),
    );
    for (const [key, comment] of folded.comments) {
      const now = written.get(key);
      if (!now) folded.intake.add(comment.counted, "duplicate");
      else if (now.conversationId)
        events.push({
          workspaceId: now.workspaceId,
          type: "activity.created",
          conversationId: now.conversationId,
          subjectId: now.id,
        });
    }
  }
}
