import type { Platform } from "../ways/index.ts";

export type AttachmentKind = "image" | "audio" | "video" | "file";

const MB = 1024 * 1024;
/** Meta counts the encoded request: room for the multipart envelope. */
const ENVELOPE = 4 * 1024;

/**
 * Sizes in bytes, by platform and kind, for files we send as bytes (by address Messenger takes pictures up to 8 MB only).
 * Saving assets (2026-04-22); Instagram send-message page (2026-06-24), PDF since 2025-12-19.
 */
export const ATTACHMENT_LIMITS: Readonly<
  Record<Platform, Readonly<Record<AttachmentKind, { maxBytes: number; perMessage: number }>>>
> = {
  messenger: {
    image: { maxBytes: 25 * MB - ENVELOPE, perMessage: 30 },
    audio: { maxBytes: 25 * MB - ENVELOPE, perMessage: 1 },
    video: { maxBytes: 25 * MB - ENVELOPE, perMessage: 1 },
    file: { maxBytes: 25 * MB - ENVELOPE, perMessage: 1 },
  },
  instagram: {
    image: { maxBytes: 8 * MB - ENVELOPE, perMessage: 10 },
    audio: { maxBytes: 25 * MB - ENVELOPE, perMessage: 1 },
    video: { maxBytes: 25 * MB - ENVELOPE, perMessage: 1 },
    file: { maxBytes: 25 * MB - ENVELOPE, perMessage: 1 },
  },
};

/** Sent as they are on both platforms. */
export const SAFE_IMAGES: ReadonlySet<string> = new Set(["image/jpeg", "image/png", "image/gif"]);
/** Turned into JPEG or PNG without visible loss. */
export const CONVERTIBLE_IMAGES: ReadonlySet<string> = new Set([
  "image/heic",
  "image/heif",
  "image/heic-sequence",
  "image/heif-sequence",
  "image/avif",
  "image/tiff",
  "image/bmp",
  "image/webp",
  "image/apng",
  "image/vnd.mozilla.apng",
]);

/** Sound and film that phones play. Meta's pages list none for Messenger; anything else arrives safely as a file. */
const PLAYED: ReadonlySet<string> = new Set([
  "audio/mpeg",
  "audio/aac",
  "audio/mp4",
  "audio/x-m4a",
  "audio/m4a",
  "audio/wav",
  "audio/x-wav",
  "audio/vnd.wave",
  "audio/wave",
  "audio/ogg",
  "audio/opus",
  "video/mp4",
  "video/x-m4v",
  "video/quicktime",
  "video/webm",
  "video/ogg",
  "video/x-msvideo",
  "video/vnd.avi",
  "video/avi",
  "video/3gpp",
  "video/3gpp2",
  "video/mpeg",
  "video/matroska",
  "video/x-matroska",
]);

const INSTAGRAM_AUDIO: ReadonlySet<string> = new Set([
  "audio/aac",
  "audio/mp4",
  "audio/x-m4a",
  "audio/m4a",
  "audio/wav",
  "audio/x-wav",
  "audio/vnd.wave",
  "audio/wave",
]);
const INSTAGRAM_VIDEO: ReadonlySet<string> = new Set([
  "video/mp4",
  "video/ogg",
  "video/x-msvideo",
  "video/vnd.avi",
  "video/avi",
  "video/quicktime",
  "video/webm",
  "video/x-m4v",
]);

/** Type without parameters, lower case: `Audio/OGG; codecs=opus` becomes `audio/ogg`. */
export function baseType(contentType: string): string {
  return contentType.split(";", 1)[0]!.trim().toLowerCase();
}

/**
 * As what Meta takes content of this type on this platform, converted where needed; null: not at all. Messenger takes
 * anything as a file, so what it cannot show or play goes as a file there.
 */
export function attachmentKind(platform: Platform, contentType: string): AttachmentKind | null {
  const type = baseType(contentType);
  if (SAFE_IMAGES.has(type) || CONVERTIBLE_IMAGES.has(type)) return "image";
  if (platform === "messenger") {
    if (!PLAYED.has(type)) return "file";
    return type.startsWith("audio/") ? "audio" : "video";
  }
  if (INSTAGRAM_AUDIO.has(type)) return "audio";
  if (INSTAGRAM_VIDEO.has(type)) return "video";
  return type === "application/pdf" ? "file" : null;
}
