import { Id, UploadVerdict } from "@firstline/contracts";
import { ATTACHMENT_LIMITS, type AttachmentCheck, checkAttachment } from "@firstline/core";
import { fileTypeFromBuffer } from "file-type";
import { sql } from "kysely";
import sharp from "sharp";
import { z } from "zod";
import type { Deps } from "../../deps.ts";
import { ApiError, notFound } from "../../platform/http/problems.ts";
import type { App } from "../../platform/http/server.ts";
import { conversationsById } from "../conversations/index.ts";

const MOST_PIXELS = 60_000_000;
/** Shown inside the page by every browser and harmless there. Everything else is offered as a download. */
const INLINE = /^(image\/(png|jpeg|gif|webp|avif)|audio\/[\w.+-]+|video\/[\w.+-]+)$/;

/** Files agents send: judged on choosing, not on sending (S7), and files of either side: shown. */
export function attachmentRoutes(app: App, deps: Deps): void {
  app.post(
    "/api/v1/attachments",
    {
      config: { permission: "conversations:write" },
      bodyLimit: 32_000_000,
      schema: {
        tags: ["attachments"],
        summary: "Upload a file for a reply (multipart: `file`, `conversationId`); judged at once",
        consumes: ["multipart/form-data"],
        response: { 201: UploadVerdict },
      },
    },
    async (request, reply) => {
      let file: { name: string; bytes: Buffer } | undefined;
      let conversationId: string | undefined;
      for await (const part of request.parts()) {
        if (part.type === "file" && part.fieldname === "file")
          file = { name: part.filename || "file", bytes: await part.toBuffer() };
        else if (part.type === "file") await part.toBuffer();
        else if (part.fieldname === "conversationId") conversationId = String(part.value);
      }
      const id = Id.safeParse(conversationId);
      if (!file || !id.success)
        throw new ApiError(422, "invalid_request", "The multipart body needs the fields `file` and `conversationId`.");
      const { workspaceId } = request.actor;
      const [conversation] = await conversationsById(deps.db, workspaceId, [id.data]);
      if (!conversation) throw notFound("conversation");

      const judged = await judge(conversation.platform, file);
      const { rows } = await sql<{ id: string }>`
        insert into attachment (workspace_id, conversation_id, kind, name, content_type, size, width, height, state, verdict)
        values (${workspaceId}, ${id.data}, ${judged.kind}, ${judged.name}, ${judged.contentType}, ${judged.bytes.length}, ${judged.width}, ${judged.height}, 'pending', ${JSON.stringify({ cause: judged.cause, repairs: judged.repairs })}::jsonb) returning id`.execute(
        deps.db,
      );
      const attachmentId = rows[0]!.id;
      const key = `${workspaceId}/uploads/${attachmentId}`;
      await deps.blobs.put(key, judged.bytes, judged.contentType);
      await sql`update attachment set state = 'stored', blob_key = ${key} where workspace_id = ${workspaceId} and id = ${attachmentId}`.execute(
        deps.db,
      );
      return reply.status(201).send({
        id: attachmentId,
        verdict: judged.repairs.length > 0 ? ("repaired" as const) : ("ok" as const),
        cause: judged.cause,
        repairs: judged.repairs,
        kind: judged.kind,
        name: judged.name,
        contentType: judged.contentType,
        size: judged.bytes.length,
        url: `/api/v1/attachments/${attachmentId}/content`,
      });
    },
  );

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

interface Judged {
  kind: "image" | "audio" | "video" | "file";
  name: string;
  contentType: string;
  bytes: Buffer;
  width: number | null;
  height: number | null;
  cause: string | null;
  repairs: string[];
}

/** The core's verdict on what the bytes are, then the repairs it asks for. @throws ApiError 422 with the cause. */
async function judge(platform: "messenger" | "instagram", file: { name: string; bytes: Buffer }): Promise<Judged> {
  const contentType = (await fileTypeFromBuffer(file.bytes))?.mime ?? null;
  const isImage = contentType?.startsWith("image/") ?? false;
  const decoded = isImage ? await decode(file.bytes) : null;
  const check: AttachmentCheck = checkAttachment({
    platform,
    declaredName: file.name,
    contentType,
    size: file.bytes.length,
    decodable: isImage ? decoded !== null : null,
  });
  if (check.verdict === "refused" || check.kind === null)
    throw new ApiError(422, check.cause ?? "attachment_unsupported", null, { verdict: "refused", cause: check.cause });
  let bytes = file.bytes;
  let type = contentType ?? "application/octet-stream";
  if (check.repairs.includes("convert") || check.repairs.includes("shrink")) {
    const limit = ATTACHMENT_LIMITS[platform][check.kind].maxBytes;
    const image = await shrink(bytes, decoded!.hasAlpha, limit);
    bytes = image.bytes;
    type = image.type;
  }
  const name = check.repairs.length > 0 ? withEnding(check.name, type) : check.name;
  const size = isImage
    ? await sharp(bytes, { limitInputPixels: MOST_PIXELS })
        .metadata()
        .catch(() => null)
    : null;
  return {
    kind: check.kind,
    name,
    contentType: type,
    bytes,
    width: size?.width ?? null,
    height: size?.height ?? null,
    cause: check.cause,
    repairs: check.repairs,
  };
}

async function decode(bytes: Buffer): Promise<{ hasAlpha: boolean } | null> {
  try {
    const image = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: "error" });
    await image.stats();
    return { hasAlpha: (await image.metadata()).hasAlpha ?? false };
  } catch {
    return null;
  }
}

/** As large as the limit lets it be: first the format, then the quality, then the size. */
async function shrink(bytes: Buffer, alpha: boolean, limit: number): Promise<{ bytes: Buffer; type: string }> {
  const open = () => sharp(bytes, { limitInputPixels: MOST_PIXELS }).rotate();
  if (alpha) {
    const png = await open().png().toBuffer();
    if (png.length <= limit) return { bytes: png, type: "image/png" };
  }
  for (const [width, quality] of [
    [undefined, 92],
    [4096, 85],
    [2560, 82],
    [1600, 78],
  ] as const) {
    const jpeg = await open()
      .resize(width ? { width, height: width, fit: "inside", withoutEnlargement: true } : {})
      .flatten({ background: "#ffffff" })
      .jpeg({ quality })
      .toBuffer();
    if (jpeg.length <= limit) return { bytes: jpeg, type: "image/jpeg" };
  }
  throw new ApiError(422, "attachment_too_large", null, { verdict: "refused", cause: "attachment_too_large" });
}

function withEnding(name: string, type: string): string {
  const ending = type === "image/jpeg" ? "jpg" : type === "image/png" ? "png" : null;
  return ending && !new RegExp(`\\.(${ending === "jpg" ? "jpe?g" : ending})$`, "i").test(name)
    ? `${name.replace(/\.[^.]*$/, "")}.${ending}`
    : name;
}
