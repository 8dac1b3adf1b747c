import type { FastifyInstance } from "fastify";
import { ControlError } from "../control/body.ts";
import type { Sim } from "../sim.ts";
import { fill, fillPath, type Names } from "./fill.ts";
import type { CallStep, Step } from "./types.ts";

export interface LogLine {
  /** `POST /_sim/…` as it was called, or `wait`. */
  call: string;
  body?: unknown;
  status: number;
  ok: boolean;
  ms: number;
  answer?: unknown;
}

const IDLE_AT_MOST_MS = 10_000;

/**
 * Runs steps one after the other by calling the simulator's own HTTP app. Stops at the first call that is refused; a wait
 * that takes too long (nobody answers the webhooks) is noted and passed.
 */
export async function runSteps(app: FastifyInstance, sim: Sim, steps: Step[], names: Names): Promise<LogLine[]> {
  const log: LogLine[] = [];
  for (const step of steps) {
    const line = await runStep(app, sim, step, names);
    log.push(line);
    if (!line.ok && "do" in step) break;
  }
  return log;
}

async function runStep(app: FastifyInstance, sim: Sim, step: Step, names: Names): Promise<LogLine> {
  const started = performance.now();
  const took = () => Math.round(performance.now() - started);
  if ("pause" in step) {
    await new Promise((resolve) => setTimeout(resolve, step.pause));
    return { call: "pause", status: 200, ok: true, ms: took() };
  }
  if ("wait" in step) {
    const ok = await sim.sender.idle(IDLE_AT_MOST_MS);
    return { call: "wait", status: ok ? 200 : 504, ok, ms: took(), answer: { idle: ok, pending: sim.sender.pending } };
  }
  try {
    const { method, url, body } = fillCall(step, names, sim.now());
    const response = await app.inject({
      method,
      url,
      ...(body !== undefined && { payload: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const answer: unknown = response.json();
    const ok = response.statusCode < 300;
    if (ok && step.as) names.$[step.as] = answer;
    return { call: `${method} ${url}`, body, status: response.statusCode, ok, ms: took(), answer };
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
    const { statusCode: status, message } = error;
    return { call: `${step.do} ${step.path}`, status, ok: false, ms: took(), answer: { error: message } };
  }
}

function fillCall(step: CallStep, names: Names, now: number) {
  return {
    method: step.do,
    url: fillPath(step.path, names, now),
    body: step.body === undefined ? undefined : fill(step.body, names, now),
  };
}
