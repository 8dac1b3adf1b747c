import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { ownAppId } from "../routing/apps.ts";
import { postDirectly } from "../sender/direct.ts";
import type { Sim } from "../sim.ts";
import { messengerMid, numericId } from "../store/ids.ts";
import type { MetaApp, Page } from "../store/types.ts";
import { emitChange } from "../world/comments.ts";
import { ControlError, parseBody } from "./body.ts";
import { findCustomer, findPage } from "./find.ts";

type Path = { Params: { id: string } };

/** Events about a Page rather than of a conversation, and bodies no conversation makes. */
export function pageEventRoutes(app: FastifyInstance, sim: Sim): void {
  const ownApp = (): MetaApp => {
    const own = sim.store.state.apps.find((one) => one.id === ownAppId(sim));
    if (!own) throw new ControlError(409, "This world has no app.");
    return own;
  };
  const post = async (page: Page, object: "page" | "instagram", body: unknown) => {
    const answer = await postDirectly(sim, ownApp(), page, object, body);
    if (!answer) throw new ControlError(409, "The app has no callback yet.");
    return { status: answer.status, error: answer.error, ms: answer.ms };
  };
  const Policy = z.strictObject({ action: z.enum(["warning", "block", "unblock"]), reason: z.string().optional() });
  app.post<Path>("/_sim/pages/:id/policy", async (request) => {
    const page = findPage(sim, request.params.id);
    const policy = parseBody(Policy, request);
    // Without a sender; `reason` is absent when a block ends (meta-receiving §2.10).
    const event = { recipient: { id: page.id }, timestamp: sim.now(), policy_enforcement: policy };
    sim.sender.emit({ page, object: "page", field: "messaging_policy_enforcement", customerId: "page", event });
    return { ok: true };
  });
  const Label = z.strictObject({
    customerId: z.string(),
    label: z.string().min(1),
    action: z.enum(["add", "remove"]).default("add"),
  });
  app.post<Path>("/_sim/pages/:id/labels", async (request) => {
    const page = findPage(sim, request.params.id);
    const { customerId, label, action } = parseBody(Label, request);
    const customer = findCustomer(sim, page.id, customerId);
    const value = { user: { id: customer.id }, action, label: { id: labelId(label), page_label_name: label } };
    emitChange(sim, page, "page", "inbox_labels", customer.id, value);
    return { ok: true };
  });
  const PageWrites = z.strictObject({ fromPageId: z.string(), text: z.string().min(1), event: z.boolean().optional() });
  app.post<Path>("/_sim/pages/:id/page-writes", async (request, reply) => {
    const page = findPage(sim, request.params.id);
    const { fromPageId, text, event } = parseBody(PageWrites, request);
    const other = findPage(sim, fromPageId);
    if (other === page) throw new ControlError(422, "A Page does not write to itself.");
    const mid = messengerMid();
    const told = event ?? sim.store.state.faults.pageToPageEvents;
    const wire = { sender: { id: other.id }, recipient: { id: page.id }, timestamp: sim.now(), message: { mid, text } };
    if (told) sim.sender.emit({ page, object: "page", field: "messages", customerId: other.id, event: wire });
    return await reply.code(201).send({ mid, event: told });
  });
  const Test = z.strictObject({
    field: z.string().default("messages"),
    object: z.enum(["page", "instagram"]).optional(),
  });
  app.post<Path>("/_sim/pages/:id/test-button", async (request) => {
    const page = findPage(sim, request.params.id);
    const { field, object = page.instagram ? "instagram" : "page" } = parseBody(Test, request);
    return await post(page, object, testBody(field, object, sim.now()));
  });
  const Raw = z.strictObject({ body: z.unknown() });
  app.post<Path>("/_sim/pages/:id/raw", async (request) => {
    const page = findPage(sim, request.params.id);
    const { body } = parseBody(Raw, request);
    if (body === undefined) throw new ControlError(400, "body: required");
    const object = (body as { object?: unknown } | null)?.object === "instagram" ? "instagram" : "page";
    return await post(page, object, body);
  });
}

/** The same label has the same id. */
function labelId(name: string): string {
  const sum = [...name].reduce((total, char) => (total * 31 + (char.codePointAt(0) ?? 0)) % 1_000_000_007, 7);
  return `245${String(sum).padStart(10, "0")}`;
}

/** The App Dashboard's "Test" button: entry id `0`, all values strings, the event under `changes` (meta-receiving §1.5). */
function testBody(field: string, object: string, now: number) {
  const parties = { sender: { id: "12334" }, recipient: { id: "23245" }, timestamp: "1527459824" };
  const content =
    field === "messages" ? { message: { mid: "random_mid", text: "random_text" } } : { [field]: numericId(5) };
  const value = { ...parties, ...content };
  return { entry: [{ id: "0", time: Math.floor(now / 1000), changes: [{ field, value }] }], object };
}
