import type { FastifyInstance } from "fastify";

/** Every route of a server as `GET /api/v1/channels/:id`, whether its description names it or not; without HEAD. */
export function routesOf(http: Pick<FastifyInstance, "printRoutes">): string[] {
  const routes: string[] = [];
  const path: string[] = [];
  // The router prints its tree of prefixes, four columns a level: `│   └── /:id (GET, PATCH)`; some have no route of their own.
  for (const line of http.printRoutes().split("\n")) {
    const found = /^(.*?)[├└]── (\S*)(?: \((.+)\))?$/.exec(line);
    if (!found) continue;
    const [, indent, part, methods] = found as unknown as [string, string, string, string?];
    path.length = indent.length / 4;
    path.push(part);
    for (const method of methods?.split(", ") ?? []) if (method !== "HEAD") routes.push(`${method} ${path.join("")}`);
  }
  return routes;
}
