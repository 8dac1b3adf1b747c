import { emitDelivery, emitEcho, emitEvent, emitMessage, emitRead, PAGE_INBOX_APP_ID } from "../sender/events.ts";
import type { Sim } from "../sim.ts";
import { reactionOf } from "../store/reactions.ts";
import type { Customer, Message, Page, StoredAttachment, Thread } from "../store/types.ts";
import { guestArrives, qualifyingAction } from "./customer-side.ts";
import { HISTORY, type Medium, type Step } from "./history.ts";
import { newMid } from "./page-side.ts";

export interface Played {
  pageId: string;
  played: boolean;
  messages: number;
  reason: string | null;
}

/**
 * Tells an app the sample conversations of a Page as real signed webhooks, dated back: messages, echoes from Page inbox,
 * deliveries, reads, reactions. Once per Page; `force` tells the same events again, as a redelivery would.
 */
export async function playHistory(sim: Sim, page: Page, force: boolean): Promise<Played> {
  if (page.installs.length === 0)
    return { pageId: page.id, played: false, messages: 0, reason: "no app is subscribed to this Page" };
  const again = page.playedAt !== null;
  if (again && !force)
    return { pageId: page.id, played: false, messages: 0, reason: "played before; use force to tell it again" };
  let messages = 0;
  for (const customer of sim.store.state.customers.filter((one) => one.pageId === page.id)) {
    const steps = HISTORY[customer.id];
    if (!steps) continue;
    const thread = sim.store.thread(customer);
    if (again) messages += retell(sim, thread);
    else messages += await tell(sim, customer, thread, steps);
  }
  page.playedAt ??= sim.now();
  sim.store.touch();
  sim.bus.emit({ type: "world" });
  return { pageId: page.id, played: true, messages, reason: null };
}

async function tell(sim: Sim, customer: Customer, thread: Thread, steps: Step[]): Promise<number> {
  const now = sim.now();
  let count = 0;
  for (const [minutesAgo, who, what] of steps) {
    const at = Math.round(now - minutesAgo * 60_000);
    if (who === "r") read(sim, thread, at);
    else if (who === "h") react(sim, thread, String(what), at);
    else {
      await write(sim, thread, who, what ?? "", at);
      count += 1;
    }
  }
  sim.bus.emit({ type: "thread", pageId: customer.pageId, customerId: customer.id });
  return count;
}

async function write(sim: Sim, thread: Thread, who: "c" | "p", what: string | Medium, at: number): Promise<void> {
  if (thread.messages.length === 0) guestArrives(sim, thread, at);
  const message: Message = {
    mid: newMid(thread),
    from: who === "c" ? "customer" : "page",
    at,
    ...(typeof what === "string" && { text: what }),
    attachments: typeof what === "string" ? [] : [await attach(sim, what)],
    reactions: [],
    edits: 0,
    ...(who === "p" && { appId: PAGE_INBOX_APP_ID, deliveredAt: at + 900 }),
  };
  sim.store.addMessage(thread, message);
  if (who === "c") {
    qualifyingAction(thread, at);
    emitMessage(sim, thread, message);
    return;
  }
  emitEcho(sim, thread, message);
  emitDelivery(sim, thread, [message.mid], at + 900);
}

async function attach(sim: Sim, medium: Medium): Promise<StoredAttachment> {
  if (medium.type === "sticker")
    return { type: "sticker", stickerId: 369239263222822, url: `${sim.baseUrl()}/_cdn/sticker/369239263222822.png` };
  const blob = await sim.blobs.put(medium.make(), medium.name, medium.contentType);
  return { type: medium.type, blobId: blob.id, name: blob.name, contentType: blob.contentType, size: blob.size };
}

function read(sim: Sim, thread: Thread, at: number): void {
  for (const message of thread.messages) if (message.from === "page" && message.at <= at) message.readAt ??= at;
  thread.customerReadAt = at;
  emitRead(sim, thread, at);
}

function react(sim: Sim, thread: Thread, emoji: string, at: number): void {
  const message = thread.messages.findLast((one) => one.from === "page");
  if (!message) return;
  const reaction = reactionOf(emoji);
  message.reactions.push({ by: "customer", ...reaction });
  qualifyingAction(thread, at);
  emitEvent(sim, thread, "message_reactions", { reaction: { ...reaction, action: "react", mid: message.mid } }, { at });
}

/** Tells what is already in the thread a second time, with the same message ids. */
function retell(sim: Sim, thread: Thread): number {
  for (const message of thread.messages) {
    if (message.from === "customer") emitMessage(sim, thread, message);
    else emitEcho(sim, thread, message);
  }
  return thread.messages.length;
}
