import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { emitEvent } from "../sender/events.ts";
import type { Sim } from "../sim.ts";
import { customerClicksAd, customerUnsends, guestEndsChat } from "../world/content.ts";
import { changed, nextTime } from "../world/page-side.ts";
import { ControlError, parseBody } from "./body.ts";
import { findCustomer, findMessage } from "./find.ts";

type Path = { Params: { pageId: string; id: string } };
const BASE = "/_sim/pages/:pageId/customers/:id";

/** Events of one person that have a body and nothing else to decide: name, Page field, shape, what is told. */
const PLAIN: {
  path: string;
  field: string;
  shape: z.ZodType<object>;
  tell: (body: never) => object;
  timeless?: true;
}[] = [
  {
    path: "optin",
    field: "messaging_optins",
    shape: z.record(z.string(), z.unknown()),
    tell: (optin: object) => ({ optin }),
  },
  {
    path: "account-linking",
    field: "messaging_account_linking",
    shape: z.strictObject({ status: z.enum(["linked", "unlinked"]), code: z.string().optional() }),
    tell: ({ status, code }: { status: string; code?: string }) => ({
      account_linking: { status, ...(code !== undefined && { authorization_code: code }) },
    }),
  },
  {
    path: "feedback",
    field: "messaging_feedback",
    shape: z.strictObject({ screens: z.array(z.record(z.string(), z.unknown())).min(1) }),
    tell: ({ screens }: { screens: object[] }) => ({ messaging_feedback: { feedback_screens: screens } }),
    timeless: true,
  },
  {
    path: "customer-information",
    field: "messaging_customer_information",
    shape: z.strictObject({ screens: z.array(z.record(z.string(), z.unknown())).min(1) }),
    tell: ({ screens }: { screens: object[] }) => ({ messaging_customer_information: { screens } }),
  },
  {
    path: "order",
    field: "send_cart",
    shape: z.strictObject({
      products: z.array(z.record(z.string(), z.unknown())).min(1),
      note: z.string().optional(),
    }),
    tell: (order: object) => ({ order }),
  },
  {
    path: "response-feedback",
    field: "response_feedback",
    shape: z.strictObject({ mid: z.string(), feedback: z.enum(["Good response", "Bad response"]) }),
    tell: ({ mid, feedback }: { mid: string; feedback: string }) => ({ response_feedback: { feedback, mid } }),
  },
  {
    path: "lead-form",
    field: "messaging_in_thread_lead_form_submit",
    shape: z.strictObject({ formId: z.string() }),
    tell: ({ formId }: { formId: string }) => ({ messaging_in_thread_lead_form_submit: { form_id: formId } }),
  },
];
/** Instagram through a linked Page knows only this one of them (meta-receiving §2.21). */
const ON_INSTAGRAM = new Set(["response-feedback"]);

/** What people do besides writing (meta-receiving §2.7–2.18, §2.21, §5.2). */
export function contentRoutes(app: FastifyInstance, sim: Sim): void {
  const of = (request: FastifyRequest<Path>) => {
    const customer = findCustomer(sim, request.params.pageId, request.params.id);
    return { customer, thread: sim.store.thread(customer) };
  };
  for (const { path, field, shape, tell, timeless } of PLAIN) {
    app.post<Path>(`${BASE}/${path}`, async (request) => {
      const { thread } = of(request);
      if (thread.platform === "instagram" && !ON_INSTAGRAM.has(path))
        throw new ControlError(422, `Instagram through a Page has no ${field}.`);
      const content = tell(parseBody(shape, request) as never) as Record<string, unknown>;
      emitEvent(sim, thread, field, content, { at: nextTime(sim, thread), ...(timeless && { timeless }) });
      changed(sim, thread);
      return { ok: true };
    });
  }
  app.post<Path>(`${BASE}/unsend`, async (request) => {
    const { thread } = of(request);
    const Unsend = z.strictObject({ mid: z.string(), event: z.boolean().default(false) });
    const { mid, event } = parseBody(Unsend, request);
    const message = findMessage(sim, thread, mid);
    if (message.from !== "customer") throw new ControlError(422, "Customers unsend their own messages only.");
    if (message.removed) throw new ControlError(409, "This message is unsent already.");
    customerUnsends(sim, thread, message, event);
    return { ok: true };
  });
  const Click = z.strictObject({
    adId: z.string().optional(),
    adTitle: z.string().optional(),
    ref: z.string().optional(),
    photoUrl: z.string().optional(),
    write: z.string().min(1).optional(),
  });
  app.post<Path>(`${BASE}/ad-click`, async (request, reply) => {
    const { thread } = of(request);
    const { adId, message } = customerClicksAd(sim, thread, parseBody(Click, request));
    return await reply.code(201).send({ adId, mid: message?.mid ?? null });
  });
  app.post<Path>(`${BASE}/end-chat`, async (request) => {
    const { customer, thread } = of(request);
    if (customer.kind !== "guest") throw new ControlError(422, "Only guests have a chat to end.");
    guestEndsChat(sim, thread, parseBody(z.strictObject({ event: z.boolean().default(false) }), request).event);
    return { ok: true };
  });
  const Change = z.strictObject({
    name: z.string().min(1).optional(),
    kind: z.enum(["normal", "phone_number", "guest", "ad_only", "deleted"]).optional(),
    inRequests: z.boolean().optional(),
    tester: z.boolean().optional(),
  });
  app.patch<Path>(BASE, async (request) => {
    const { customer, thread } = of(request);
    const { name, ...rest } = parseBody(Change, request);
    Object.assign(customer, rest);
    if (name !== undefined) {
      const [firstName = name, ...others] = name.split(" ");
      Object.assign(customer, { name, firstName, lastName: others.join(" ") });
    }
    changed(sim, thread);
    sim.bus.emit({ type: "world" });
    return { id: customer.id, name: customer.name, kind: customer.kind, inRequests: customer.inRequests ?? false };
  });
}
