import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { POLICY_SINCE } from "../graph/send/ways.ts";
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
const count = z.number().int();
const CallFault = z.strictObject({
  code: count.optional(),
  subcode: count.optional(),
  message: z.string().optional(),
  type: z.string().optional(),
  isTransient: z.boolean().nullable().optional(),
  userTitle: z.string().optional(),
  userMessage: z.string().optional(),
  status: count.optional(),
  regainMinutes: count.min(0).optional(),
  retryAfter: count.min(0).optional(),
  cut: z.enum(["before", "during", "after"]).optional(),
  hang: z.enum(["before", "after"]).optional(),
  html: z.string().optional(),
  empty: z.boolean().optional(),
  truncated: z.boolean().optional(),
  accepted: z.boolean().optional(),
  slowBeforeMs: count.min(0).optional(),
  slowAfterMs: count.min(0).optional(),
  times: count.min(1).optional(),
  recipientId: z.string().optional(),
  pageId: z.string().optional(),
  path: z.string().optional(),
});
const CallLimit = z.strictObject({
  code: z.literal([4, 17, 32, 613, 80001, 80002, 80006]),
  pageId: z.string().optional(),
  seconds: z.number().min(0),
});
/** Sends a second; one number is for everything. */
const rate = count.min(1).nullable();
const SendRate = z.union([
  z.strictObject({ text: rate.default(null), media: rate.default(null) }),
  count.min(1).transform((each) => ({ text: each, media: each })),
]);
const Versions = z
  .strictObject({
    sticker: z.enum(["image", "both", "sticker"]),
    share: z.enum(["share", "both", "ig_post"]).nullable(),
    replyToFlag: z.boolean(),
    commentId: z.enum(["id", "comment_id"]),
    timestampUnit: z.enum(["ms", "s"]),
    idsAs: z.enum(["string", "number"]),
    templateField: z.enum(["message_template_status_update", "messenger_template_status_update"]),
  })
  .partial();
export const Callbacks = z
  .strictObject({
    signature: z.enum(["good", "forged", "other_app", "decoded"]),
    algorithm: z.string().min(1),
    userIdAs: z.enum(["string", "number"]),
    padded: z.boolean(),
    issuedAgoSeconds: count.min(0),
  })
  .partial();
const Faults = z.strictObject({
  callbacks: Callbacks.optional(),
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
  policyDate: z
    .union([z.iso.date(), z.iso.datetime({ offset: true })])
    .refine((date) => Date.parse(date) >= POLICY_SINCE, "rules before 2020-03-04 are not kept")
    .nullable()
    .optional(),
  sendRate: SendRate.nullable().optional(),
  callLimit: CallLimit.nullable().optional(),
  fetchTimeoutMs: count.min(1).nullable().optional(),
  templateReviewMs: count.min(0).nullable().optional(),
  appMode: z.enum(["live", "development"]).optional(),
  adWindow: z.boolean().optional(),
});

function limitFrom(input: z.infer<typeof CallLimit> | null, now: number) {
  if (!input) return null;
  const { seconds, code, pageId } = input;
  return { code, ...(pageId !== undefined && { pageId }), until: now + seconds * 1000 };
}

/** `GET`, `PUT` (the named switches change) and `DELETE` (all back to normal) of `/_sim/faults`. */
export function faultRoutes(app: FastifyInstance, sim: Sim): void {
  app.get("/_sim/faults", async () => sim.store.state.faults);
  app.put("/_sim/faults", async (request) => {
    const { versions, callbacks, callLimit, ...changes } = parseBody(Faults, request);
    if (callLimit !== undefined) sim.store.state.faults.callLimit = limitFrom(callLimit, sim.now());
    const before = sim.store.state.faults.retryClock;
    Object.assign(sim.store.state.faults, changes);
    Object.assign(sim.store.state.faults.versions, versions);
    Object.assign(sim.store.state.faults.callbacks, callbacks);
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
