import type { FastifyInstance } from "fastify";
import type { Sim } from "../sim.ts";
import { avatar } from "../world/avatars.ts";
import { emblem } from "../world/emblems.ts";
import { sticker } from "../world/pictures.ts";

/** Media under `/_cdn`, standing for Meta's `scontent.*.fbcdn.net`. */
export function cdnRoutes(app: FastifyInstance, sim: Sim): void {
  app.get<{ Params: { id: string } }>("/_cdn/avatar/:id", async (request, reply) => {
    const id = request.params.id.replace(/\.png$/, "");
    const page = sim.store.page(id);
    const bytes = page ? emblem(page.name) : avatar(id);
    return reply.type("image/png").header("cache-control", "public, max-age=86400").send(bytes);
  });
  app.get("/_cdn/sticker/:id", async (_request, reply) => reply.type("image/png").send(sticker()));
  app.get<{ Params: { id: string } }>("/_cdn/:id/:name", async (request, reply) => {
    const blob = await sim.blobs.get(request.params.id);
    if (!blob) return reply.code(404).type("text/plain").send("URL signature expired");
    return reply
      .type(blob.meta.contentType)
      .header("cache-control", "public, max-age=1209600")
      .header("x-content-type-options", "nosniff")
      .header("content-disposition", `inline; filename*=UTF-8''${encodeURIComponent(blob.meta.name)}`)
      .header(
        "content-security-policy",
        "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox",
      )
      .send(Buffer.from(blob.bytes));
  });
}
