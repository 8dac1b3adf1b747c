import type { Sim } from "../../sim.ts";
import { numericId } from "../../store/ids.ts";
import type { Page, Platform, StoredAttachment } from "../../store/types.ts";
import type { Call } from "../call.ts";
import { GraphError, graphError } from "../error.ts";
import { asBoolean, asString } from "../params.ts";
import { ready } from "../ready-errors.ts";
import { type FileToSend, judgeFile, LIMIT } from "./attachments.ts";
import { fetchByUrl } from "./fetch.ts";
import type { AttachmentRequest } from "./shape.ts";

/** Uploaded attachments live for 90 days and belong to the Page that uploaded them (Saving assets, 2026-04-22). */
const LIFE_MS = 90 * 24 * 3_600_000;

export interface Media {
  stored: StoredAttachment;
  /** Set when the caller asked to reuse it. */
  attachmentId: string | null;
}

/** Brings the bytes of one attachment in: by id, by URL or from the multipart body. `always` keeps them for reuse. */
export async function takeMedia(
  call: Call,
  page: Page,
  platform: Platform,
  request: AttachmentRequest,
  always: boolean,
): Promise<Media> {
  const { sim } = call;
  const { type, payload } = request;
  if (type === "template" || type === "MEDIA_SHARE" || type === "like_heart") {
    return { stored: { type: type === "MEDIA_SHARE" ? "template" : type, template: payload }, attachmentId: null };
  }
  const known = asString(payload.attachment_id);
  if (known) return { stored: await reuse(sim, page, known, platform), attachmentId: null };
  const file = await bytesOf(call, payload, type);
  const verdict = await judgeFile(type, file, platform);
  if (verdict instanceof GraphError) throw verdict;
  const name = /\.[a-z0-9]{1,5}$/i.test(file.name) ? file.name : `${file.name}.${verdict.extension || "bin"}`;
  const { contentType } = verdict;
  const blob = await sim.blobs.put(file.bytes, name, contentType);
  const stored: StoredAttachment = { type, blobId: blob.id, name, contentType, size: blob.size };
  if (!always && !asBoolean(payload.is_reusable)) return { stored, attachmentId: null };
  const id = numericId(16);
  const kept = { id, pageId: page.id, type, blobId: blob.id, name, contentType, size: blob.size };
  sim.store.state.uploads.push({ ...kept, at: sim.now(), platform });
  sim.store.touch();
  return { stored: { ...stored, attachmentId: id }, attachmentId: id };
}

/** A file uploaded for the other platform is judged again: the lists differ (meta-sending §4.1). */
async function reuse(sim: Sim, page: Page, id: string, platform: Platform): Promise<StoredAttachment> {
  const upload = sim.store.state.uploads.find((candidate) => candidate.id === id);
  if (upload?.pageId !== page.id || sim.now() - upload.at > LIFE_MS) throw ready.attachmentId();
  const { type, blobId, name, contentType, size } = upload;
  if ((upload.platform ?? "messenger") !== platform) {
    const blob = await sim.blobs.get(blobId);
    if (!blob) throw ready.attachmentId();
    const verdict = await judgeFile(type, { bytes: blob.bytes, name, contentType, byUrl: false }, platform);
    if (verdict instanceof GraphError) throw verdict;
  }
  return { type, blobId, name, contentType, size, attachmentId: id };
}

async function bytesOf(call: Call, payload: Record<string, unknown>, type: string): Promise<FileToSend> {
  const url = asString(payload.url);
  if (url) return await fetchByUrl(url, type, call.sim.store.state.faults.fetchTimeoutMs);
  const [file] = call.files;
  if (!file || call.files.length !== 1)
    throw graphError(100, undefined, "(#100) Incorrect number of files uploaded. Must upload exactly one file.");
  // The limit is one of the encoded request (Saving assets, 2026-04-22).
  const sent = Number(call.reply.request.headers["content-length"] ?? 0);
  if (file.truncated || sent > LIMIT) throw ready.tooLarge();
  return { bytes: file.bytes, name: file.name, contentType: file.contentType, byUrl: false };
}
