import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Sim } from "../sim.ts";
import { playHistory } from "../world/play.ts";
import { parseBody } from "./body.ts";
import { findPage } from "./find.ts";

/** `POST /_sim/world/play`: the sample conversations, as real signed webhooks; once per Page unless forced. */
export function worldRoutes(app: FastifyInstance, sim: Sim): void {
  const Play = z.strictObject({ pageId: z.string().optional(), force: z.boolean().optional() });
  app.post("/_sim/world/play", async (request) => {
    const { pageId, force = false } = parseBody(Play, request);
    const pages = pageId ? [findPage(sim, pageId)] : sim.store.state.pages;
    const result = [];
    for (const page of pages) result.push(await playHistory(sim, page, force));
    return { pages: result };
  });
}
