import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Sim } from "../sim.ts";
import { defaultFaults } from "../world/empty.ts";
import { parseBody } from "./body.ts";

const Selector = z.strictObject({
  count: z.number().int().min(0).optional(),
  rate: z.number().min(0).max(1).optional(),
  fields: z.array(z.string()).optional(),
  kinds: z.array(z.string()).optional(),
  pageId: z.string().optional(),
  customerId: z.string().optional(),
});
/** A number means: the next so many events. */
const Strike = z.union([
  Selector,
  z
    .number()
    .int()
    .min(0)
    .transform((count) => ({ count })),
  z.null(),
]);
const CallFault = z.strictObject({
  code: z.number().int().optional(),
  subcode: z.number().int().optional(),
  message: z.string().optional(),
  isTransient: z.boolean().optional(),
  status: z.number().int().optional(),
  cut: z.enum(["before", "after"]).optional(),
  hang: z.enum(["before", "after"]).optional(),
  html: z.string().optional(),
  times: z.number().int().min(1).optional(),
  recipientId: z.string().optional(),
  pageId: z.string().optional(),
  path: z.string().optional(),
});
const Versions = z
  .strictObject({
    sticker: z.enum(["image", "both", "sticker"]),
    share: z.enum(["share", "both", "ig_post"]).nullable(),
    replyToFlag: z.boolean(),
    commentId: z.enum(["id", "comment_id"]),
    timestampUnit: z.enum(["ms", "s"]),
    idsAs: z.enum(["string", "number"]),
  })
  .partial();
const Faults = z.strictObject({
  lose: Strike.optional(),
  duplicate: Strike.optional(),
  sendEmpty: Strike.optional(),
  delayMs: z.number().min(0).optional(),
  reorder: z.boolean().optional(),
  batch: z.number().int().min(1).max(1000).optional(),
  echoOvertakes: z.boolean().optional(),
  nextSend: z.array(CallFault).optional(),
  nextGraph: z.array(CallFault).optional(),
  slowMs: z.number().min(0).optional(),
  humanAgentApproved: z.boolean().optional(),
  requireProof: z.boolean().optional(),
  retryClock: z.number().min(1).optional(),
  phonesOnline: z.boolean().optional(),
  conversationDepth: z.number().int().min(1).nullable().optional(),
  conversationRate: z.number().int().min(1).nullable().optional(),
  stripFields: z.array(z.string().min(1)).nullable().optional(),
  versions: Versions.optional(),
  pageToPageEvents: z.boolean().optional(),
  igEchoes: z.boolean().optional(),
});

/** `GET`, `PUT` (the named switches change) and `DELETE` (all back to normal) of `/_sim/faults`. */
export function faultRoutes(app: FastifyInstance, sim: Sim): void {
  app.get("/_sim/faults", async () => sim.store.state.faults);
  app.put("/_sim/faults", async (request) => {
    const { versions, ...changes } = parseBody(Faults, request);
    const before = sim.store.state.faults.retryClock;
    Object.assign(sim.store.state.faults, changes);
    Object.assign(sim.store.state.faults.versions, versions);
    if (changes.retryClock !== undefined && changes.retryClock !== before)
      sim.sender.rescale(before / changes.retryClock);
    if (changes.delayMs === 0 || changes.reorder === false) sim.sender.release();
    sim.store.touch();
    sim.bus.emit({ type: "world" });
    return sim.store.state.faults;
  });
  app.delete("/_sim/faults", async () => {
    sim.store.state.faults = defaultFaults();
    sim.sender.release();
    sim.store.touch();
    sim.bus.emit({ type: "world" });
    return sim.store.state.faults;
  });
}
