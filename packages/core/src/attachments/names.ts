import { baseType } from "./kinds.ts";

/** Endings by type, the usual one first. Types not listed are never called mismatched: we would only guess. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  "image/jpeg": ["jpg", "jpeg", "jpe", "jfif"],
  "image/png": ["png", "apng"],
  "image/gif": ["gif"],
  "image/webp": ["webp"],
  "image/heic": ["heic", "heif"],
  "image/heif": ["heif", "heic"],
  "image/avif": ["avif"],
  "image/tiff": ["tif", "tiff"],
  "image/bmp": ["bmp", "dib"],
  "audio/mpeg": ["mp3", "mpga"],
  "audio/aac": ["aac"],
  "audio/mp4": ["m4a", "mp4", "m4b"],
  "audio/x-m4a": ["m4a", "mp4", "m4b"],
  "audio/wav": ["wav"],
  "audio/vnd.wave": ["wav"],
  "audio/ogg": ["ogg", "oga", "opus"],
  "audio/flac": ["flac"],
  "video/mp4": ["mp4", "m4v", "mp4v"],
  "video/quicktime": ["mov", "qt"],
  "video/webm": ["webm"],
  "video/x-msvideo": ["avi"],
  "video/vnd.avi": ["avi"],
  "video/ogg": ["ogv", "ogg"],
  "application/pdf": ["pdf"],
};

/** Endings whose files begin with known bytes: a file named so whose content is not recognised at all is damaged. */
const RECOGNISABLE: ReadonlySet<string> = new Set([
  ...Object.values(ENDINGS).flat(),
  ...["zip", "rar", "7z", "gz", "docx", "xlsx", "pptx"],
]);

/** Lower-case ending without the dot; null when the name has none. */
export function endingOf(name: string): string | null {
  const match = /[^./\\]\.([a-z0-9]{1,8})$/i.exec(name.trim());
  return match ? match[1]!.toLowerCase() : null;
}

/** Whether the name's ending says another type than the content. A name without an ending says nothing true either. */
export function isNameWrong(name: string, contentType: string): boolean {
  const endings = ENDINGS[baseType(contentType)];
  if (endings === undefined) return false;
  const ending = endingOf(name);
  return ending === null || !endings.includes(ending);
}

/** The name with the ending of its content. */
export function renamed(name: string, contentType: string): string {
  const ending = ENDINGS[baseType(contentType)]?.[0];
  if (ending === undefined) return name;
  const stem = endingOf(name) === null ? name : name.trim().replace(/\.[a-z0-9]{1,8}$/i, "");
  return `${stem.replace(/[./\\\s]+$/, "") || "file"}.${ending}`;
}

export function isRecognisable(name: string): boolean {
  const ending = endingOf(name);
  return ending !== null && RECOGNISABLE.has(ending);
}
