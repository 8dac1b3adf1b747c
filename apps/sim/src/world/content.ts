import { emitEvent } from "../sender/events.ts";
import { messageOnTheWire } from "../sender/message-wire.ts";
import type { Sim } from "../sim.ts";
import { numericId } from "../store/ids.ts";
import type { Message, Thread } from "../store/types.ts";
import { customerWrites, qualifyingAction } from "./customer-side.ts";
import { changed, nextTime } from "./page-side.ts";

/**
 * Takes a message back. Its content is gone for everybody. Instagram tells it (`is_deleted`); Messenger has no such event,
 * `event` sends one of the same shape, as seen in public bodies (meta-receiving §2.1, §2.21).
 */
export function customerUnsends(sim: Sim, thread: Thread, message: Message, event: boolean): void {
  message.removed = true;
  delete message.text;
  delete message.storyReply;
  message.attachments = [];
  message.reactions = [];
  if (thread.platform === "instagram" || event)
    emitEvent(sim, thread, "messages", { message: messageOnTheWire(sim, thread, message) }, { at: sim.now() });
  changed(sim, thread);
}

export interface AdClick {
  adId?: string;
  adTitle?: string;
  ref?: string;
  photoUrl?: string;
  write?: string;
}

/**
 * A click-to-message ad. Whoever writes at once brings the ad in the message; who only opens the conversation causes a
 * referral, and brings the ad again with the first message (EV/messages, EV/messaging_referrals; meta-receiving §2.1, §2.7).
 */
export function customerClicksAd(sim: Sim, thread: Thread, click: AdClick): { adId: string; message: Message | null } {
  const adId = click.adId ?? numericId(13);
  const referral = {
    ...(click.ref !== undefined && { ref: click.ref }),
    ad_id: adId,
    source: "ADS",
    type: "OPEN_THREAD",
    ads_context_data: {
      ad_title: click.adTitle ?? "Ad",
      photo_url: click.photoUrl ?? `${sim.baseUrl()}/_cdn/avatar/${adId}.png`,
      post_id: numericId(15),
    },
  };
  if (click.write !== undefined) return { adId, message: customerWrites(sim, thread, { text: click.write, referral }) };
  const customer = sim.store.customer(thread.customerId);
  if (customer) customer.adReferral = referral;
  const at = nextTime(sim, thread);
  if (thread.messages.length > 0) qualifyingAction(thread, at);
  const field = thread.platform === "instagram" ? "messaging_referral" : "messaging_referrals";
  emitEvent(sim, thread, field, { referral }, { at });
  changed(sim, thread);
  return { adId, message: null };
}

/** A guest presses End Chat: the Page keeps its copy, later sends fail with 100/2018001 (meta-receiving §5.2). */
export function guestEndsChat(sim: Sim, thread: Thread, event: boolean): void {
  const customer = sim.store.customer(thread.customerId);
  if (customer) customer.chatEnded = true;
  // Meta's termination event was never seen: field and shape are ours.
  const ended = { guest_chat: { status: "ended" } };
  if (event) emitEvent(sim, thread, "messaging_referrals", ended, { at: nextTime(sim, thread) });
  changed(sim, thread);
}
