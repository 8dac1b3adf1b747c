import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Sim } from "../sim.ts";
import { answerInSuite, moveInSuite } from "../world/business-suite.ts";
import { ControlError, parseBody } from "./body.ts";
import { findCustomer, findPage } from "./find.ts";
import { readMessageBody } from "./media.ts";
import { controlView } from "./routing-view.ts";

/** What a person does in Page Inbox or Business Suite. */
export function suiteRoutes(app: FastifyInstance, sim: Sim): void {
  app.post<{ Params: { pageId: string } }>("/_sim/pages/:pageId/inbox-reply", async (request, reply) => {
    const body = await readMessageBody(sim, request);
    if (!body.customerId) throw new ControlError(400, "customerId: required");
    const page = findPage(sim, request.params.pageId);
    const customer = findCustomer(sim, request.params.pageId, body.customerId);
    if (!body.text && body.attachments.length === 0)
      throw new ControlError(400, "A message needs text or attachments.");
    const { text, attachments, metadata, replyTo, at, appId } = body;
    const content = {
      attachments,
      ...(text && { text }),
      ...(metadata && { metadata }),
      ...(replyTo && { replyTo }),
      ...(at && { at }),
      ...(appId !== undefined && { appId: appId ?? undefined }),
    };
    // What is dated back happened before whoever holds the conversation now.
    const control = body.control ?? (at === undefined ? undefined : false);
    const message = answerInSuite(sim, page, sim.store.thread(customer), content, control);
    return await reply.code(201).send({ mid: message.mid });
  });
  const Move = z.strictObject({ folder: z.enum(["main", "done"]), control: z.boolean().optional() });
  app.post<{ Params: { pageId: string; id: string } }>(
    "/_sim/pages/:pageId/customers/:id/inbox-move",
    async (request) => {
      const page = findPage(sim, request.params.pageId);
      const thread = sim.store.thread(findCustomer(sim, page.id, request.params.id));
      const { folder, control } = parseBody(Move, request);
      moveInSuite(sim, page, thread, folder, control);
      return { ok: true, folder, control: controlView(sim, page, thread) };
    },
  );
}
