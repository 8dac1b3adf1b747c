/** Whether a container reaches as far as its own sizes promise. Formats without such sizes count as whole. */
export function isWhole(bytes: Buffer, type: string): boolean {
  if (/^(audio\/(mp4|x-m4a|m4a)|video\/(mp4|x-m4v|quicktime|3gpp2?))$/.test(type)) return isWholeIsoMedia(bytes);
  if (/wav|avi|msvideo/.test(type)) return isWholeRiff(bytes);
  if (/webm|matroska/.test(type)) return isWholeMatroska(bytes);
  if (/ogg|opus/.test(type)) return isWholeOgg(bytes);
  return type === "audio/mpeg" ? isWholeMp3(bytes) : true;
}

/** Boxes follow one another to the end, and one of them says where the frames are. */
function isWholeIsoMedia(bytes: Buffer): boolean {
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
  return (seen.has("moov") || seen.has("moof")) && seen.has("mdat");
}

/** Programs that write while they record leave the sizes open: 0 or all ones. */
const isOpen = (size: number): boolean => size === 0 || size >= 0xffffff00;

function isWholeRiff(bytes: Buffer): boolean {
  if (bytes.length < 20) return false;
  const isAvi = bytes.toString("latin1", 8, 12) === "AVI ";
  const seen = new Set<string>();
  let at = 12;
  while (at + 8 <= bytes.length) {
    const id = bytes.toString("latin1", at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    seen.add(id === "LIST" && at + 12 <= bytes.length ? bytes.toString("latin1", at + 8, at + 12) : id);
    if ((id === "data" || id === "LIST") && isOpen(size)) break;
    if (at + 8 + size > bytes.length) return false;
    at += 8 + size + (size & 1);
  }
  return isAvi ? seen.has("hdrl") && seen.has("movi") : seen.has("fmt ") && seen.has("data");
}

/** EBML header, then one segment, whose size may be unknown. */
function isWholeMatroska(bytes: Buffer): boolean {
  if (bytes.length < 12) return false;
  const header = vint(bytes, 4);
  if (header === null) return false;
  const segment = header.end + header.value;
  if (segment + 5 > bytes.length || bytes.readUInt32BE(segment) !== 0x18538067) return false;
  const size = vint(bytes, segment + 4);
  return size !== null && (size.isUnknown || size.end + size.value <= bytes.length);
}

/** A number whose first byte tells its length (RFC 8794 §4). */
function vint(bytes: Buffer, at: number): { value: number; end: number; isUnknown: boolean } | null {
  const first = bytes[at] ?? 0;
  const length = Math.clz32(first) - 23;
  if (length > 8 || at + length > bytes.length) return null;
  let value = first & (0xff >> length);
  let isUnknown = value === 0xff >> length;
  for (let n = 1; n < length; n++) {
    value = value * 256 + bytes[at + n]!;
    isUnknown &&= bytes[at + n] === 0xff;
  }
  return { value, end: at + length, isUnknown };
}

/** Pages follow one another to the end (RFC 3533 §6). */
function isWholeOgg(bytes: Buffer): boolean {
  let at = 0;
  while (at < bytes.length) {
    if (at + 27 > bytes.length || bytes.toString("latin1", at, at + 4) !== "OggS") return false;
    const segments = bytes[at + 26]!;
    let size = 27 + segments;
    for (let n = 0; n < segments; n++) size += bytes[at + 27 + n] ?? 0;
    at += size;
  }
  return at === bytes.length && at > 0;
}

/** Encoders that write a `Xing` or `Info` frame say there how many bytes follow. */
function isWholeMp3(bytes: Buffer): boolean {
  const head = bytes.subarray(0, Math.min(bytes.length, 262_144));
  const at = Math.max(head.indexOf("Xing"), head.indexOf("Info"));
  if (at < 0 || at + 16 > bytes.length) return true;
  const flags = bytes.readUInt32BE(at + 4);
  if (flags > 15 || (flags & 2) === 0) return true;
  const promised = bytes.readUInt32BE(at + (flags & 1 ? 12 : 8));
  return promised <= bytes.length * 1.02 + 4_096;
}
