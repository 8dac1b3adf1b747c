import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { App } from "./server.ts";

/** Serves the built web app from `/`. Addresses of its own screens all answer with its one page. */
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
  const page = (path: string) =>
    app.get(path, { config: { public: true }, schema: { hide: true } }, (_request, reply) =>
      reply
        .header("cache-control", "no-cache")
        .type("text/html; charset=utf-8")
        .sendFile("index.html", root, { immutable: false, maxAge: 0 }),
    );
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
    page(path);
  for (const file of ["favicon.svg", "favicon-unread.svg", "sw.js", "manifest.webmanifest"]) {
    app.get(`/${file}`, { config: { public: true }, schema: { hide: true } }, (_request, reply) =>
      reply.sendFile(file, root, { immutable: false, maxAge: 3_600_000 }),
    );
  }
}
