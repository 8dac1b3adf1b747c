import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { FastifyRequest } from "fastify";
import { ApiError } from "../../../platform/http/problems.ts";

/** Larger than anything Meta takes, so that a picture of a good camera can be made smaller here. */
export const LARGEST_UPLOAD = 64_000_000;
/** Folders of uploads begin so: the only places the processes that open files may write to. */
export const UPLOAD_FOLDERS = join(tmpdir(), "firstline-upload-");
/** Room for the other members of the form. */
const FORM = 64_000;

export interface TakenFile {
  name: string;
  /** Folder of this upload alone. */
  folder: string;
  path: string;
  fields: Record<string, string>;
}

const tooLarge = () =>
  new ApiError(422, "attachment_too_large", null, {
    ...{ verdict: "refused", cause: "attachment_too_large", class: "too_large" },
  });

/**
 * Writes the part `file` of a form to disk as it comes, so that many large uploads need no memory, hands it to `use`, and
 * removes it whatever happens. What announces itself as too large is refused before a byte is read.
 * @throws ApiError 422 for a missing or too large file.
 */
export async function withUploadedFile<T>(request: FastifyRequest, use: (file: TakenFile) => Promise<T>): Promise<T> {
  if (Number(request.headers["content-length"] ?? 0) > LARGEST_UPLOAD + FORM) throw tooLarge();
  const folder = await mkdtemp(UPLOAD_FOLDERS);
  try {
    const fields: Record<string, string> = {};
    let name: string | null = null;
    const path = join(folder, "in");
    const parts = request.parts({ limits: { fileSize: LARGEST_UPLOAD } });
    for await (const part of parts) {
      if (part.type === "field") fields[part.fieldname] = String(part.value);
      else if (part.fieldname === "file" && name === null) {
        name = part.filename || "file";
        await pipeline(part.file, createWriteStream(path, { flags: "wx", mode: 0o600 }));
        if (part.file.truncated) throw tooLarge();
      } else part.file.resume();
    }
    if (name === null)
      throw new ApiError(422, "invalid_request", "The multipart body needs the fields `file` and `conversationId`.");
    return await use({ name, folder, path, fields });
  } catch (error) {
    if ((error as { code?: string }).code === "FST_REQ_FILE_TOO_LARGE") throw tooLarge();
    if (error instanceof ApiError || request.raw.complete !== false) throw error;
    // Cancelled by the person, or cut off on the way: nothing went wrong here.
    throw new ApiError(422, "invalid_request", { en: "The upload was broken off.", "zh-TW": "上傳中斷了。" });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
