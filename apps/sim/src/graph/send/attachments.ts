import { fileTypeFromBuffer } from "file-type";
import type { Platform } from "../../store/types.ts";
import type { GraphError } from "../error.ts";
import { ready } from "../ready-errors.ts";
import { isBrokenVideo, isCutOff } from "./end-marks.ts";

const MB = 1024 * 1024;
/** 25 MB for every kind; 8 MB for an image by URL and for Instagram images (Saving assets 2026-04-22; meta-sending §4.1). */
export const LIMIT = 25 * MB;
const IMAGE_URL_LIMIT = 8 * MB;

export interface FileToSend {
  bytes: Uint8Array;
  /** File name, or the last part of the URL. */
  name: string;
  /** What the sender declared: content type of the part, or of the HTTP answer. */
  contentType: string | null;
  byUrl: boolean;
}

export interface Accepted {
  contentType: string;
  extension: string;
}

const MESSENGER: Record<string, RegExp> = {
  image: /^image\/(png|jpeg|gif)$/,
  audio: /^(audio\/.+|video\/mp4|application\/ogg)$/,
  video: /^(video\/.+|application\/ogg|audio\/ogg)$/,
};
const INSTAGRAM: Record<string, RegExp> = {
  image: /^image\/(png|jpeg|gif)$/,
  audio: /^(audio\/(aac|x-m4a|mp4|wav|vnd\.wave)|video\/mp4)$/,
  video: /^(video\/(mp4|ogg|x-msvideo|vnd\.avi|quicktime|webm)|audio\/ogg|application\/ogg)$/,
  file: /^application\/pdf$/,
};
const BANNED = /^application\/(x-msdownload|x-elf|x-mach-binary|vnd\.microsoft\.portable-executable)$/;
/** Extensions whose content must show its type: one that does not is damaged or misnamed. */
const RECOGNISABLE = /^(png|jpe?g|gif|webp|bmp|tiff?|heic|pdf|zip|docx|xlsx|pptx|mp4|mov|mp3|m4a|ogg|wav|webm|avi)$/;
const SAME = [
  ["jpg", "jpeg"],
  ["tif", "tiff"],
  ["mp4", "m4a", "m4v", "mov"],
  ["ogg", "oga", "ogv", "opus"],
  ["webm", "weba", "mkv"],
  ["aac", "m4a"],
]; // prettier-ignore

function sameExtension(a: string, b: string): boolean {
  return a === b || SAME.some((group) => group.includes(a) && group.includes(b));
}

/**
 * Judges a file the way Meta is seen to: the declared kind, the name, the declared content type and the content must agree,
 * else 100/2018047 "Upload attachment failure" (Send API error codes 2026-06-25; meta-sending §4.4).
 */
export async function judgeFile(kind: string, file: FileToSend, platform: Platform): Promise<Accepted | GraphError> {
  const tight = kind === "image" && (file.byUrl || platform === "instagram");
  if (file.bytes.byteLength > (tight ? IMAGE_URL_LIMIT : LIMIT)) return ready.tooLarge();
  if (file.bytes.byteLength === 0) return ready.uploadFailure();
  const found = await fileTypeFromBuffer(file.bytes);
  const extension = /\.([a-z0-9]{1,5})$/i.exec(file.name)?.[1]?.toLowerCase() ?? "";
  const declared = file.contentType?.split(";")[0]?.trim().toLowerCase() ?? null;
  if (file.byUrl && !found && declared === "text/html") return ready.bannedFile();
  if (found && BANNED.test(found.mime)) return ready.bannedFile();
  if (kind !== "file" && (!declared || !found)) return ready.uploadFailure();
  if (
    found &&
    declared &&
    kind !== "file" &&
    declared.split("/")[0] !== found.mime.split("/")[0] &&
    !isAudioInVideo(kind, found.mime)
  )
    return ready.uploadFailure();
  if (found && extension && RECOGNISABLE.test(extension) && !sameExtension(extension, found.ext))
    return ready.uploadFailure();
  if (!found && RECOGNISABLE.test(extension)) return ready.uploadFailure();
  if (found && declared?.startsWith("image/") && found.mime !== declared && declared !== "image/jpg")
    return ready.uploadFailure();
  const mime = found?.mime ?? declared ?? "application/octet-stream";
  const allowed = (platform === "instagram" ? INSTAGRAM : MESSENGER)[kind];
  if (allowed && !allowed.test(mime)) return ready.uploadFailure();
  if (found && kind === "video" && isBrokenVideo(file.bytes, found.ext)) return ready.brokenVideo();
  if (found && isCutOff(file.bytes, found.ext)) return ready.uploadFailure();
  return { contentType: mime, extension: found?.ext ?? extension };
}

/** Voice recorders put sound into an MP4, Ogg or WebM container, which shows as video. */
function isAudioInVideo(kind: string, mime: string): boolean {
  return (kind === "audio" || kind === "video") && /^(video|audio)\/(mp4|ogg|webm|x-m4a)|^application\/ogg/.test(mime);
}
