import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";

/** Noise, so that formats cannot make it small. */
export const noise = (width = 60, height = 40, channels: 3 | 4 = 3) =>
  sharp({
    create: { width, height, channels, background: "#888", noise: { type: "gaussian", mean: 128, sigma: 40 } },
  });

/** Half see-through. */
export const clear = () =>
  sharp({ create: { width: 9, height: 9, channels: 4, background: { r: 1, g: 2, b: 3, alpha: 0.5 } } });

/** Three frames one after another. */
export const frames = () =>
  sharp(
    ["#f00", "#0f0", "#00f"].map(
      (background) => ({ create: { width: 16, height: 12, channels: 3, background } }) as never,
    ),
    { join: { animated: true } },
  );

export const half = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length / 2);

/** Taken in Taipei 101, says the camera. */
export const located = (): Promise<Buffer> =>
  noise()
    .jpeg()
    .withExif({ IFD0: { Make: "Camera" }, IFD3: { GPSLatitudeRef: "N", GPSLatitude: "25/1 2/1 1/1" } })
    .toBuffer();

export function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** Puts a chunk behind the header of a PNG. */
export const withChunk = (png: Buffer, name: string, content: Buffer): Buffer =>
  Buffer.concat([png.subarray(0, 33), chunk(name, content), png.subarray(33)]);

/** An animated PNG of one frame more than it shows to those who do not know animations. */
export function apng(png: Buffer): Buffer {
  const control = Buffer.alloc(8);
  control.writeUInt32BE(1, 0);
  const frame = Buffer.alloc(26);
  frame.writeUInt32BE(60, 4);
  frame.writeUInt32BE(40, 8);
  return withChunk(withChunk(png, "fcTL", frame), "acTL", control);
}

/** Claims the measures given and holds a few bytes: what unpacks it takes gigabytes. */
export function pngBomb(width: number, height: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2], 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(Buffer.alloc(3_000_000))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** 24 bits a pixel, rows from below. */
export function bmp(width: number, height: number, claimed = { width, height }): Buffer {
  const row = Math.ceil((width * 3) / 4) * 4;
  const bytes = Buffer.alloc(54 + row * height, 120);
  bytes.write("BM", 0, "latin1");
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(0, 6);
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(claimed.width, 18);
  bytes.writeInt32LE(claimed.height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  bytes.fill(0, 30, 54);
  return bytes;
}

/** A GIF that is JavaScript as well: its width reads as the beginning of a comment, its end holds the program. */
export function gifScript(gif: Buffer): Buffer {
  const comment = Buffer.from("*/=1;alert(document.cookie)//");
  return Buffer.concat([
    gif.subarray(0, -1),
    Buffer.from([0x21, 0xfe, comment.length]),
    comment,
    Buffer.from([0, 0x3b]),
    Buffer.from("*/;alert(2)"),
  ]);
}

export const SVG = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>';
export const SVG_SCRIPT = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';

/** The container phones write pictures into, with AV1 inside instead of HEVC. */
export async function heifWithAv1(): Promise<Buffer> {
  const bytes = await noise().avif().toBuffer();
  bytes.write("mif1", 8, "latin1");
  return bytes;
}

/** Begins as a phone's picture and stops. */
export const heicHeader = (): Buffer =>
  Buffer.concat([
    Buffer.from([0, 0, 0, 24]),
    Buffer.from("ftypheic\0\0\0\0mif1heic", "latin1"),
    Buffer.from([0, 0, 1, 0]),
    Buffer.from("meta", "latin1"),
    Buffer.alloc(90),
  ]);
