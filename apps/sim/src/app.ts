import formbody from "@fastify/formbody";
import multipart from "@fastify/multipart";
import Fastify, { type FastifyInstance } from "fastify";
import { controlRoutes } from "./control/routes.ts";
import { GraphError } from "./graph/error.ts";
import { graphRoutes } from "./graph/http.ts";
import { dialogRoutes } from "./oauth/dialog.ts";
import { cdnRoutes } from "./phone/cdn.ts";
import { pageRoutes } from "./phone/routes.ts";
import { scenarioRoutes } from "./scenarios/routes.ts";
import type { Sim } from "./sim.ts";

const MB = 1024 * 1024;

/** The whole simulator as one Fastify app; does not listen. */
export async function buildApp(sim: Sim): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: 40 * MB,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 2000 },
  });
  await app.register(formbody, { bodyLimit: 40 * MB });
  await app.register(multipart, {
    limits: { fileSize: 30 * MB, fieldSize: 2 * MB, files: 40 },
    throwFileSizeLimit: false,
  });
  // JSON stays text until a handler knows which error envelope a broken body deserves.
  app.removeContentTypeParser(["application/json", "text/plain"]);
  app.addContentTypeParser(["application/json", "text/plain"], { parseAs: "string" }, (_request, body, done) =>
    done(null, body),
  );
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  app.setErrorHandler(async (error: Error & { statusCode?: number }, request, reply) => {
    if (request.url.startsWith("/_sim"))
      return await reply.code(error.statusCode ?? 500).send({ error: error.message });
    if ((error.statusCode ?? 500) >= 500) console.error("sim:", error);
    const graph = new GraphError({ code: 100, message: `(#100) ${error.message}` });
    return await reply.code(error.statusCode ?? 500).send(graph.body());
  });
  pageRoutes(app, sim);
  cdnRoutes(app, sim);
  dialogRoutes(app, sim);
  controlRoutes(app, sim);
  scenarioRoutes(app, sim);
  graphRoutes(app, sim);
  return app;
}
