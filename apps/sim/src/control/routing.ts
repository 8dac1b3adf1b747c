import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { inboxOf, isOnPage, LEAD_ADS_APP_ID, ownAppId, SALES_BOT_APP_ID } from "../routing/apps.ts";
import { moveControl, releaseControl } from "../routing/move.ts";
import { ownerOf, routingOf } from "../routing/rules.ts";
import type { Sim } from "../sim.ts";
import type { Page, Thread } from "../store/types.ts";
import { endLeadAd } from "../world/lead-ad.ts";
import { otherAppAnswers } from "../world/other-app.ts";
import { ControlError, parseBody } from "./body.ts";
import { findCustomer, findPage } from "./find.ts";
import { controlView, routingView } from "./routing-view.ts";

type OnPage = { Params: { pageId: string } };
type OnThread = { Params: { pageId: string; id: string } };
const PAGE = "/_sim/pages/:pageId";
const CUSTOMER = `${PAGE}/customers/:id`;

/** Conversation Routing of a Page, and control moved or claimed by someone else. */
export function routingRoutes(app: FastifyInstance, sim: Sim): void {
  const done = () => {
    sim.store.touch();
    sim.bus.emit({ type: "world" });
  };
  const Routing = z.strictObject({
    platform: z.enum(["messenger", "instagram"]).default("messenger"),
    enabled: z.boolean(),
    defaultAppId: z.string().optional(),
  });
  app.get<OnPage>(`${PAGE}/routing`, async (request) => routingView(sim, findPage(sim, request.params.pageId)));
  app.put<OnPage>(`${PAGE}/routing`, async (request) => {
    const page = findPage(sim, request.params.pageId);
    const { platform, enabled, defaultAppId } = parseBody(Routing, request);
    if (platform === "instagram" && !page.instagram) throw new ControlError(422, "This Page has no Instagram account.");
    // Routing is on through its default app; ours unless another is named.
    const chosen = defaultAppId ?? routingOf(page, platform).defaultAppId ?? ownAppId(sim);
    if (enabled && !isOnPage(sim, page, chosen))
      throw new ControlError(422, `App ${chosen} is not installed on this Page.`);
    page.routing = { ...page.routing, [platform]: { enabled, defaultAppId: enabled ? chosen : null } };
    done();
    return routingView(sim, page);
  });
  const Control = z.strictObject({
    to: z.string().nullable(),
    event: z.boolean().default(true),
    metadata: z.string().optional(),
  });
  app.post<OnThread>(`${CUSTOMER}/control`, async (request) => {
    const { page, thread } = conversation(sim, request);
    const { to, event, metadata } = parseBody(Control, request);
    moveByMeta(sim, page, thread, to, { event, ...(metadata !== undefined && { metadata }) });
    return controlView(sim, page, thread);
  });
  app.post<OnThread>(`${CUSTOMER}/control/expire`, async (request) => {
    const { page, thread } = conversation(sim, request);
    moveByMeta(sim, page, thread, null, { event: false });
    return controlView(sim, page, thread);
  });
  const Reply = z.strictObject({
    appId: z.string().optional(),
    text: z.string().min(1),
    metadata: z.string().optional(),
  });
  app.post<OnThread>(`${CUSTOMER}/app-reply`, async (request, reply) => {
    const { page, thread } = conversation(sim, request);
    const { appId = SALES_BOT_APP_ID, ...rest } = parseBody(Reply, request);
    const message = otherAppAnswers(sim, page, thread, { appId, ...rest });
    return await reply.code(201).send({ mid: message.mid, control: controlView(sim, page, thread) });
  });
}

function conversation(sim: Sim, request: FastifyRequest<OnThread>): { page: Page; thread: Thread } {
  const page = findPage(sim, request.params.pageId);
  return { page, thread: sim.store.thread(findCustomer(sim, page.id, request.params.id)) };
}

/**
 * Someone else moves control: to us it is a pass, from us to another a take, as apps would be told (meta-receiving §2.12).
 * `to`: an app id, `own`, `inbox`, `lead_ads`, or null for idle.
 */
function moveByMeta(
  sim: Sim,
  page: Page,
  thread: Thread,
  to: string | null,
  options: { event: boolean; metadata?: string },
): void {
  if (thread.leadAd) endLeadAd(sim, thread, { complete: false, pass: false });
  if (to === null) {
    releaseControl(sim, thread);
    return;
  }
  const named: Record<string, string> = {
    own: ownAppId(sim),
    inbox: inboxOf(thread.platform),
    lead_ads: LEAD_ADS_APP_ID,
  };
  const appId = named[to] ?? to;
  if (appId !== LEAD_ADS_APP_ID && !isOnPage(sim, page, appId))
    throw new ControlError(422, `App ${appId} is not installed on this Page.`);
  if (ownerOf(page, thread, sim.now())?.appId === appId) return;
  const how = !options.event ? "silent" : appId === ownAppId(sim) ? "pass" : "take";
  moveControl(sim, page, thread, appId, { how, ...(options.metadata !== undefined && { metadata: options.metadata }) });
}
