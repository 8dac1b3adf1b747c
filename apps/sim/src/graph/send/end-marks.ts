import { crc32 } from "node:zlib";

type Judge = (bytes: Buffer) => boolean;

/** Whether a picture, judged by its signature already, stops in the middle. Structure only: nothing is decoded. */
export function isCutOff(bytes: Uint8Array, extension: string): boolean {
  const whole = WHOLE[extension];
  return whole ? !whole(asBuffer(bytes)) : false;
}

/** A video whose boxes promise more than there is, or that has no index to play it by. */
export function isBrokenVideo(bytes: Uint8Array, extension: string): boolean {
  return ["mp4", "mov", "m4v"].includes(extension) && !isWholeMp4(asBuffer(bytes));
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const WHOLE: Record<string, Judge> = {
  png: isWholePng,
  jpg: isWholeJpeg,
  gif: (bytes) => bytes.subarray(-4096).includes(0x3b),
  webp: (bytes) => bytes.length >= 12 && bytes.readUInt32LE(4) + 8 <= bytes.length,
  bmp: (bytes) => bytes.length >= 6 && bytes.readUInt32LE(2) <= bytes.length,
};

/** Every chunk is there with its check sum, up to IEND. */
function isWholePng(bytes: Buffer): boolean {
  let at = 8;
  while (at + 12 <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    const end = at + 8 + length;
    if (end + 4 > bytes.length) return false;
    if (crc32(bytes.subarray(at + 4, end)) !== bytes.readUInt32BE(end)) return false;
    if (bytes.toString("latin1", at + 4, at + 8) === "IEND") return true;
    at = end + 4;
  }
  return false;
}

/** The segments lead to the picture's data, and an end mark comes after its beginning. */
function isWholeJpeg(bytes: Buffer): boolean {
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return false;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    at += 2 + bytes.readUInt16BE(at + 2);
    if (marker === 0xda) return bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) >= at;
  }
  return false;
}

/** Boxes follow one another to the end, and `moov` or a fragment is among them. */
function isWholeMp4(bytes: Buffer): boolean {
  const seen = new Set<string>();
  let at = 0;
  while (at + 8 <= bytes.length) {
    const short = bytes.readUInt32BE(at);
    const size = short === 1 && at + 16 <= bytes.length ? Number(bytes.readBigUInt64BE(at + 8)) : short;
    seen.add(bytes.toString("latin1", at + 4, at + 8));
    if (short === 0) break;
    if (size < 8 || at + size > bytes.length) return false;
    at += size;
  }
  return seen.has("moov") || seen.has("moof");
}
