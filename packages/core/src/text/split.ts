import type { Platform } from "../ways/index.ts";
import { measureText } from "./text.ts";

/**
 * Cuts a text into parts Meta accepts. It cuts at the last line break of a part's second half, else between words, else
 * between graphemes (what a reader sees as one character), and inside one only when it alone exceeds the limit. White space
 * at a cut is dropped; everything else stays, in order. A text without visible content gives no part.
 */
export function splitText(platform: Platform, text: string): string[] {
  if (text.trim() === "") return [];
  const { limit } = measureText(platform, "");
  const size = (s: string) => measureText(platform, s).length;
  if (size(text) <= limit) return [text];
  const parts: string[] = [];
  let part = "";
  let length = 0;
  for (const piece of piecesOf(text, limit, size)) {
    const pieceLength = size(piece);
    if (length + pieceLength > limit) {
      const [done, rest] = cutAtLine(part);
      if (done.trim() !== "") parts.push(done.trim());
      // A new part takes over what stood after the line break, if the piece still fits beside it.
      const carried = rest.trimStart();
      if (size(carried) + pieceLength > limit) {
        if (carried.trim() !== "") parts.push(carried.trim());
        part = piece.trimStart();
      } else {
        part = carried === "" ? piece.trimStart() : carried + piece;
      }
      length = size(part);
    } else {
      part += piece;
      length += pieceLength;
    }
  }
  if (part.trim() !== "") parts.push(part.trim());
  return parts;
}

/** Splits a full part at its last line break, where that leaves at least half of it. */
function cutAtLine(part: string): [string, string] {
  const at = part.lastIndexOf("\n");
  return at >= part.length / 2 ? [part.slice(0, at), part.slice(at + 1)] : [part, ""];
}

/** The smallest units a cut may stand between: words, or graphemes where a word alone exceeds the limit. */
function* piecesOf(text: string, limit: number, size: (s: string) => number): Generator<string> {
  const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  const safe = new Set<number>([text.length]);
  for (const { index } of graphemes.segment(text)) safe.add(index);
  let word = "";
  for (const { segment, index } of new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)) {
    word += segment;
    // Word and grapheme boundaries differ in rare scripts; a cut must be both.
    if (!safe.has(index + segment.length)) continue;
    if (size(word) <= limit) yield word;
    else for (const { segment: g } of graphemes.segment(word)) yield* size(g) <= limit ? [g] : g;
    word = "";
  }
}
