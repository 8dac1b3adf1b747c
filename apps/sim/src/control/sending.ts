import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { describeKnown, KNOWN } from "../graph/known/index.ts";
import { isAlive, policyAt, WAYS } from "../graph/send/ways.ts";
import type { Sim } from "../sim.ts";
import { ControlError, parseBody } from "./body.ts";
import { findPage } from "./find.ts";

type Path = { Params: { id: string; uploadId: string } };
const DAY = 24 * 3_600_000;
const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

/** What Meta knows about sending: its errors, its ways to send, what was uploaded for reuse. */
export function sendingRoutes(app: FastifyInstance, sim: Sim): void {
  app.get<{ Querystring: { code?: string } }>("/_sim/known-errors", async ({ query }) => ({
    data: KNOWN.filter(({ code }) => query.code === undefined || String(code) === query.code).map(describeKnown),
  }));
  app.get<{ Querystring: { date?: string } }>("/_sim/policy", async ({ query }) => {
    const at = query.date === undefined ? policyAt(sim) : Date.parse(query.date);
    if (Number.isNaN(at)) throw new ControlError(400, "date: an ISO date");
    return {
      date: new Date(at).toISOString(),
      data: WAYS.map(({ from, until, reach, needs, ...way }) => ({
        ...way,
        from: iso(from),
        until: iso(until),
        reachHours: reach === null ? null : reach / 3_600_000,
        needs: needs ?? null,
        alive: isAlive({ from, until, reach, ...way }, at),
      })),
    };
  });
  app.get<Path>("/_sim/pages/:id/uploads", async (request) => {
    const page = findPage(sim, request.params.id);
    const uploads = sim.store.state.uploads.filter(({ pageId }) => pageId === page.id);
    return {
      data: uploads.map(({ id, type, name, contentType, size, at, platform = "messenger" }) => ({
        id,
        type,
        name,
        contentType,
        size,
        platform,
        at: iso(at),
        expiresAt: iso(at + 90 * DAY),
      })),
    };
  });
  app.post<Path>("/_sim/pages/:id/uploads/:uploadId/age", async (request) => {
    const page = findPage(sim, request.params.id);
    const { days } = parseBody(z.strictObject({ days: z.number().min(0) }), request);
    const found = sim.store.state.uploads.filter(
      ({ id, pageId }) => pageId === page.id && (request.params.uploadId === "all" || id === request.params.uploadId),
    );
    if (found.length === 0 && request.params.uploadId !== "all")
      throw new ControlError(404, `This Page has no upload ${request.params.uploadId}.`);
    for (const upload of found) upload.at = sim.now() - days * DAY;
    sim.store.touch();
    return { ok: true, aged: found.length };
  });
}
