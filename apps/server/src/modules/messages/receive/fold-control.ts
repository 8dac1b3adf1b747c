import { whoIs } from "@firstline/core";
import type { ControlEvent, InboundEvent } from "../../../adapters/channel.ts";
import { type ControlNote, holderData, type NewLine } from "../../conversations/index.ts";
import { sourceOf } from "./fold-message.ts";
import { clean, type Folded, type FoldedThread, greaterText, later, type ReceivedDelivery } from "./folded.ts";
import type { Counted } from "./intake.ts";

/** Meta's AI marks its echoes by a flag, or by this beside them (production sample, 2026-08). */
const AI_MARK = '{"source":"axon"}';

/** Kinds and referrals that reach every subscribed app, whoever holds the thread ("Lead generation ads", 2026-05-05). */
const SENT_TO_ALL: ReadonlySet<string> = new Set(["lead", "order", "form", "feedback"]);

/** What an event shows of who holds its thread: to us it came as the holder, or beside another one. */
export function foldHold(
  folded: Folded,
  thread: FoldedThread,
  event: InboundEvent,
  at: number,
  ownAppId: string,
): void {
  if (event.standby) {
    if (event.type !== "control") addNote(folded, thread, at, asideOf(event, ownAppId), null);
  } else if (isOfCustomer(event)) thread.primaryAt = later(thread.primaryAt, at);
}

/** A customer's own act. Receipts are none, and a lead's end is told to everybody. */
function isOfCustomer(event: InboundEvent): boolean {
  if (event.type === "message") return event.direction === "inbound" && !SENT_TO_ALL.has(event.kind);
  if (event.type === "reaction") return event.by === "customer";
  return event.type === "referral" && !event.referral.type?.startsWith("LEAD_");
}

type Said = Pick<ControlNote, "kind" | "holder" | "previous" | "metadata">;

/** An echo beside the thread names its app; everything else, Meta's notices too, says only that somebody else holds it. */
function asideOf(event: InboundEvent, ownAppId: string): Said {
  const said: Said = { kind: "standby", holder: "", previous: null, metadata: null };
  if (event.type !== "message" || event.direction === "inbound") return said;
  const { kind, appId } = sourceOf(event, ownAppId);
  if (kind === "own" || kind === "unknown" || kind === "meta_notice") return said;
  return { ...said, kind: "echo", holder: clean(appId ?? ""), metadata: kind === "meta_ai" ? AI_MARK : null };
}

/** Meta's own word: control was passed, taken, or another app asks us for it. */
export function foldControl(
  folded: Folded,
  thread: FoldedThread,
  event: ControlEvent,
  at: number,
  delivery: ReceivedDelivery,
  context: { ownAppId: string; counted: Counted | null },
): void {
  const { action, newAppId, previousAppId, metadata } = event;
  if (action === "request") {
    const who = whoIs(clean(newAppId ?? ""), null, context.ownAppId);
    const dedup = `control_requested|${thread.contactId}|${at}|${who.appId ?? ""}`;
    addLine(folded, context.counted, {
      workspaceId: thread.workspaceId,
      channelId: thread.channelId,
      contactExternalId: thread.contactId,
      kind: "control_requested",
      at,
      deliveryId: delivery.deliveryId,
      text: null,
      data: holderData(who),
      dedup,
    });
    return;
  }
  // A pass is told to the new holder: without a name, that is us. A take is told to the one who lost it.
  const holder = newAppId ?? (action === "pass" ? context.ownAppId : "");
  const said = { holder: clean(holder), previous: clean(previousAppId), metadata: clean(metadata) };
  addNote(folded, thread, at, { kind: action, ...said }, context.counted);
}

function addNote(folded: Folded, thread: FoldedThread, at: number, said: Said, counted: Counted | null): void {
  const key = [thread.channelId, thread.contactId, at, said.kind, said.holder].join("|");
  const before = folded.control.get(key);
  if (before) {
    folded.intake.add(counted, "duplicate");
    before.metadata = greaterText(before.metadata, said.metadata);
    before.previous = greaterText(before.previous, said.previous);
    return;
  }
  const { workspaceId, channelId, contactId } = thread;
  folded.control.set(key, { workspaceId, channelId, contactExternalId: contactId, at, until: null, ...said, counted });
}

/** A line, once: told again it is a duplicate. */
export function addLine(folded: Folded, counted: Counted | null, line: NewLine): void {
  const key = `${line.channelId}|${line.dedup}`;
  if (folded.lines.has(key)) folded.intake.add(counted, "duplicate");
  else folded.lines.set(key, { ...line, counted });
}
