import type { Sim } from "../../sim.ts";
import { numericId } from "../../store/ids.ts";
import type { Page, Platform, StoredAttachment, UploadedAttachment } from "../../store/types.ts";
import { GraphError, graphError } from "../error.ts";
import { asBoolean, asString, type UploadedFile } from "../params.ts";
import { ready } from "../ready-errors.ts";
import { type FileToSend, judgeFile } from "./attachments.ts";
import { fetchByUrl } from "./fetch.ts";
import type { AttachmentRequest } from "./shape.ts";

/** Uploaded attachments live for 90 days and belong to the Page that uploaded them (Saving assets, 2026-04-22). */
const LIFE_MS = 90 * 24 * 3_600_000;

export interface Media {
  stored: StoredAttachment;
  /** Set when the caller asked to reuse it. */
  attachmentId: string | null;
}

/** Brings the bytes of one attachment in: by id, by URL or from the multipart body. */
export async function takeMedia(
  sim: Sim,
  page: Page,
  platform: Platform,
  request: AttachmentRequest,
  files: UploadedFile[],
  always: boolean,
): Promise<Media> {
  const { type, payload } = request;
  if (type === "template" || type === "MEDIA_SHARE" || type === "like_heart") {
    return { stored: { type: type === "MEDIA_SHARE" ? "template" : type, template: payload }, attachmentId: null };
  }
  const known = asString(payload.attachment_id);
  if (known) return { stored: reuse(sim, page, known), attachmentId: null };
  const file = await bytesOf(payload, type, files);
  const verdict = await judgeFile(type, file, platform);
  if (verdict instanceof GraphError) throw verdict;
  const name = /\.[a-z0-9]{1,5}$/i.test(file.name) ? file.name : `${file.name}.${verdict.extension || "bin"}`;
  const blob = await sim.blobs.put(file.bytes, name, verdict.contentType);
  const stored: StoredAttachment = { type, blobId: blob.id, name, contentType: verdict.contentType, size: blob.size };
  if (!always && !asBoolean(payload.is_reusable)) return { stored, attachmentId: null };
  const id = numericId(16);
  const upload: UploadedAttachment = {
    id,
    pageId: page.id,
    type,
    blobId: blob.id,
    name,
    contentType: verdict.contentType,
    size: blob.size,
    at: sim.now(),
  };
  sim.store.state.uploads.push(upload);
  sim.store.touch();
  return { stored: { ...stored, attachmentId: id }, attachmentId: id };
}

function reuse(sim: Sim, page: Page, id: string): StoredAttachment {
  const upload = sim.store.state.uploads.find((candidate) => candidate.id === id);
  if (!upload || upload.pageId !== page.id || sim.now() - upload.at > LIFE_MS) throw ready.attachmentId();
  const { type, blobId, name, contentType, size } = upload;
  return { type, blobId, name, contentType, size, attachmentId: id };
}

async function bytesOf(payload: Record<string, unknown>, type: string, files: UploadedFile[]): Promise<FileToSend> {
  const url = asString(payload.url);
  if (url) return await fetchByUrl(url, type);
  const [file] = files;
  if (!file || files.length !== 1)
    throw graphError(100, undefined, "(#100) Incorrect number of files uploaded. Must upload exactly one file.");
  if (file.truncated) throw ready.tooLarge();
  return { bytes: file.bytes, name: file.name, contentType: file.contentType, byUrl: false };
}
