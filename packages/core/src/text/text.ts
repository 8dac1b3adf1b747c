import type { Platform } from "../ways/index.ts";

export interface TextMeasure {
  length: number;
  limit: number;
  unit: "characters" | "bytes";
}

/**
 * Messenger: 2,000 characters (Send API reference, v25.0), counted as UTF-16 units, the strictest reading of “characters”.
 * Instagram: 1,000 bytes of UTF-8 (Instagram send-message page, 2026-06-24; where it also says characters, bytes are stricter).
 */
const LIMITS: Readonly<Record<Platform, { limit: number; unit: TextMeasure["unit"] }>> = {
  messenger: { limit: 2_000, unit: "characters" },
  instagram: { limit: 1_000, unit: "bytes" },
};

/** Length of a text in the unit Meta counts on this platform. */
export function measureText(platform: Platform, text: string): TextMeasure {
  const { limit, unit } = LIMITS[platform];
  return { length: unit === "bytes" ? utf8Length(text) : text.length, limit, unit };
}

/** Bytes of UTF-8; a lone surrogate counts as its three-byte replacement. */
function utf8Length(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const point = char.codePointAt(0)!;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}
