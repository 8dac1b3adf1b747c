import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import {
  appName,
  inboxOf,
  isMetaApp,
  isOnPage,
  LEAD_ADS_APP_ID,
  ownAppId,
  SALES_BOT_APP_ID,
  SALES_BOT_NAME,
  takeoverAllowed,
} from "../routing/apps.ts";
import { moveControl, releaseControl } from "../routing/move.ts";
import { ownerOf, routingOf } from "../routing/rules.ts";
import type { Sim } from "../sim.ts";
import type { Page, Thread } from "../store/types.ts";
import { newApp } from "../world/empty.ts";
import { endLeadAd } from "../world/lead-ad.ts";
import { otherAppAnswers } from "../world/other-app.ts";
import { ControlError, parseBody } from "./body.ts";
import { findCustomer, findPage } from "./find.ts";
import { appsView, controlView, routingView } from "./routing-view.ts";

type OnPage = { Params: { pageId: string } };
type OnApp = { Params: { pageId: string; appId: string } };
type OnThread = { Params: { pageId: string; id: string } };
const PAGE = "/_sim/pages/:pageId";
const CUSTOMER = `${PAGE}/customers/:id`;

/** Business Apps, Advanced Messaging and Conversation Routing of a Page, and control moved by someone else. */
export function routingRoutes(app: FastifyInstance, sim: Sim): void {
  appRoutes(app, sim);
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

function appRoutes(app: FastifyInstance, sim: Sim): void {
  const done = () => {
    sim.store.touch();
    sim.bus.emit({ type: "world" });
  };
  const Install = z.strictObject({
    id: z
      .string()
      .regex(/^\d{5,20}$/)
      .optional(),
    name: z.string().min(1).optional(),
    category: z.string().optional(),
    link: z.string().optional(),
    fields: z.array(z.string()).optional(),
    takeoverAllowed: z.boolean().optional(),
  });
  app.get<OnPage>(`${PAGE}/apps`, async (request) => ({ data: appsView(sim, findPage(sim, request.params.pageId)) }));
  app.post<OnPage>(`${PAGE}/apps`, async (request, reply) => {
    const page = findPage(sim, request.params.pageId);
    const body = parseBody(Install, request);
    const id = body.id ?? SALES_BOT_APP_ID;
    if (id === ownAppId(sim)) throw new ControlError(422, "Our own app subscribes itself, by the Graph API.");
    if (isMetaApp(id)) throw new ControlError(422, "Meta's own apps are on every Page already.");
    const known = sim.store.state.apps.find((one) => one.id === id);
    const name = body.name ?? known?.name ?? (id === SALES_BOT_APP_ID ? SALES_BOT_NAME : `App ${id}`);
    if (!known) sim.store.state.apps.push(newApp(id, name));
    const { category = "Business", link, fields = ["messages", "message_echoes", "messaging_postbacks"] } = body;
    const others = (page.apps ?? []).filter((one) => one.id !== id);
    page.apps = [...others, { id, name, category, fields, ...(link && { link }) }];
    setTakeover(page, id, body.takeoverAllowed ?? true);
    done();
    return await reply.code(201).send({ id, name });
  });
  app.delete<OnApp>(`${PAGE}/apps/:appId`, async (request) => {
    const page = findPage(sim, request.params.pageId);
    const { appId } = request.params;
    if (!page.apps?.some((one) => one.id === appId))
      throw new ControlError(404, `App ${appId} is not installed on this Page.`);
    page.apps = page.apps.filter((one) => one.id !== appId);
    setTakeover(page, appId, true);
    forget(sim, page, appId);
    done();
    return { ok: true };
  });
  const Change = z.strictObject({ takeoverAllowed: z.boolean() });
  app.patch<OnApp>(`${PAGE}/apps/:appId`, async (request) => {
    const page = findPage(sim, request.params.pageId);
    const { appId } = request.params;
    if (isMetaApp(appId) || !isOnPage(sim, page, appId))
      throw new ControlError(404, `App ${appId} is not installed on this Page.`);
    setTakeover(page, appId, parseBody(Change, request).takeoverAllowed);
    done();
    return { id: appId, name: appName(sim, page, appId), takeoverAllowed: takeoverAllowed(page, appId) };
  });
}

function setTakeover(page: Page, appId: string, allowed: boolean): void {
  const denied = (page.takeoverDenied ?? []).filter((id) => id !== appId);
  page.takeoverDenied = allowed ? denied : [...denied, appId];
}

/** An app that is gone from the Page holds nothing there and is no default app. */
function forget(sim: Sim, page: Page, appId: string): void {
  for (const thread of Object.values(sim.store.state.threads))
    if (thread.pageId === page.id && thread.control?.ownerAppId === appId) releaseControl(sim, thread);
  for (const platform of ["messenger", "instagram"] as const)
    if (routingOf(page, platform).defaultAppId === appId)
      page.routing = { ...page.routing, [platform]: { enabled: false, defaultAppId: null } };
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
