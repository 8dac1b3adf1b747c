import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Sim } from "../sim.ts";
import { checkboxWrites, newGuest, tickCheckbox } from "../world/strangers.ts";
import { ControlError, parseBody } from "./body.ts";
import { findPage } from "./find.ts";

type Path = { Params: { id: string } };

/** People a Page does not know by an id of their own: guests, and whoever ticked the checkbox plugin. */
export function strangerRoutes(app: FastifyInstance, sim: Sim): void {
  app.post<Path>("/_sim/pages/:id/guests", async (request, reply) => {
    const page = findPage(sim, request.params.id);
    const { name } = parseBody(z.strictObject({ name: z.string().min(1).optional() }), request);
    const guest = newGuest(sim, page, name);
    return await reply.code(201).send({ id: guest.id, name: guest.name, kind: guest.kind });
  });
  const Box = z.strictObject({
    userRef: z.string().min(1).optional(),
    ref: z.string().optional(),
    name: z.string().min(1).optional(),
  });
  app.post<Path>("/_sim/pages/:id/checkbox", async (request, reply) => {
    const page = findPage(sim, request.params.id);
    const input = parseBody(Box, request);
    if (page.checkboxes?.some((box) => box.userRef === input.userRef))
      throw new ControlError(409, `user_ref ${input.userRef} was used before.`);
    const box = tickCheckbox(sim, page, input);
    return await reply.code(201).send({ userRef: box.userRef });
  });
  app.post<{ Params: { id: string; userRef: string } }>(
    "/_sim/pages/:id/checkbox/:userRef/messages",
    async (request, reply) => {
      const page = findPage(sim, request.params.id);
      const box = page.checkboxes?.find((one) => one.userRef === request.params.userRef);
      if (!box) throw new ControlError(404, `This Page has no checkbox ${request.params.userRef}.`);
      const { text } = parseBody(z.strictObject({ text: z.string().min(1) }), request);
      const { customer, message } = checkboxWrites(sim, page, box, text);
      return await reply.code(201).send({ customerId: customer.id, mid: message.mid });
    },
  );
}
