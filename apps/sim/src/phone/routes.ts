import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { answer } from "../graph/http.ts";
import type { Sim } from "../sim.ts";

const PUBLIC = fileURLToPath(new URL("./public/", import.meta.url));

/** The simulator's own pages: `/` control, `/phone` the customers' phones, `/business` Business Suite, `/scenarios`. */
export function pageRoutes(app: FastifyInstance, sim: Sim): void {
  void app.register(fastifyStatic, { root: PUBLIC, prefix: "/_ui/", cacheControl: false, etag: true });
  for (const name of ["phone", "business", "scenarios"])
    app.get(`/${name}`, async (_request, reply) => reply.sendFile(`${name}.html`));
  app.get("/favicon.ico", async (_request, reply) => reply.code(204).send());
  app.get("/", async (request, reply) => {
    if (
      Object.keys((request.query ?? {}) as object).some(
        (key) => key === "access_token" || key === "ids" || key === "id",
      )
    ) {
      return await answer(sim, request, reply);
    }
    return await reply.sendFile("control.html");
  });
}
