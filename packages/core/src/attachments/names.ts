import { baseType } from "./kinds.ts";

/** Endings by type, the usual one first. Types not listed are never called mismatched: we would only guess. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  "image/jpeg": ["jpg", "jpeg", "jpe", "jfif"],
  "image/png": ["png", "apng"],
  "image/apng": ["png", "apng"],
  "image/gif": ["gif"],
  "image/webp": ["webp"],
  "image/heic": ["heic", "heif"],
  "image/heif": ["heif", "heic"],
  "image/avif": ["avif"],
  "image/tiff": ["tif", "tiff"],
  "image/bmp": ["bmp", "dib"],
  "image/svg+xml": ["svg"],
  "audio/mpeg": ["mp3", "mpga"],
  "audio/aac": ["aac"],
  "audio/mp4": ["m4a", "mp4", "m4b"],
  "audio/x-m4a": ["m4a", "mp4", "m4b"],
  "audio/wav": ["wav"],
  "audio/vnd.wave": ["wav"],
  "audio/ogg": ["ogg", "oga", "opus"],
  "audio/opus": ["opus", "ogg"],
  "audio/flac": ["flac"],
  "video/mp4": ["mp4", "m4v", "mp4v"],
  "video/quicktime": ["mov", "qt"],
  "video/webm": ["webm"],
  "audio/webm": ["webm", "weba"],
  "video/matroska": ["mkv"],
  "video/3gpp": ["3gp", "mp4"],
  "video/x-msvideo": ["avi"],
  "video/vnd.avi": ["avi"],
  "video/ogg": ["ogv", "ogg"],
  "application/pdf": ["pdf"],
};

/** Endings whose files begin with known bytes: a file named so whose content is not recognised at all is damaged. */
const RECOGNISABLE: ReadonlySet<string> = new Set([
  ...Object.values(ENDINGS).flat(),
  ...["zip", "rar", "7z", "gz", "docx", "xlsx", "pptx", "doc", "xls", "ppt"],
]);

/** Endings a person takes for something to look at or listen to. */
const SHOWN: ReadonlySet<string> = new Set(Object.values(ENDINGS).flat());

/** File systems end at 255 bytes; 80 characters of most scripts stay below, with room for the ending. */
const LONGEST_STEM = 80;

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

/**
 * Whether the name promises something to look at or listen to, or a document, while the content is of quite another nature:
 * an archive named `.jpg`, a text named `.docx`. Renaming would send what the sender did not mean to.
 */
export function isMisleading(name: string, contentType: string): boolean {
  const type = baseType(contentType);
  if (ENDINGS[type] !== undefined) return false;
  const ending = endingOf(name);
  if (ending === null) return false;
  return type === "text/plain" ? RECOGNISABLE.has(ending) : SHOWN.has(ending) && !/^(image|audio|video)\//.test(type);
}

/** The name with the ending of its content. */
export function renamed(name: string, contentType: string): string {
  const endings = ENDINGS[baseType(contentType)];
  if (endings === undefined) return name;
  const ending = endingOf(name);
  if (ending !== null && endings.includes(ending)) return name;
  const stem = ending === null ? name : name.trim().replace(/\.[a-z0-9]{1,8}$/i, "");
  return `${stem.replace(/[./\\\s]+$/, "") || "file"}.${endings[0]}`;
}

/**
 * The name as everybody reads it: marks that turn the direction of writing, which make `gpj.exe` read as `exe.jpg`, line
 * breaks, quotes and parts of a path are removed, and a very long name is shortened before its ending. Any script stays.
 */
export function cleanName(name: string): string {
  const plain = name
    .toWellFormed()
    .replace(/[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF\uFFFD"]/gu, "")
    .replace(/^.*[/\\](?=.)/, "")
    .replace(/[/\\]/g, "")
    .trim();
  const ending = endingOf(plain);
  const stem = [...(ending === null ? plain : plain.slice(0, -ending.length - 1))];
  if (stem.length <= LONGEST_STEM) return plain || "file";
  return `${stem.slice(0, LONGEST_STEM).join("").trim()}${ending === null ? "" : `.${plain.slice(-ending.length)}`}`;
}

export function isRecognisable(name: string): boolean {
  const ending = endingOf(name);
  return ending !== null && RECOGNISABLE.has(ending);
}
