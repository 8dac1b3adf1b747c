import { readFile, writeFile } from "node:fs/promises";
import { ATTACHMENT_LIMITS, type AttachmentRepair, type Platform } from "@firstline/core";
import sharp, { type Sharp } from "sharp";
import { decodeBmp, decodeHeif, type Raw, TooManyPixels } from "./raw-image.ts";
import { strip } from "./strip.ts";

/** Pictures of 108-megapixel cameras pass; a bomb that claims 50,000 × 50,000 is refused by its header. */
export const MOST_PIXELS = 120_000_000;
/** Whole colour planes in memory at once, in WebAssembly: less than what streams. */
const MOST_RAW_PIXELS = 60_000_000;
/** All frames of an animation together. */
const MOST_FRAME_PIXELS = 300_000_000;

export interface DecodedImage {
  open: (options?: { animated?: boolean }) => Sharp;
  width: number;
  height: number;
  hasAlpha: boolean;
  isAnimated: boolean;
  isTurned: boolean;
  isForPrint: boolean;
  /** Place, camera or other words inside. */
  hasMetadata: boolean;
}

const HEIF = /^image\/hei[cf]/;

/** Decodes the whole picture. @throws TooManyPixels before decoding, or anything where it is damaged. */
export async function decodeImage(path: string, type: string): Promise<DecodedImage> {
  const raw = await rawOf(path, type);
  if (raw) {
    const { data, width, height } = raw;
    return {
      open: () => {
        const image = sharp(data, { raw: { width, height, channels: 4 } });
        return raw.hasAlpha ? image : image.removeAlpha();
      },
      ...{ width, height, hasAlpha: raw.hasAlpha },
      ...{ isAnimated: raw.frames > 1, isTurned: false, isForPrint: false, hasMetadata: raw.hasMetadata },
    };
  }
  const head = await sharp(path, { limitInputPixels: false, failOn: "error" }).metadata();
  const pages = head.pages ?? 1;
  if (head.width * head.height > MOST_PIXELS || head.width * head.height * pages > MOST_FRAME_PIXELS)
    throw new TooManyPixels();
  const open = ({ animated = false } = {}) =>
    sharp(path, { limitInputPixels: MOST_FRAME_PIXELS, failOn: "error", sequentialRead: true, animated });
  await open({ animated: pages > 1 && (type === "image/gif" || type === "image/webp") }).stats();
  const turned = (head.orientation ?? 1) > 1;
  const sideways = (head.orientation ?? 1) > 4;
  return {
    open,
    width: sideways ? head.height : head.width,
    height: sideways ? head.width : head.height,
    hasAlpha: head.hasAlpha,
    isAnimated: pages > 1,
    isTurned: turned,
    isForPrint: head.space === "cmyk",
    hasMetadata: Boolean(head.exif ?? head.xmp ?? head.iptc),
  };
}

async function rawOf(path: string, type: string): Promise<Raw | null> {
  if (type === "image/bmp") return decodeBmp(await readFile(path), MOST_RAW_PIXELS);
  if (!HEIF.test(type)) return null;
  const bytes = await readFile(path);
  // The same container may hold AV1, which the other decoder reads.
  return bytes.subarray(0, 4_096).includes("av01") ? null : decodeHeif(bytes, MOST_RAW_PIXELS);
}

export interface MadeImage {
  path: string;
  type: string;
  width: number;
  height: number;
  repairs: AttachmentRepair[];
}

/**
 * The picture as it may leave: upright, in colours of screens, without metadata, in a format and size Meta takes. What
 * needs no new encoding is not encoded anew. Null: it cannot be made small enough, or its structure does not hold.
 */
export async function makeSendable(
  image: DecodedImage,
  job: { input: string; output: string; platform: Platform; type: string; wanted: readonly AttachmentRepair[] },
): Promise<MadeImage | null> {
  const { input, output, type } = job;
  const repairs: AttachmentRepair[] = job.wanted.filter((repair) => repair !== "shrink");
  const limit = ATTACHMENT_LIMITS[job.platform].image.maxBytes;
  const { width, height } = image;
  const isApng = /apng$/.test(type);
  const converts = job.wanted.includes("convert") && !isApng;
  if (!converts && !job.wanted.includes("shrink") && !image.isTurned && !image.isForPrint) {
    const bytes = await readFile(input);
    const stripped = strip(bytes, type);
    if (stripped === null) return null;
    if (isApng) repairs.push("first_frame");
    else if (stripped.length < bytes.length) repairs.push("strip_metadata");
    if (stripped.length === bytes.length) return { path: input, type, width, height, repairs };
    await writeFile(output, stripped);
    return { path: output, type: isApng ? "image/png" : type, width, height, repairs };
  }
  if (image.isTurned) repairs.push("orient");
  if (image.isForPrint) repairs.push("to_srgb");
  if (image.hasMetadata) repairs.push("strip_metadata");
  const made = await encode(image, type, limit);
  if (made === null) return null;
  if (made.isStill && image.isAnimated) repairs.push("first_frame");
  if (made.isShrunk || job.wanted.includes("shrink")) repairs.push("shrink");
  await writeFile(output, made.bytes);
  return { path: output, type: made.type, width: made.width, height: made.height, repairs };
}

interface Encoded {
  bytes: Buffer;
  type: string;
  width: number;
  height: number;
  isShrunk: boolean;
  isStill: boolean;
}

/** As large as the limit lets it be: first the format, then the quality, then the size. */
async function encode(image: DecodedImage, type: string, limit: number): Promise<Encoded | null> {
  if (image.isAnimated && type === "image/webp") {
    const { data, info } = await image.open({ animated: true }).gif().toBuffer({ resolveWithObject: true });
    const height = info.pageHeight ?? image.height;
    if (data.length <= limit)
      return { bytes: data, type: "image/gif", width: info.width, height, isShrunk: false, isStill: false };
  }
  const upright = () => image.open().autoOrient().toColourspace("srgb");
  if (image.hasAlpha || type === "image/png") {
    const { data, info } = await upright().png().toBuffer({ resolveWithObject: true });
    if (data.length <= limit)
      return { bytes: data, type: "image/png", ...size(info), isShrunk: false, isStill: image.isAnimated };
  }
  for (const [longest, quality] of [
    [undefined, 92],
    [4096, 85],
    [2560, 82],
    [1600, 78],
  ] as const) {
    const { data, info } = await upright()
      .resize(longest ? { width: longest, height: longest, fit: "inside", withoutEnlargement: true } : {})
      .flatten({ background: "#ffffff" })
      .jpeg({ quality })
      .toBuffer({ resolveWithObject: true });
    if (data.length <= limit)
      return {
        ...{ bytes: data, type: "image/jpeg", ...size(info) },
        ...{ isShrunk: longest !== undefined, isStill: image.isAnimated },
      };
  }
  return null;
}

const size = ({ width, height }: { width: number; height: number }) => ({ width, height });
