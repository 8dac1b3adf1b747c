import { decode } from "bmp-ts";
import heic from "heic-decode";

/** Four bytes a pixel: red, green, blue, alpha. */
export interface Raw {
  data: Buffer;
  width: number;
  height: number;
  hasAlpha: boolean;
  frames: number;
  hasMetadata: boolean;
}

/** Refused by the header, before anything is unpacked. */
export class TooManyPixels extends Error {}

/** @throws TooManyPixels; RangeError or Error where the file is damaged. */
export function decodeBmp(bytes: Buffer, mostPixels: number): Raw {
  const headerSize = bytes.readUInt32LE(14);
  const width = headerSize === 12 ? bytes.readUInt16LE(18) : bytes.readInt32LE(18);
  const height = Math.abs(headerSize === 12 ? bytes.readInt16LE(20) : bytes.readInt32LE(22));
  const bits = headerSize === 12 ? bytes.readUInt16LE(24) : bytes.readUInt16LE(28);
  const isPacked = headerSize !== 12 && [1, 2].includes(bytes.readUInt32LE(30));
  if (width <= 0 || height === 0) throw new RangeError("A picture without pixels.");
  if (width * height > mostPixels) throw new TooManyPixels();
  const row = Math.ceil((width * bits) / 32) * 4;
  if (!isPacked && bytes.readUInt32LE(10) + row * height > bytes.length) throw new RangeError("Rows are missing.");
  const { data } = decode(bytes, { toRGBA: true });
  return { data, width, height, hasAlpha: false, frames: 1, hasMetadata: false };
}

/** The first picture of a HEIC file, upright. @throws TooManyPixels; Error where it is damaged. */
export async function decodeHeif(bytes: Buffer, mostPixels: number): Promise<Raw> {
  const images = await heic.all({ buffer: bytes });
  try {
    const [first] = images;
    if (!first) throw new RangeError("A picture without pixels.");
    const { width, height } = first;
    if (width * height > mostPixels) throw new TooManyPixels();
    const pixels = (await first.decode()).data;
    const data = Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength);
    let hasAlpha = false;
    for (let at = 3; at < data.length && !hasAlpha; at += 4) hasAlpha = data[at] !== 255;
    // Phones write place and camera into an item of this type.
    const hasMetadata = bytes.subarray(0, 65_536).includes("Exif");
    return { data, width, height, hasAlpha, frames: images.length, hasMetadata };
  } finally {
    images.dispose();
  }
}
