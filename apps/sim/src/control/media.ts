import type { FastifyRequest } from "fastify";
import { fileTypeFromBuffer } from "file-type";
import { z } from "zod";
import type { Sim } from "../sim.ts";
import type { StoredAttachment } from "../store/types.ts";
import { ControlError, parseBody } from "./body.ts";
import { isShared, SHARED_TYPES, sharedThing } from "./shared-things.ts";

const Attachment = z.strictObject({
  type: z.enum(["image", "audio", "video", "file", "media", "sticker", "fallback", "template", ...SHARED_TYPES]),
  url: z.string().optional(),
  base64: z.string().optional(),
  name: z.string().optional(),
  contentType: z.string().optional(),
  title: z.string().optional(),
  stickerId: z.number().int().optional(),
  payload: z.unknown().optional(),
  id: z.union([z.string(), z.number()]).optional(),
});

const when = z.union([z.number(), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))]);

const Message = z.strictObject({
  text: z.string().optional(),
  attachments: z.array(Attachment).optional(),
  quickReplyPayload: z.string().optional(),
  replyTo: z.string().optional(),
  at: when.optional(),
  platform: z.enum(["messenger", "instagram"]).optional(),
  metadata: z.string().optional(),
  appId: z.string().nullable().optional(),
  customerId: z.string().optional(),
  storyReply: z.strictObject({ url: z.string(), id: z.string() }).optional(),
  referral: z.record(z.string(), z.unknown()).optional(),
  commands: z.array(z.strictObject({ name: z.string() })).optional(),
  unsupported: z.literal(true).optional(),
  empty: z.literal(true).optional(),
  priorMessage: z.strictObject({ source: z.string(), identifier: z.string() }).optional(),
  /** Inbox replies: force or suppress taking control. */
  control: z.boolean().optional(),
});

export type MessageBody = Omit<z.infer<typeof Message>, "attachments"> & { attachments: StoredAttachment[] };

/** A message of the control API: JSON, or multipart with files beside the same fields. */
export async function readMessageBody(sim: Sim, request: FastifyRequest): Promise<MessageBody> {
  if (request.isMultipart()) return await readMultipart(sim, request);
  const body = parseBody(Message, request);
  const attachments: StoredAttachment[] = [];
  for (const one of body.attachments ?? []) attachments.push(await keep(sim, one));
  return { ...body, attachments };
}

async function readMultipart(sim: Sim, request: FastifyRequest): Promise<MessageBody> {
  const fields: Record<string, unknown> = {};
  const attachments: StoredAttachment[] = [];
  for await (const part of request.parts()) {
    if (part.type === "field") {
      fields[part.fieldname] =
        part.fieldname === "at" && /^\d+$/.test(String(part.value)) ? Number(part.value) : part.value;
      continue;
    }
    attachments.push(await keepBytes(sim, await part.toBuffer(), part.filename, part.mimetype));
  }
  const parsed = Message.safeParse(fields);
  if (!parsed.success) throw new ControlError(400, parsed.error.issues.map((issue) => issue.message).join("; "));
  return { ...parsed.data, attachments };
}

async function keep(sim: Sim, one: z.infer<typeof Attachment>): Promise<StoredAttachment> {
  if (one.type === "sticker") {
    const stickerId = one.stickerId ?? 369239263222822;
    return { type: "sticker", stickerId, url: one.url ?? `${sim.baseUrl()}/_cdn/sticker/${stickerId}.png` };
  }
  if (one.type === "fallback")
    return { type: "fallback", ...(one.url && { url: one.url }), ...(one.title && { title: one.title }) };
  if (one.type === "template") return { type: "template", template: one.payload };
  if (isShared(one.type)) return sharedThing({ ...one, type: one.type });
  if (one.base64 !== undefined)
    return await keepBytes(sim, Buffer.from(one.base64, "base64"), one.name, one.contentType, one.type);
  if (!one.url) throw new ControlError(400, "An attachment needs url or base64.");
  return { type: one.type, url: one.url, ...(one.name && { name: one.name }) };
}

async function keepBytes(
  sim: Sim,
  bytes: Buffer,
  name?: string,
  declared?: string,
  type?: string,
): Promise<StoredAttachment> {
  const found = await fileTypeFromBuffer(bytes);
  const contentType =
    found?.mime ?? (declared && declared !== "application/octet-stream" ? declared : "application/octet-stream");
  const group = contentType.split("/")[0] ?? "";
  const kind = type ?? (["image", "audio", "video"].includes(group) ? group : "file");
  const blob = await sim.blobs.put(bytes, name || `${kind}.${found?.ext ?? "bin"}`, contentType);
  return { type: kind, blobId: blob.id, name: blob.name, contentType, size: blob.size };
}
