import { settleExpiry } from "../routing/rules.ts";
import { emitDelivery, emitEvent, emitMessage, emitRead } from "../sender/events.ts";
import type { Sim } from "../sim.ts";
import { reactionOf } from "../store/reactions.ts";
import type { Message, StoredAttachment, Thread } from "../store/types.ts";
import { metaAiListens } from "./automation.ts";
import { changed, newMid, nextTime } from "./page-side.ts";

export interface CustomerMessage {
  text?: string;
  attachments?: StoredAttachment[];
  quickReplyPayload?: string;
  replyTo?: string;
  at?: number;
}

/** A message's other members that are taken as they are. */
type Extras = Pick<Message, "unsupported" | "empty" | "storyReply" | "referral" | "commands" | "priorMessage">;

/** Only these move the messaging window: messages, postbacks, reactions, links into the thread (Send messages, 2026-05-05). */
export function qualifyingAction(thread: Thread, at: number): void {
  settleExpiry(thread, at);
  thread.lastActionAt = Math.max(thread.lastActionAt ?? 0, at);
}

export function customerWrites(sim: Sim, thread: Thread, content: CustomerMessage & Extras): Message {
  const {
    text: _text,
    attachments: _attachments,
    quickReplyPayload: _payload,
    replyTo: _replyTo,
    at: _at,
    ...extras
  } = content;
  const referral = extras.referral ?? takeAdReferral(sim, thread);
  const at = content.at ?? nextTime(sim, thread);
  const message: Message = {
    mid: newMid(thread),
    from: "customer",
    at,
    attachments: content.attachments ?? [],
    reactions: [],
    edits: 0,
    ...(content.text !== undefined && { text: content.text }),
    ...(content.quickReplyPayload !== undefined && { quickReplyPayload: content.quickReplyPayload }),
    ...(content.replyTo && { replyTo: content.replyTo }),
    ...extras,
    ...(referral && { referral }),
  };
  if (thread.messages.length === 0) guestArrives(sim, thread, at);
  qualifyingAction(thread, at);
  if (message.referral?.source === "ADS") thread.adMessageAt = at;
  thread.customerTypingUntil = 0;
  sim.store.addMessage(thread, message);
  const answer = metaAiListens(sim, thread);
  emitMessage(sim, thread, message);
  answer?.();
  changed(sim, thread);
  return message;
}

/** The ad someone came by is told with the first message after it. */
function takeAdReferral(sim: Sim, thread: Thread): Record<string, unknown> | undefined {
  const customer = sim.store.customer(thread.customerId);
  const referral = customer?.adReferral;
  if (customer) delete customer.adReferral;
  return referral;
}

/** A guest of the old chat plugin is announced by a referral with `is_guest_user` (meta-receiving §5.2). */
export function guestArrives(sim: Sim, thread: Thread, at: number): void {
  if (sim.store.customer(thread.customerId)?.kind !== "guest") return;
  const referral = { ref: "", source: "CUSTOMER_CHAT_PLUGIN", type: "OPEN_THREAD", is_guest_user: "true" };
  emitEvent(sim, thread, "messaging_referrals", { referral }, { at: at - 1 });
}

export function customerPostback(
  sim: Sim,
  thread: Thread,
  tapped: { title: string; payload: string; referral?: Record<string, unknown> },
): Message {
  const { referral, ...postback } = tapped;
  const at = nextTime(sim, thread);
  const message: Message = {
    mid: newMid(thread),
    from: "customer",
    at,
    text: postback.title,
    attachments: [],
    reactions: [],
    edits: 0,
    postback,
  };
  if (thread.messages.length === 0) guestArrives(sim, thread, at);
  qualifyingAction(thread, at);
  sim.store.addMessage(thread, message);
  const told = { mid: message.mid, ...postback, ...(referral && { referral }) };
  emitEvent(sim, thread, "messaging_postbacks", { postback: told }, { at });
  changed(sim, thread);
  return message;
}

/** An m.me or ig.me link into an existing thread: resets the window (meta-receiving §2.7). */
export function customerReferral(sim: Sim, thread: Thread, referral: Record<string, unknown>): void {
  const at = nextTime(sim, thread);
  qualifyingAction(thread, at);
  const field = thread.platform === "instagram" ? "messaging_referral" : "messaging_referrals";
  emitEvent(sim, thread, field, { referral: { source: "SHORTLINK", type: "OPEN_THREAD", ...referral } }, { at });
  changed(sim, thread);
}

export function customerReacts(sim: Sim, thread: Thread, message: Message, emoji: string | null): void {
  const at = sim.now();
  const old = message.reactions.find((reaction) => reaction.by === "customer");
  message.reactions = message.reactions.filter((reaction) => reaction.by !== "customer");
  const named = emoji === null ? null : reactionOf(emoji);
  if (named) {
    message.reactions.push({ by: "customer", ...named });
    qualifyingAction(thread, at);
  }
  // Instagram does not say which reaction was taken back (Instagram messaging, Webhooks).
  const taken = old && thread.platform === "messenger" ? { reaction: old.reaction, emoji: old.emoji } : {};
  const subject = named ?? taken;
  const reaction = { mid: message.mid, action: named ? "react" : "unreact", ...subject };
  emitEvent(sim, thread, "message_reactions", { reaction }, { at });
  changed(sim, thread);
}

/** Everything up to now is read; what was not delivered yet is delivered first. Nothing new: no event. */
export function customerReads(sim: Sim, thread: Thread, at?: number): boolean {
  const watermark = Math.max(at ?? sim.now(), 0);
  const unread = thread.messages.filter(
    (message) => message.from === "page" && !message.readAt && message.at <= Math.max(watermark, sim.now()),
  );
  if (unread.length === 0) return false;
  const until = at ?? Math.max(watermark, unread.at(-1)?.at ?? 0);
  customerReceives(sim, thread);
  for (const message of unread) if (message.at <= until) message.readAt = until;
  thread.customerReadAt = until;
  emitRead(sim, thread, until);
  changed(sim, thread);
  return true;
}

/** The customer's phone goes online: what waited is delivered. */
export function customerReceives(sim: Sim, thread: Thread): void {
  const waiting = thread.messages.filter((message) => message.from === "page" && !message.deliveredAt);
  if (waiting.length === 0) return;
  const at = Math.max(sim.now(), waiting.at(-1)?.at ?? 0);
  for (const message of waiting) message.deliveredAt = at;
  emitDelivery(
    sim,
    thread,
    waiting.map(({ mid }) => mid),
    at,
  );
  changed(sim, thread);
}

/** At most five edits (Messenger; EV/message-edits). */
export function customerEdits(sim: Sim, thread: Thread, message: Message, text: string): void {
  message.text = text;
  message.edits += 1;
  const at = sim.now();
  const field = thread.platform === "instagram" ? "message_edit" : "message_edits";
  emitEvent(sim, thread, field, { message_edit: { mid: message.mid, text, num_edit: message.edits } }, { at });
  changed(sim, thread);
}
