/**
 * A picture as phones write it: HEVC in a HEIF container (ISO 23008-2, 23008-12). No tool here encodes HEVC, so this writes
 * the smallest there is: one block of 32 × 32, its samples uncompressed, all red.
 */
export function heic(): Buffer {
  const parameters = [vps(), sps(), pps()];
  const slice = nal(19, sliceOf());
  const picture = Buffer.concat([u32(slice.length), slice]);
  const arrays = parameters.flatMap((set, n) => [Buffer.from([0xa0 | (32 + n), 0, 1]), u16(set.length), set]);
  const config = Buffer.concat([
    Buffer.from([1, 3, 0x70, 0, 0, 0, 0x90, 0, 0, 0, 0, 0, 30, 0xf0, 0, 0xfc, 0xfd, 0xf8, 0xf8, 0, 0, 0x0f, 3]),
    ...arrays,
  ]);
  const properties = box(
    "iprp",
    box("ipco", box("hvcC", config), full("ispe", 0, u32(SIDE), u32(SIDE))),
    full("ipma", 0, u32(1), u16(1), Buffer.from([2, 0x81, 2])),
  );
  const head = box("ftyp", text("heic"), u32(0), text("mif1heic"));
  const meta = (at: number) =>
    full(
      "meta",
      0,
      full("hdlr", 0, u32(0), text("pict"), Buffer.alloc(13)),
      full("pitm", 0, u16(1)),
      full("iinf", 0, u16(1), full("infe", 2, u16(1), u16(0), text("hvc1"), Buffer.alloc(1))),
      properties,
      full("iloc", 0, Buffer.from([0x44, 0]), u16(1), u16(1), u16(0), u16(1), u32(at), u32(picture.length)),
    );
  const at = head.length + meta(0).length + 8;
  return Buffer.concat([head, meta(at), box("mdat", picture)]);
}

const SIDE = 32;
/** Luma and the two colour differences of red (BT.601). */
const RED = [81, 90, 240] as const;

const text = (letters: string) => Buffer.from(letters, "latin1");
const u16 = (value: number) => Buffer.from([value >> 8, value & 255]);
const u32 = (value: number) => Buffer.from([value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255]);
const box = (name: string, ...content: Buffer[]): Buffer => {
  const body = Buffer.concat(content);
  return Buffer.concat([u32(body.length + 8), text(name), body]);
};
const full = (name: string, version: number, ...content: Buffer[]) =>
  box(name, Buffer.from([version, 0, 0, 0]), ...content);

/** A unit of the bit stream; three bytes that would read as a start code are kept apart. */
function nal(type: number, content: Buffer): Buffer {
  const out = [type << 1, 1];
  for (const byte of content) {
    if (byte <= 3 && out.at(-1) === 0 && out.at(-2) === 0) out.push(3);
    out.push(byte);
  }
  return Buffer.from(out);
}

/** Bits, most significant first. */
class Bits {
  readonly #bits: number[] = [];
  /** Fixed length. */
  u(value: number, length: number): this {
    for (let n = length - 1; n >= 0; n--) this.#bits.push(Math.floor(value / 2 ** n) & 1);
    return this;
  }
  flags(bits: string): this {
    for (const bit of bits.replaceAll(" ", "")) this.#bits.push(Number(bit));
    return this;
  }
  /** Exponential Golomb. */
  ue(...values: number[]): this {
    for (const value of values) {
      const length = Math.floor(Math.log2(value + 1));
      this.u(0, length).u(value + 1, length + 1);
    }
    return this;
  }
  align(): this {
    while (this.#bits.length % 8 > 0) this.#bits.push(0);
    return this;
  }
  /** With the stop bit. */
  end(): Buffer {
    return this.flags("1").align().bytes();
  }
  bytes(): Buffer {
    const bytes = Buffer.alloc(this.#bits.length / 8);
    for (const [n, bit] of this.#bits.entries()) bytes[n >> 3]! |= bit << (7 - (n & 7));
    return bytes;
  }
}

/** Main Still Picture, level 1. */
const profile = (bits: Bits) => bits.u(3, 8).u(0x70000000, 32).flags("1001").u(0, 44).u(30, 8);

const vps = () =>
  nal(
    32,
    profile(new Bits().u(0, 4).flags("11").u(0, 6).u(0, 3).flags("1").u(0xffff, 16))
      .flags("1")
      .ue(0, 0, 0)
      .u(0, 6)
      .ue(0)
      .flags("00")
      .end(),
  ); // prettier-ignore

const sps = () =>
  nal(
    33,
    profile(new Bits().u(0, 4).u(0, 3).flags("1"))
      .ue(0, 1, SIDE, SIDE)
      .flags("0")
      .ue(0, 0, 0)
      .flags("1")
      // Buffering; blocks of 32 × 32 and nothing else; transforms of 4 to 32.
      .ue(0, 0, 0, 2, 0, 0, 3, 0, 0)
      // No scaling lists, asymmetric parts or offsets; uncompressed samples of 8 bits in blocks of 32.
      .flags("000 1 0111 0111")
      .ue(2, 0)
      .flags("1")
      .ue(0)
      .flags("00000")
      .end(),
  );

const pps = () =>
  nal(
    34,
    new Bits()
      .ue(0, 0)
      .flags("0000000")
      .ue(0, 0, 0)
      .flags("000")
      .ue(0, 0)
      .flags("0000000 101 00")
      .ue(0)
      .flags("00")
      .end(),
  ); // prettier-ignore

/** One slice of one block: its only coded decisions are "one part", "uncompressed" and "that was all". */
function sliceOf(): Buffer {
  const bits = new Bits().flags("10").ue(0, 2, 0).flags("1").align();
  // Range 510 less 240 for the likelier value of an even context: 270.
  terminate(bits, 0, 270);
  bits.align();
  for (const [n, value] of RED.entries())
    for (let at = 0; at < (n === 0 ? SIDE * SIDE : (SIDE * SIDE) / 4); at++) bits.u(value, 8);
  terminate(bits, 0, 510);
  return bits.align().bytes();
}

/** Ends arithmetic coding (§9.3.4.3.5): a terminating 1, then what the coder still holds, the last bit being 1. */
function terminate(bits: Bits, start: number, startRange: number): void {
  let low = start + startRange - 2;
  let range = 2;
  let outstanding = 0;
  let first = true;
  const put = (bit: number) => {
    if (first) first = false;
    else bits.u(bit, 1);
    for (; outstanding > 0; outstanding--) bits.u(1 - bit, 1);
  };
  while (range < 256) {
    if (low < 256) put(0);
    else if (low >= 512) {
      low -= 512;
      put(1);
    } else {
      low -= 256;
      outstanding++;
    }
    range *= 2;
    low *= 2;
  }
  put((low >> 9) & 1);
  bits.u(((low >> 7) & 3) | 1, 2);
}
