import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { ControlError, parseBody } from "../control/body.ts";
import type { Sim } from "../sim.ts";
import { SCENARIOS } from "./catalogue.ts";
import type { Names } from "./fill.ts";
import { type Chosen, namesFor } from "./names.ts";
import { type LogLine, runSteps } from "./run.ts";
import type { Scenario } from "./types.ts";

/** What is remembered of the last run of a scenario, for its undo and for the page. */
interface Run {
  at: string;
  names: Names;
  ok: boolean;
  undone: boolean;
  log: LogLine[];
}

const Start = z.looseObject({
  pageId: z.string().optional(),
  customerId: z.string().optional(),
  userId: z.string().optional(),
});

/** `GET /_sim/scenarios`, and starting and undoing one. */
export function scenarioRoutes(app: FastifyInstance, sim: Sim): void {
  let runs = new Map<string, Run>();
  let world = sim.store.state;
  /** A reset world remembers no runs. */
  const remembered = () => {
    if (world !== sim.store.state) runs = new Map();
    world = sim.store.state;
    return runs;
  };
  app.get("/_sim/scenarios", async () => ({
    data: SCENARIOS.map((scenario) => ({ ...listed(scenario), lastRun: view(remembered().get(scenario.id)) })),
  }));
  app.get<{ Params: { id: string } }>("/_sim/scenarios/:id", async (request) => {
    const scenario = find(request.params.id);
    const { steps, undo = [] } = scenario;
    return { ...listed(scenario), steps, undo, lastRun: view(remembered().get(scenario.id)) };
  });
  app.post<{ Params: { id: string } }>("/_sim/scenarios/:id", async (request, reply) => {
    const scenario = find(request.params.id);
    const names = await namesFor(app, sim, scenario, chosenBy(scenario, parseBody(Start, request)));
    const log = await runSteps(app, sim, scenario.steps, names);
    const run = { at: new Date(sim.now()).toISOString(), names, ok: succeeded(log), undone: false, log };
    remembered().set(scenario.id, run);
    sim.bus.emit({ type: "world" });
    return await answer(reply, scenario, run, 201);
  });
  app.post<{ Params: { id: string } }>("/_sim/scenarios/:id/undo", async (request, reply) => {
    const scenario = find(request.params.id);
    const chosen = chosenBy(scenario, parseBody(Start, request));
    const last = remembered().get(scenario.id);
    const same = last && (!chosen.customerId || chosen.customerId === last.names.customer) ? last : null;
    if (!same && (scenario.undo?.length ?? 0) > 0 && !chosen.customerId && scenario.person !== null)
      throw new ControlError(409, `${scenario.id} was not started; name the customerId it was about.`);
    const names = same?.names ?? (await namesFor(app, sim, scenario, chosen));
    const log = await runSteps(app, sim, scenario.undo ?? [], names);
    const run = { at: new Date(sim.now()).toISOString(), names, ok: succeeded(log), undone: true, log };
    remembered().set(scenario.id, run);
    sim.bus.emit({ type: "world" });
    return await answer(reply, scenario, run, 200);
  });
}

function find(id: string): Scenario {
  const scenario = SCENARIOS.find((one) => one.id === id);
  if (!scenario) throw new ControlError(404, `There is no scenario ${id}; GET /_sim/scenarios lists them.`);
  return scenario;
}

function listed({ id, row, title, about, look, options, undo }: Scenario) {
  return { id, row, title, about, look, options: options ?? {}, undoable: (undo?.length ?? 0) > 0 };
}

/** Only what the scenario offers may be chosen: a spelling mistake is an error, not the default. */
function chosenBy(scenario: Scenario, body: z.infer<typeof Start>): Chosen {
  const { pageId, customerId, userId, ...options } = body;
  for (const name of Object.keys(options)) {
    if (!scenario.options?.[name]) throw new ControlError(400, `${scenario.id} has no option ${name}.`);
  }
  return { pageId, customerId, userId, options };
}

/** A wait that took too long spoils nothing: the calls count. */
function succeeded(log: LogLine[]): boolean {
  return log.every((line) => line.ok || line.call === "wait");
}

/** The person a run was about: the one it began with, else the one its calls brought to light. */
function personOf(names: Names): string | null {
  if (typeof names.customer === "string") return names.customer;
  const found = Object.values(names.$).find((one) => typeof (one as { customerId?: string })?.customerId === "string");
  return (found as { customerId?: string } | undefined)?.customerId ?? (names.instagram as string | undefined) ?? null;
}

function view(run: Run | undefined) {
  if (!run) return null;
  const { at, names, ok, undone, log } = run;
  return { at, ok, undone, pageId: names.page, customerId: personOf(names), log };
}

async function answer(
  reply: { code(status: number): { send(body: unknown): unknown } },
  scenario: Scenario,
  run: Run,
  status: number,
) {
  const { names, log, ok } = run;
  const failed = log.find((line) => !line.ok && line.call !== "wait");
  return await reply.code(ok ? status : 422).send({
    id: scenario.id,
    ...(failed && { error: `${failed.call}: ${(failed.answer as { error?: string })?.error ?? failed.status}` }),
    pageId: names.page,
    customerId: personOf(names),
    results: names.$,
    log,
  });
}
