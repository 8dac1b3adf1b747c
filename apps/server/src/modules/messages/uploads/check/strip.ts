/**
 * Takes out of a picture what is not picture: place, camera, author, comments, previews, and anything behind its end, where
 * files that are two things at once keep the other. Pixels stay bit for bit. Null: its structure does not hold.
 */
export function strip(bytes: Buffer, type: string): Buffer | null {
  if (type === "image/jpeg") return stripJpeg(bytes);
  if (type === "image/png" || type === "image/apng" || type === "image/vnd.mozilla.apng") return stripPng(bytes);
  return type === "image/gif" ? stripGif(bytes) : bytes;
}

const SOI = Buffer.from([0xff, 0xd8]);
const EOI = Buffer.from([0xff, 0xd9]);

/** Kept beside the picture's own segments: JFIF, colour profiles and Adobe's mark of how colours are stored. */
function isKeptSegment(marker: number, content: Buffer): boolean {
  if (marker === 0xe0) return content.toString("latin1", 0, 4) === "JFIF";
  if (marker === 0xe2) return content.toString("latin1", 0, 11) === "ICC_PROFILE";
  if (marker === 0xee) return content.toString("latin1", 0, 5) === "Adobe";
  return (marker < 0xe0 || marker > 0xef) && marker !== 0xfe;
}

function stripJpeg(bytes: Buffer): Buffer | null {
  const kept: Buffer[] = [SOI];
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) at += 1;
    else if (marker === 0xd9) return Buffer.concat([...kept, EOI]);
    else {
      const end = at + 2 + bytes.readUInt16BE(at + 2);
      if (end > bytes.length) return null;
      const next = marker === 0xda ? endOfScan(bytes, end) : end;
      if (isKeptSegment(marker, bytes.subarray(at + 4, end))) kept.push(bytes.subarray(at, next));
      at = next;
    }
  }
  return at + 2 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] === 0xd9 ? Buffer.concat([...kept, EOI]) : null;
}

/** Where the entropy-coded data ends: at a marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0 && at + 1 < bytes.length) {
    const marker = bytes[at + 1]!;
    if (marker !== 0 && marker !== 0xff && !(marker >= 0xd0 && marker <= 0xd7)) return at;
    at = bytes.indexOf(0xff, marker === 0xff ? at + 1 : at + 2);
  }
  return bytes.length;
}

const PNG_KEPT = new Set("IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI sBIT bKGD pHYs hIST".split(" "));

function stripPng(bytes: Buffer): Buffer | null {
  const kept: Buffer[] = [bytes.subarray(0, 8)];
  let at = 8;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) return null;
    const name = bytes.toString("latin1", at + 4, at + 8);
    if (PNG_KEPT.has(name)) kept.push(bytes.subarray(at, end));
    if (name === "IEND") return Buffer.concat(kept);
    at = end;
  }
  return null;
}

function stripGif(bytes: Buffer): Buffer | null {
  if (bytes.length < 14) return null;
  let at = 13 + colourTable(bytes[10]!);
  const kept: Buffer[] = [bytes.subarray(0, at)];
  while (at < bytes.length) {
    const from = at;
    const block = bytes[at];
    if (block === 0x3b) return Buffer.concat([...kept, bytes.subarray(at, at + 1)]);
    if (block === 0x2c) {
      if (at + 11 > bytes.length) return null;
      at = endOfBlocks(bytes, at + 11 + colourTable(bytes[at + 9]!));
      kept.push(bytes.subarray(from, at));
    } else if (block === 0x21) {
      at = endOfBlocks(bytes, at + 2);
      const label = bytes[from + 1];
      const repeats = label === 0xff && /^(NETSCAPE|ANIMEXTS)/.test(bytes.toString("latin1", from + 3, from + 11));
      if (repeats || label === 0xf9 || label === 0x01) kept.push(bytes.subarray(from, at));
    } else return null;
  }
  return null;
}

const colourTable = (flags: number): number => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);

function endOfBlocks(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== 0) at += bytes[at]! + 1;
  return at + 1;
}
