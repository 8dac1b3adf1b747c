import type { Sim } from "../sim.ts";
import type { Customer, Message, Page, Thread, User } from "../store/types.ts";
import { ControlError } from "./body.ts";

export function findPage(sim: Sim, id: string): Page {
  const page = sim.store.page(id) ?? sim.store.pageByInstagram(id);
  if (!page) throw new ControlError(404, `There is no Page ${id}.`);
  return page;
}

export function findUser(sim: Sim, id: string): User {
  const user = sim.store.state.users.find((candidate) => candidate.id === id);
  if (!user) throw new ControlError(404, `There is no user ${id}.`);
  return user;
}

export function findCustomer(sim: Sim, pageId: string, id: string): Customer {
  const page = findPage(sim, pageId);
  const customer = sim.store.customer(id);
  if (customer?.pageId !== page.id) throw new ControlError(404, `Page ${page.id} has no customer ${id}.`);
  return customer;
}

export function findMessage(sim: Sim, thread: Thread, mid: string): Message {
  const found = sim.store.message(mid);
  if (found?.thread !== thread) throw new ControlError(404, `This conversation has no message ${mid}.`);
  return found.message;
}
