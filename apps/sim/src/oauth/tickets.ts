import type { Sim } from "../sim.ts";
import { opaque } from "../store/ids.ts";
import type { Chosen } from "./decide.ts";

/** Somebody on the way through the dialog: who, what they passed so far and what they want. */
export interface Ticket {
  userId: string;
  at: number;
  passedCode: boolean;
  /** `choose`: shows Pages and permissions first; `finish`: grants what is chosen here, or as before. */
  wish: "choose" | "finish";
  chosen: Chosen;
}

const LIFE_MS = 10 * 60_000;
const KEEP = 200;
/** In memory: a login does not outlive a restart. */
const all = new WeakMap<Sim, Map<string, Ticket>>();

export function issueTicket(sim: Sim, ticket: Omit<Ticket, "at" | "passedCode">): string {
  const tickets = all.get(sim) ?? new Map<string, Ticket>();
  all.set(sim, tickets);
  const id = opaque(18);
  tickets.set(id, { ...ticket, at: sim.now(), passedCode: false });
  if (tickets.size > KEEP) tickets.delete(tickets.keys().next().value ?? "");
  return id;
}

export function ticketOf(sim: Sim, id: string | undefined): Ticket | null {
  const ticket = id === undefined ? undefined : all.get(sim)?.get(id);
  return ticket && sim.now() - ticket.at < LIFE_MS ? ticket : null;
}
