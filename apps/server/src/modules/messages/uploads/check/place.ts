/** Boxes that hold others, on the way to where phones write the place of a film. */
const HOLDERS = new Set(["moov", "trak", "udta"]);
/** QuickTime's and 3GPP's names for the place of recording. */
const PLACES = new Set(["\u00a9xyz", "loci"]);

/**
 * Blanks the place of recording in an MP4 or QuickTime film, in the bytes given, as unused space: nothing moves, so no table
 * of frames has to change. Says whether there was one. The bytes must be whole.
 */
export function blankPlace(bytes: Buffer, from = 0, to = bytes.length): boolean {
  let found = false;
  let at = from;
  while (at + 8 <= to) {
    const short = bytes.readUInt32BE(at);
    const long = short === 1 && at + 16 <= to;
    const size = short === 0 ? to - at : long ? Number(bytes.readBigUInt64BE(at + 8)) : short;
    const end = at + size;
    if (size < 8 || end > to) return found;
    const name = bytes.toString("latin1", at + 4, at + 8);
    const content = at + (long ? 16 : 8);
    const isApple = name === "meta" && bytes.subarray(content, end).includes("location.ISO6709");
    if (PLACES.has(name) || isApple) {
      bytes.write("free", at + 4, "latin1");
      bytes.fill(0, content, end);
      found = true;
    } else if (HOLDERS.has(name)) found = blankPlace(bytes, content, end) || found;
    at = end;
  }
  return found;
}
