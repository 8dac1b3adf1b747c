import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { CallbackRecord } from "../callbacks/callbacks.ts";
import type { Sim } from "../sim.ts";
import { ControlError, parseBody } from "./body.ts";
import { Callbacks } from "./faults.ts";
import { findUser } from "./find.ts";

/** What is told of one call of a callback. */
export function callbackView(record: CallbackRecord) {
  const { id, at, kind, url, status, error, answer, ms, confirmation, problem, replayOf } = record;
  return { id, at, kind, url, status, error, answer, ms, confirmation, problem, replayOf };
}

/** Deauthorise and data-deletion callbacks: the log, a call by hand in any style, the same bytes again. */
export function callbackRoutes(app: FastifyInstance, sim: Sim): void {
  app.get<{ Querystring: { limit?: string } }>("/_sim/callbacks", async (request) => ({
    data: sim.callbacks.latest(Math.min(200, Number(request.query.limit ?? 50) || 50)),
  }));
  const Send = Callbacks.extend({
    kind: z.enum(["deauthorize", "data_deletion"]),
    userId: z.string(),
    appId: z.string().optional(),
  });
  app.post("/_sim/callbacks", async (request, reply) => {
    const { kind, userId, appId, ...given } = parseBody(Send, request);
    const own = sim.store.state.apps.find((one, index) => (appId === undefined ? index === 0 : one.id === appId));
    if (!own) throw new ControlError(404, `There is no app ${appId}.`);
    const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const record = await sim.callbacks.send(kind, own, findUser(sim, userId), changes);
    if (!record) return { sent: false, problem: `${own.name} has no address for this callback.` };
    return await reply.code(201).send({ sent: true, ...record });
  });
  app.post<{ Params: { id: string } }>("/_sim/callbacks/:id/replay", async (request, reply) => {
    const record = await sim.callbacks.replay(request.params.id);
    if (!record) throw new ControlError(404, `There is no call ${request.params.id}.`);
    return await reply.code(201).send(record);
  });
}
