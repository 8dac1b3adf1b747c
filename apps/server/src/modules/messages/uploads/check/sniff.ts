import { open } from "node:fs/promises";
import { isActiveSvg, textType } from "@firstline/core";
import { fileTypeFromFile } from "file-type";

export interface Sniffed {
  /** By content alone, without parameters; null: neither a known signature nor text. */
  type: string | null;
  /** A drawing that holds a script. */
  active: boolean;
}

const BEGINNING = 8_192;
const LARGEST_DRAWING = 4_000_000;

/** What a file is by its bytes. Names and what browsers say are not asked. */
export async function sniff(path: string, size: number): Promise<Sniffed> {
  if (size === 0) return { type: null, active: false };
  const signature = await fileTypeFromFile(path);
  const found = signature ? signature.mime.split(";", 1)[0]!.toLowerCase() : null;
  if (found !== null && found !== "application/xml") return { type: found, active: false };
  const type = textType(await readText(path, BEGINNING));
  if (type !== "image/svg+xml") return { type: type === "text/plain" && found !== null ? found : type, active: false };
  // What cannot be searched whole is not taken for harmless.
  return { type, active: size > LARGEST_DRAWING || isActiveSvg(await readText(path, size)) };
}

async function readText(path: string, most: number): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(most), 0, most, 0);
    const bytes = buffer.subarray(0, bytesRead);
    const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff;
    // `stream`: a character cut at the end of what was read is no sign of anything.
    return new TextDecoder(wide === true ? "utf-16be" : wide || "utf-8").decode(bytes, { stream: true });
  } finally {
    await file.close();
  }
}
