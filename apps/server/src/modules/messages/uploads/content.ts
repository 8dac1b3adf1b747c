import { Id } from "@firstline/contracts";
import { sql } from "kysely";
import { z } from "zod";
import type { Deps } from "../../../deps.ts";
import { notFound } from "../../../platform/http/problems.ts";
import type { App } from "../../../platform/http/server.ts";

/** Shown inside the page by every browser and harmless there. Everything else is offered as a download. */
const INLINE = /^(image\/(png|jpeg|gif|webp|avif)|audio\/[\w.+-]+|video\/[\w.+-]+)$/;

/** Files of either side, as they are kept here: shown, played in parts, downloaded. */
export function contentRoute(app: App, deps: Deps): void {
  app.get(
    "/api/v1/attachments/:id/content",
    {
      config: { permission: "conversations:read" },
      schema: {
        tags: ["attachments"],
        summary: "The bytes of a file",
        params: z.object({ id: Id }),
        querystring: z.object({ download: z.string().optional() }),
      },
    },
    async (request, reply) => {
      const { rows } = await sql<{
        blob_key: string;
        name: string | null;
        content_type: string | null;
      }>`select blob_key, name, content_type from attachment where workspace_id = ${request.actor.workspaceId} and id = ${request.params.id} and state = 'stored'`.execute(
        deps.db,
      );
      const file = rows[0];
      if (!file) throw notFound("file");
      const bytes = await deps.blobs.get(file.blob_key);
      const type = file.content_type ?? "application/octet-stream";
      const inline = INLINE.test(type) && request.query.download === undefined;
      reply
        .header(
          "content-disposition",
          `${inline ? "inline" : "attachment"}; filename*=UTF-8''${encodeURIComponent(file.name ?? "file")}`,
        )
        .header("content-security-policy", "default-src 'none'; sandbox")
        .header("cache-control", "private, max-age=31536000, immutable")
        .header("accept-ranges", "bytes")
        .type(inline ? type : "application/octet-stream");
      const range = rangeOf(request.headers.range, bytes.length);
      if (!range) return reply.send(bytes);
      const { from, to } = range;
      if (from > to) return reply.status(416).header("content-range", `bytes */${bytes.length}`).send(Buffer.alloc(0));
      return reply
        .status(206)
        .header("content-range", `bytes ${from}-${to}/${bytes.length}`)
        .send(bytes.subarray(from, to + 1));
    },
  );
}

/** First and last byte of the one range asked for (RFC 9110 §14.1.2); null: the whole. `from > to`: outside of the file. */
function rangeOf(header: string | undefined, size: number): { from: number; to: number } | null {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (first === undefined || last === undefined || first + last === "") return null;
  if (first === "") return { from: Number(last) > 0 ? Math.max(0, size - Number(last)) : size, to: size - 1 };
  return { from: Number(first), to: Math.min(last === "" ? size - 1 : Number(last), size - 1) };
}
