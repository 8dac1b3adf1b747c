import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyReply } from "fastify";
import type { App } from "./server.ts";

/**
 * Serves the built web app from `/`. Addresses of its own screens all answer with its one page, and so does any address that
 * somebody opens in a browser and that does not exist: with 404, and the page says so in words.
 */
export async function serveWeb(app: App, root: string | null): Promise<void> {
  if (!root) return;
  await app.register(fastifyStatic, {
    root: join(root, "assets"),
    prefix: "/assets/",
    decorateReply: true,
    immutable: true,
    maxAge: "365d",
    preCompressed: true,
  });
  const open = { config: { public: true }, schema: { hide: true } };
  const page = (reply: FastifyReply) =>
    reply
      .header("cache-control", "no-cache")
      .type("text/html; charset=utf-8")
      .sendFile("index.html", root, { immutable: false, maxAge: 0 });
  for (const path of [
    "/",
    "/login",
    "/setup",
    "/invite/*",
    "/reauthorize/*",
    "/inbox",
    "/inbox/*",
    "/settings",
    "/settings/*",
    "/trace",
  ])
    app.get(path, open, (_request, reply) => page(reply));
  for (const file of ["favicon.svg", "favicon-unread.svg", "sw.js", "manifest.webmanifest"]) {
    app.get(`/${file}`, open, (_request, reply) => reply.sendFile(file, root, { immutable: false, maxAge: 3_600_000 }));
  }
  app.get("/*", open, (request, reply) =>
    request.headers["sec-fetch-mode"] === "navigate" && !request.url.startsWith("/api/")
      ? page(reply.status(404))
      : reply.callNotFound(),
  );
}
