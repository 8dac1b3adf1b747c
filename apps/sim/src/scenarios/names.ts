import type { FastifyInstance } from "fastify";
import { ControlError } from "../control/body.ts";
import { findCustomer, findPage } from "../control/find.ts";
import type { Sim } from "../sim.ts";
import type { Page } from "../store/types.ts";
import { type Names, namesIn } from "./fill.ts";
import type { NewPerson, Scenario } from "./types.ts";

const GIVEN = ["Ida", "Noah", "Lena", "Omar", "Grace", "Felix", "Nina", "Hugo", "Clara", "Theo", "Alma", "Ivan"];
const FAMILY = [
  "Holm",
  "Tanaka",
  "Costa",
  "Berg",
  "Okoye",
  "Novak",
  "Reyes",
  "Lindt",
  "Fox",
  "Marsh",
  "Silva",
  "Yamada",
];

export interface Chosen {
  pageId?: string | undefined;
  customerId?: string | undefined;
  userId?: string | undefined;
  options: Record<string, unknown>;
}

/** Settles what a run is about: the Page, a person (new unless one is given) and the other names its steps may use. */
export async function namesFor(app: FastifyInstance, sim: Sim, scenario: Scenario, chosen: Chosen): Promise<Names> {
  const { state } = sim.store;
  const used = namesIn([scenario.steps, scenario.undo]);
  const onInstagram = scenario.person?.platform === "instagram" || used.has("instagram") || used.has("account");
  const page = chosen.pageId ? findPage(sim, chosen.pageId) : bestPage(sim, onInstagram);
  const own = state.apps[0]?.id ?? "";
  const people = state.users.filter((user) => user.kind === "person" && page.roles[user.id]?.length);
  const user = chosen.userId ?? people[0]?.id ?? state.users[0]?.id;
  const names: Names = {
    $: {},
    ...Object.fromEntries(Object.entries(scenario.options ?? {}).map(([name, option]) => [name, option.default])),
    ...chosen.options,
    sim: sim.baseUrl(),
    page: page.id,
    account: page.instagram?.id,
    otherPage: state.pages.find((other) => other.id !== page.id)?.id,
    app: own,
    user,
  };
  if (chosen.customerId) names.customer = findCustomer(sim, page.id, chosen.customerId).id;
  else if (scenario.person !== null) names.customer = await meet(app, sim, page, scenario.person ?? {});
  if (used.has("instagram")) names.instagram = await meet(app, sim, page, { platform: "instagram" });
  return names;
}

/** A Page that someone listens to, so that there is something to see. */
function bestPage(sim: Sim, onInstagram: boolean): Page {
  const pages = sim.store.state.pages.filter((page) => !onInstagram || page.instagram);
  const page = pages.find((one) => one.installs.length > 0) ?? pages[0];
  if (!page) throw new ControlError(422, onInstagram ? "No Page has an Instagram account." : "There is no Page.");
  return page;
}

async function meet(app: FastifyInstance, sim: Sim, page: Page, person: NewPerson): Promise<string> {
  const body = { ...person, name: person.name ?? freshName(sim, page) };
  const response = await app.inject({
    method: "POST",
    url: `/_sim/pages/${page.id}/customers`,
    headers: { "content-type": "application/json" },
    payload: JSON.stringify(body),
  });
  const answer = response.json() as { id: string; error?: string };
  if (response.statusCode >= 300) throw new ControlError(response.statusCode, answer.error ?? "No customer was made.");
  return answer.id;
}

/** A name nobody on this Page has yet, so that a run is found at once in a list. */
function freshName(sim: Sim, page: Page): string {
  const taken = new Set(sim.store.state.customers.filter((one) => one.pageId === page.id).map((one) => one.name));
  const count = taken.size;
  for (let step = 0; step < GIVEN.length * FAMILY.length; step += 1) {
    const at = count + step;
    const name = `${GIVEN[at % GIVEN.length]} ${FAMILY[(at * 5 + Math.floor(at / GIVEN.length)) % FAMILY.length]}`;
    if (!taken.has(name)) return name;
  }
  return `${GIVEN[count % GIVEN.length]} ${FAMILY[count % FAMILY.length]} ${count}`;
}
