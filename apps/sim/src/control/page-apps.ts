import type { FastifyInstance } from "fastify";
import { z } from "zod";
import {
  appName,
  isMetaApp,
  isOnPage,
  ownAppId,
  SALES_BOT_APP_ID,
  SALES_BOT_NAME,
  takeoverAllowed,
} from "../routing/apps.ts";
import type { Sim } from "../sim.ts";
import type { Page } from "../store/types.ts";
import { newApp } from "../world/empty.ts";
import { forgetApp } from "../world/page-apps.ts";
import { ControlError, parseBody } from "./body.ts";
import { findPage } from "./find.ts";
import { appsView } from "./routing-view.ts";

type OnPage = { Params: { pageId: string } };
type OnApp = { Params: { pageId: string; appId: string } };
const PAGE = "/_sim/pages/:pageId";

/** Business Apps and Advanced Messaging of a Page: other apps come, go, and may or may not take control. */
export function appRoutes(app: FastifyInstance, sim: Sim): void {
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
    forgetApp(sim, page, appId);
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
