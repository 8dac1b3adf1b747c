import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { ownAppId } from "../routing/apps.ts";
import type { Sim } from "../sim.ts";
import { ControlError, parseBody } from "./body.ts";
import { findPage } from "./find.ts";

type Path = { Params: { id: string } };

/** What is switched for one Page: its subscription, who may see profiles, Instagram's Connected Tools. */
export function pageSwitchRoutes(app: FastifyInstance, sim: Sim): void {
  const done = () => {
    sim.store.touch();
    sim.bus.emit({ type: "world" });
  };
  const Drop = z.strictObject({ appId: z.string().optional(), alert: z.boolean().default(true) });
  app.post<Path>("/_sim/pages/:id/drop-subscription", async (request) => {
    const page = findPage(sim, request.params.id);
    const { appId = ownAppId(sim), alert } = parseBody(Drop, request);
    if (!page.installs.some((install) => install.appId === appId))
      throw new ControlError(409, `App ${appId} is not subscribed to this Page.`);
    sim.sender.disable(page.id, appId);
    const text = "Webhooks Disabled: failing for 1 hour. Subscribe the Page again after fixing.";
    if (alert) sim.store.state.alerts.push({ at: sim.now(), level: "disabled", appId, pageId: page.id, text });
    done();
    return { ok: true };
  });
  const Access = z.strictObject({ allowed: z.boolean() });
  app.post<Path>("/_sim/pages/:id/profile-access", async (request) => {
    const page = findPage(sim, request.params.id);
    page.profileAccess = parseBody(Access, request).allowed;
    done();
    return { ok: true, allowed: page.profileAccess };
  });
  app.post<Path>("/_sim/pages/:id/instagram-access", async (request) => {
    const page = findPage(sim, request.params.id);
    if (!page.instagram) throw new ControlError(422, "This Page has no Instagram account.");
    page.instagramAccess = parseBody(Access, request).allowed;
    done();
    return { ok: true, allowed: page.instagramAccess };
  });
}
