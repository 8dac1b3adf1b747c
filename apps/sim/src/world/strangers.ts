import type { Sim } from "../sim.ts";
import type { Checkbox } from "../store/content.ts";
import { messengerMid, numericId, opaque } from "../store/ids.ts";
import type { Customer, Message, Page } from "../store/types.ts";
import { customerOf } from "./build.ts";
import { customerWrites } from "./customer-side.ts";
import type { NewMessage } from "./page-side.ts";

/** A guest of the old chat plugin; the first event carries `is_guest_user` (meta-receiving §5.2). */
export function newGuest(sim: Sim, page: Page, name = `Guest ${numericId(4)}`): Customer {
  const customer = sim.store.addCustomer(customerOf({ pageId: page.id, name, kind: "guest" }));
  sim.bus.emit({ type: "world" });
  return customer;
}

/**
 * Someone ticks the checkbox plugin: an opt-in without a sender, since the app learns no id before the person writes
 * (Messenger Platform, Checkbox plugin; meta-receiving §2.8).
 */
export function tickCheckbox(sim: Sim, page: Page, input: { userRef?: string; ref?: string; name?: string }): Checkbox {
  const box: Checkbox = {
    userRef: input.userRef ?? opaque(15),
    ref: input.ref ?? null,
    name: input.name ?? "Nora Berg",
    at: sim.now(),
    customerId: null,
    waiting: [],
  };
  page.checkboxes = [...(page.checkboxes ?? []), box];
  sim.sender.emit({
    page,
    object: "page",
    field: "messaging_optins",
    customerId: box.userRef,
    event: {
      recipient: { id: page.id },
      timestamp: box.at,
      optin: { ...(box.ref !== null && { ref: box.ref }), user_ref: box.userRef },
    },
  });
  sim.store.touch();
  sim.bus.emit({ type: "world" });
  return box;
}

/** A message to a `user_ref`: neither echo nor receipts are sent for it (Meta's notice of 2018-02-19). */
export function writeToCheckbox(sim: Sim, box: Checkbox, content: NewMessage): Message {
  const customer = box.customerId === null ? undefined : sim.store.customer(box.customerId);
  const at = Math.max(sim.now(), (box.waiting.at(-1)?.at ?? 0) + 1);
  const message: Message = { mid: messengerMid(), from: "page", reactions: [], edits: 0, ...content, at };
  if (customer) sim.store.addMessage(sim.store.thread(customer), message);
  else box.waiting.push(message);
  sim.store.touch();
  return message;
}

/** The person writes: now there is an id, joined to the `user_ref` by `prior_message` on the first message. */
export function checkboxWrites(
  sim: Sim,
  page: Page,
  box: Checkbox,
  text: string,
): { customer: Customer; message: Message } {
  const known = box.customerId === null ? undefined : sim.store.customer(box.customerId);
  if (known) return { customer: known, message: customerWrites(sim, sim.store.thread(known), { text }) };
  const customer = sim.store.addCustomer(customerOf({ pageId: page.id, name: box.name }));
  const thread = sim.store.thread(customer);
  for (const waiting of box.waiting) sim.store.addMessage(thread, waiting);
  box.customerId = customer.id;
  box.waiting = [];
  const priorMessage = { source: "checkbox_plugin", identifier: box.userRef };
  const message = customerWrites(sim, thread, { text, priorMessage });
  sim.bus.emit({ type: "world" });
  return { customer, message };
}
