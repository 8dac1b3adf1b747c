import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Sim } from "../sim.ts";
import type { BlockedAs } from "../store/content.ts";
import type { Customer, Platform } from "../store/types.ts";
import { customerOf } from "../world/build.ts";
import {
  customerEdits,
  customerPostback,
  customerReacts,
  customerReads,
  customerReceives,
  customerReferral,
  customerWrites,
} from "../world/customer-side.ts";
import { changed } from "../world/page-side.ts";
import { ControlError, parseBody } from "./body.ts";
import { findCustomer, findMessage, findPage } from "./find.ts";
import { readMessageBody } from "./media.ts";
import { threadView } from "./thread-view.ts";

const Window = z.strictObject({
  lastActionHoursAgo: z.number().min(0).nullable().optional(),
  adMessageHoursAgo: z.number().min(0).nullable().optional(),
});

type Path = { Params: { pageId: string; id: string } };
const BASE = "/_sim/pages/:pageId/customers/:id";
const HOUR = 3_600_000;

/** What customers do with their phones, and what they see. */
export function customerRoutes(app: FastifyInstance, sim: Sim): void {
  const of = (request: FastifyRequest<Path>) => {
    const customer = findCustomer(sim, request.params.pageId, request.params.id);
    return { customer, thread: sim.store.thread(customer) };
  };
  const New = z.strictObject({
    id: z
      .string()
      .regex(/^\d{5,20}$/)
      .optional(),
    name: z.string().min(1),
    kind: z.enum(["normal", "phone_number", "guest", "ad_only", "deleted"]).optional(),
    platform: z.enum(["messenger", "instagram"]).optional(),
    username: z.string().optional(),
    locale: z.string().optional(),
    blocked: z.boolean().optional(),
    tester: z.boolean().optional(),
  });
  app.post<{ Params: { pageId: string } }>("/_sim/pages/:pageId/customers", async (request, reply) => {
    const page = findPage(sim, request.params.pageId);
    const input = parseBody(New, request);
    if (input.id && sim.store.customer(input.id)) throw new ControlError(409, `Customer ${input.id} exists already.`);
    if (input.platform === "instagram" && !page.instagram)
      throw new ControlError(422, "This Page has no Instagram account.");
    const customer = sim.store.addCustomer(customerOf({ ...input, pageId: page.id }));
    sim.bus.emit({ type: "world" });
    return await reply
      .code(201)
      .send({ id: customer.id, name: customer.name, platform: customer.platform, kind: customer.kind });
  });
  app.post<Path>(`${BASE}/messages`, async (request, reply) => {
    const {
      platform,
      customerId: _id,
      metadata: _metadata,
      appId: _app,
      ...content
    } = await readMessageBody(sim, request);
    const customer = onPlatform(sim, of(request).customer, platform);
    if (!content.text && content.attachments.length === 0 && !content.unsupported && !content.empty)
      throw new ControlError(400, "A message needs text or attachments.");
    if (customer.chatEnded) throw new ControlError(422, "This guest ended the chat; a new chat is another guest.");
    const message = customerWrites(sim, sim.store.thread(customer), content);
    return await reply
      .code(201)
      .send({ mid: message.mid, customerId: customer.id, at: new Date(message.at).toISOString() });
  });
  app.post<Path>(`${BASE}/reactions`, async (request) => {
    const { thread } = of(request);
    const { mid, emoji } = parseBody(z.strictObject({ mid: z.string(), emoji: z.string().nullable() }), request);
    customerReacts(sim, thread, findMessage(sim, thread, mid), emoji);
    return { ok: true };
  });
  app.post<Path>(`${BASE}/postbacks`, async (request) => {
    const { thread } = of(request);
    const Postback = z.strictObject({
      title: z.string().default("Get Started"),
      payload: z.string().default("GET_STARTED"),
      referral: z.record(z.string(), z.unknown()).optional(),
    });
    return { mid: customerPostback(sim, thread, parseBody(Postback, request)).mid };
  });
  app.post<Path>(`${BASE}/referrals`, async (request) => {
    customerReferral(sim, of(request).thread, parseBody(z.record(z.string(), z.unknown()), request));
    return { ok: true };
  });
  app.post<Path>(`${BASE}/read`, async (request) => ({ ok: true, read: customerReads(sim, of(request).thread) }));
  app.post<Path>(`${BASE}/receive`, async (request) => {
    customerReceives(sim, of(request).thread);
    return { ok: true };
  });
  app.post<Path>(`${BASE}/edits`, async (request) => {
    const { thread } = of(request);
    const { mid, text } = parseBody(z.strictObject({ mid: z.string(), text: z.string().min(1) }), request);
    const message = findMessage(sim, thread, mid);
    if (message.from !== "customer") throw new ControlError(422, "Customers edit their own messages only.");
    if (message.edits >= 5) throw new ControlError(422, "A message can be edited five times.");
    customerEdits(sim, thread, message, text);
    return { ok: true, edits: message.edits };
  });
  app.post<Path>(`${BASE}/typing`, async (request) => {
    const { thread } = of(request);
    // Pages are not told that a person types: no webhook exists for it.
    thread.customerTypingUntil = parseBody(z.strictObject({ on: z.boolean().default(true) }), request).on
      ? sim.now() + 20_000
      : 0;
    changed(sim, thread);
    return { ok: true };
  });
  const block = (request: FastifyRequest<Path>, blocked: boolean, as?: BlockedAs) => {
    const { customer, thread } = of(request);
    customer.blocked = blocked;
    delete customer.blockedAs;
    if (blocked && as !== undefined) customer.blockedAs = as;
    changed(sim, thread);
    sim.bus.emit({ type: "world" });
    return { ok: true, blocked };
  };
  const Block = z.strictObject({ as: z.enum(["551", "200", "2", "2018108"]).optional() });
  app.post<Path>(`${BASE}/block`, async (request) => block(request, true, parseBody(Block, request).as));
  app.post<Path>(`${BASE}/unblock`, async (request) => block(request, false));
  app.get<Path>(`${BASE}/thread`, async (request) => {
    const { customer, thread } = of(request);
    return threadView(sim, customer, thread);
  });
  app.post<Path>(`${BASE}/window`, async (request) => {
    const { customer, thread } = of(request);
    const { lastActionHoursAgo, adMessageHoursAgo } = parseBody(Window, request);
    const ago = (hours: number) => sim.now() - hours * HOUR;
    if (lastActionHoursAgo !== undefined)
      thread.lastActionAt = lastActionHoursAgo === null ? null : ago(lastActionHoursAgo);
    if (adMessageHoursAgo === null) delete thread.adMessageAt;
    else if (adMessageHoursAgo !== undefined) thread.adMessageAt = ago(adMessageHoursAgo);
    // Control follows that clock: what was given after this action was given no later than it.
    if (thread.control && thread.lastActionAt !== null)
      thread.control.since = Math.min(thread.control.since, thread.lastActionAt);
    changed(sim, thread);
    return threadView(sim, customer, thread).window;
  });
}

/** The same human on the other platform has another id there; made at the first need. */
function onPlatform(sim: Sim, customer: Customer, platform: Platform | undefined): Customer {
  if (!platform || platform === customer.platform) return customer;
  const known = customer.twinId && sim.store.customer(customer.twinId);
  if (known) return known;
  if (platform === "instagram" && !sim.store.page(customer.pageId)?.instagram)
    throw new ControlError(422, "This Page has no Instagram account.");
  const twin = sim.store.addCustomer(
    customerOf({ pageId: customer.pageId, name: customer.name, platform, locale: customer.locale }),
  );
  twin.twinId = customer.id;
  customer.twinId = twin.id;
  sim.bus.emit({ type: "world" });
  return twin;
}
