import type { Sim } from "../sim.ts";
import { ALL_TASKS } from "../store/tokens.ts";
import type { Page, User } from "../store/types.ts";
import { addPage } from "./build.ts";

export interface ManyPages {
  count: number;
  /** Name before the number. */
  name: string;
  /** Every so many Pages has an Instagram account; 0: none. */
  instagramEvery: number;
  /** Every so many Pages the person has a role there without any task; 0: none. */
  tasklessEvery: number;
}

const CATEGORIES = ["Clothing (Brand)", "Tea Room", "Local business"];

/** Pages of one person, named and numbered in order; granted to no app before the next login. The same call goes on counting. */
export function makePages(sim: Sim, user: User, { count, name, instagramEvery, tasklessEvery }: ManyPages): Page[] {
  const { state } = sim.store;
  const before = state.pages.filter((page) => page.madeFor === user.id).length;
  const offset = state.pages.filter((page) => page.madeFor !== undefined).length;
  return Array.from({ length: count }, (_, index) => {
    const number = before + index + 1;
    const serial = String(offset + index + 1).padStart(8, "0");
    const every = (step: number) => step > 0 && number % step === 0;
    const label = `${name} ${String(number).padStart(3, "0")}`;
    const handle = label.toLowerCase().replace(/[^a-z0-9]/g, "");
    const page = addPage(state, {
      id: `1081235${serial}`,
      name: label,
      category: CATEGORIES[number % CATEGORIES.length] ?? "Local business",
      madeFor: user.id,
      roles: { [user.id]: every(tasklessEvery) ? [] : ALL_TASKS },
      ...(every(instagramEvery) && { instagram: { id: `178415${serial}001`, username: handle, name: label } }),
    });
    return sim.store.addPage(page);
  });
}

/** Takes away the Pages made for this person, and what hangs on them. */
export function unmakePages(sim: Sim, user: User): Page[] {
  return sim.store.removePages((page) => page.madeFor === user.id);
}
