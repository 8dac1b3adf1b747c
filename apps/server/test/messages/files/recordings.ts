import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  MkvOutputFormat,
  MovOutputFormat,
  Mp4OutputFormat,
  OggOutputFormat,
  Output,
  type OutputFormat,
  WebMOutputFormat,
} from "mediabunny";

/** What frames hold is never looked at, so they hold nothing. */
const NOTHING = new Uint8Array(64);
const AAC = new Uint8Array([0x12, 0x10]);
const OPUS = new Uint8Array(Buffer.from("OpusHead\x01\x01\x38\x01\x80\xbb\x00\x00\x00\x00\x00", "latin1"));
const AVC = new Uint8Array([
  1, 0x42, 0xc0, 0x0a, 0xff, 0xe1, 0, 9, 0x67, 0x42, 0xc0, 0x0a, 0xda, 0x0f, 0x0a, 0x69, 0x10, 1, 0, 4, 0x68, 0xce,
  0x0f, 0xc8,
]);

type Codec = "aac" | "opus" | "avc" | "vp8";

/** Two seconds in the container given. */
async function record(format: OutputFormat, ...tracks: Codec[]): Promise<Buffer> {
  const output = new Output({ format, target: new BufferTarget() });
  const feeds: (() => Promise<void>)[] = [];
  for (const codec of tracks) {
    if (codec === "aac" || codec === "opus") {
      const source = new EncodedAudioPacketSource(codec);
      output.addAudioTrack(source);
      const config = { codec: codec === "aac" ? "mp4a.40.2" : "opus", sampleRate: 48_000, numberOfChannels: 1 };
      const decoderConfig = { ...config, description: codec === "aac" ? AAC : OPUS };
      feeds.push(() => feed((packet, meta) => source.add(packet, meta as never), decoderConfig));
    } else {
      const source = new EncodedVideoPacketSource(codec);
      output.addVideoTrack(source);
      const config = { codec: codec === "avc" ? "avc1.42c00a" : "vp8", codedWidth: 32, codedHeight: 32 };
      const decoderConfig = codec === "avc" ? { ...config, description: AVC } : config;
      feeds.push(() => feed((packet, meta) => source.add(packet, meta as never), decoderConfig));
    }
  }
  await output.start();
  for (const each of feeds) await each();
  await output.finalize();
  return Buffer.from((output.target as BufferTarget).buffer!);
}

async function feed(
  add: (packet: EncodedPacket, meta?: object) => Promise<void>,
  decoderConfig: object,
): Promise<void> {
  for (let n = 0; n < 100; n++)
    await add(new EncodedPacket(NOTHING, "key", n * 0.02, 0.02), n === 0 ? { decoderConfig } : undefined);
}

export const mp4 = () => record(new Mp4OutputFormat({ fastStart: "in-memory" }), "avc", "aac");
export const mp4Sound = () => record(new Mp4OutputFormat({ fastStart: "in-memory" }), "aac");
export const mov = () => record(new MovOutputFormat({ fastStart: "in-memory" }), "avc");
export const webm = () => record(new WebMOutputFormat(), "vp8", "opus");
export const webmSound = () => record(new WebMOutputFormat(), "opus");
export const mkv = () => record(new MkvOutputFormat(), "avc");
export const ogg = () => record(new OggOutputFormat(), "opus");

/** Brand of a file that iTunes and phones write for sound. */
export async function m4a(): Promise<Buffer> {
  const bytes = await mp4Sound();
  bytes.write("M4A ", 8, "latin1");
  return bytes;
}

/** Where it was filmed, as phones write it, behind what the film is. */
export async function mp4WithPlace(): Promise<Buffer> {
  const bytes = await mp4();
  const place = Buffer.from("+25.0336+121.5646/");
  const moov = bytes.indexOf("moov") - 4;
  const size = bytes.readUInt32BE(moov);
  const box = (name: string, content: Buffer) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(content.length + 8, 0);
    head.write(name, 4, "latin1");
    return Buffer.concat([head, content]);
  };
  const user = box("udta", box("\u00a9xyz", Buffer.concat([Buffer.from([0, place.length, 0x15, 0xc7]), place])));
  const rest = bytes.subarray(moov + size);
  const grown = Buffer.concat([bytes.subarray(0, moov + size), user, rest]);
  grown.writeUInt32BE(size + user.length, moov);
  return grown;
}

/** One channel, 16 bits, 8,000 a second. `claimed`: bytes of sound its header promises. */
export function wav(bytes: number, claimed = bytes): Buffer {
  const head = Buffer.alloc(44);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(36 + claimed, 4);
  head.write("WAVEfmt ", 8, "latin1");
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36, "latin1");
  head.writeUInt32LE(claimed, 40);
  return Buffer.concat([head, Buffer.alloc(bytes, 3)]);
}

/** MPEG-1 layer III, 128 kbit/s, 44,100 a second. `promised`: bytes that its first frame says there are. */
export function mp3(count = 60, promised: number | null = null): Buffer {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0x00]);
  const first = Buffer.from(frame);
  if (promised !== null) {
    first.write("Xing", 36, "latin1");
    first.writeUInt32BE(3, 40);
    first.writeUInt32BE(count, 44);
    first.writeUInt32BE(promised, 48);
  }
  return Buffer.concat([first, ...Array.from({ length: count }, () => frame)]);
}

/** Raw AAC: each frame with a header of its own. */
export function aac(count = 60): Buffer {
  const length = 47;
  const head = [0xff, 0xf1, 0x50, 0x80 | (length >> 11), (length >> 3) & 255, ((length & 7) << 5) | 0x1f, 0xfc];
  return Buffer.concat(Array.from({ length: count }, () => Buffer.from([...head, ...new Uint8Array(40)])));
}

/** Header and an empty list of frames. */
export function avi(): Buffer {
  const part = (id: string, content: Buffer) => {
    const head = Buffer.alloc(8);
    head.write(id, 0, "latin1");
    head.writeUInt32LE(content.length, 4);
    return Buffer.concat([head, content]);
  };
  const named = (name: string, content: Buffer) => Buffer.concat([Buffer.from(name, "latin1"), content]);
  const header = part("LIST", named("hdrl", part("avih", Buffer.alloc(56))));
  const movie = part("LIST", named("movi", part("00dc", Buffer.alloc(2_000))));
  return part("RIFF", named("AVI ", Buffer.concat([header, movie])));
}
