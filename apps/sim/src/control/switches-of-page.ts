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
  /** Restricted by Meta: 10/1893063, or one of the older policy blocks, until it is taken back. */
  const Restrict = z.strictObject({
    restricted: z.boolean().default(true),
    code: z.literal([1893063, 368, 2022]).optional(),
  });
  app.post<Path>("/_sim/pages/:id/restrict", async (request) => {
    const page = findPage(sim, request.params.id);
    const { restricted, code } = parseBody(Restrict, request);
    page.restricted = restricted;
    delete page.restrictedAs;
    if (restricted && code !== undefined && code !== 1893063) page.restrictedAs = code;
    done();
    return { ok: true, restricted };
  });
  const On = z.strictObject({ on: z.boolean() });
  app.post<Path>("/_sim/pages/:id/ad-window", async (request) => {
    const page = findPage(sim, request.params.id);
    page.adWindow = parseBody(On, request).on;
    done();
    return { ok: true, on: page.adWindow };
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
  app.post<Path>("/_sim/pages/:id/several-images", async (request) => {
    const page = findPage(sim, request.params.id);
    if (!page.instagram) throw new ControlError(422, "This Page has no Instagram account.");
    page.severalImages = parseBody(Access, request).allowed;
    done();
    return { ok: true, allowed: page.severalImages };
  });
}
