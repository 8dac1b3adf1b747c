import { docx, lockedPdf, pdf, zip } from "./documents.ts";
import { heic } from "./heic.ts";
import {
  apng,
  bmp,
  clear,
  frames,
  gifScript,
  half,
  heicHeader,
  heifWithAv1,
  located,
  noise,
  pngBomb,
  SVG,
  SVG_SCRIPT,
  withChunk,
} from "./pictures.ts";
import * as rec from "./recordings.ts";

const MB = 1024 * 1024;
const bytes = (...values: number[]) => Buffer.from(values);
const text = (words: string) => () => Buffer.from(words);
const jpeg = () => noise().jpeg().toBuffer();
const png = () => noise().png().toBuffer();
const gif = () => noise().gif().toBuffer();
const cut = (make: () => Promise<Buffer>) => async () => half(await make());
const junk = (size: number) => Buffer.from(Array.from({ length: size }, (_, n) => (n * 197 + (n >> 3) * 31) & 255));

const DAMAGED = "refused damaged";
const UNSUPPORTED = "refused unsupported";
const MISMATCH = "refused name_mismatch";
const TOO_LARGE = "refused too_large";
const BANNED = "refused banned";
const PIXELS = "refused too_many_pixels";
const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** What is about it, its name, its bytes, the verdict on Messenger, the verdict on Instagram. */
type Row = readonly [
  about: string,
  name: string,
  make: () => Buffer | Promise<Buffer>,
  messenger: string,
  instagram: string,
];
const same = (about: string, name: string, make: Row[2], verdict: string): Row => [about, name, make, verdict, verdict];

const PICTURES: Row[] = [
  same("a JPEG", "photo.jpg", jpeg, "image image/jpeg"),
  same("a JPEG in capitals", "PHOTO.JPEG", jpeg, "image image/jpeg"),
  same("a PNG", "drawing.png", png, "image image/png"),
  same("a see-through PNG", "logo.png", () => clear().png().toBuffer(), "image image/png"),
  same("a grey JPEG", "old.jpg", () => noise().grayscale().jpeg().toBuffer(), "image image/jpeg"),
  same("a GIF that stands still", "dot.gif", gif, "image image/gif"),
  same("a GIF that moves", "dance.gif", () => frames().gif().toBuffer(), "image image/gif"),
  same("a PNG named .jpg", "photo.jpg", png, "image image/png · as photo.png · rename for name_mismatch"),
  same("a JPEG named .png", "photo.png", jpeg, "image image/jpeg · as photo.jpg · rename for name_mismatch"),
  same("a GIF named .png", "dance.png", gif, "image image/gif · as dance.gif · rename for name_mismatch"),
  same(
    "a picture without an ending",
    "IMG_0001",
    jpeg,
    "image image/jpeg · as IMG_0001.jpg · rename for name_mismatch",
  ),
  same("a picture under two endings", "scan.pdf.png", png, "image image/png"),
  same("a JPEG cut short", "half.jpg", cut(jpeg), DAMAGED),
  same("a PNG cut short", "half.png", cut(png), DAMAGED),
  same("a GIF cut short", "half.gif", cut(gif), DAMAGED),
  same("a picture without a byte", "empty.jpg", () => Buffer.alloc(0), DAMAGED),
  same("noise named .jpg", "noise.jpg", () => junk(5_000), DAMAGED),
  same("the first bytes of a JPEG alone", "head.jpg", () => bytes(0xff, 0xd8, 0xff, 0xe0, 0, 16), DAMAGED),
  same("a picture that tells where it was taken", "home.jpg", located, "image image/jpeg · strip_metadata"),
  same(
    "a picture taken sideways",
    "turned.jpg",
    () => noise().jpeg().withMetadata({ orientation: 6 }).toBuffer(),
    "image image/jpeg · orient+strip_metadata",
  ),
  same(
    "a PNG with the name of its author",
    "me.png",
    async () => withChunk(await png(), "tEXt", Buffer.from("Author\0Ann Lee")),
    "image image/png · strip_metadata",
  ),
  same(
    "a JPEG in colours for print",
    "print.jpg",
    () => noise().toColourspace("cmyk").jpeg().toBuffer(),
    "image image/jpeg · to_srgb",
  ),
  same(
    "a TIFF",
    "scan.tiff",
    () => noise().tiff().toBuffer(),
    "image image/jpeg · as scan.jpg · convert for unsupported",
  ),
  same(
    "a TIFF in colours for print",
    "print.tif",
    () => noise().toColourspace("cmyk").tiff().toBuffer(),
    "image image/jpeg · as print.jpg · convert+to_srgb for unsupported",
  ),
  same(
    "a TIFF of three pages",
    "fax.tiff",
    () => frames().tiff().toBuffer(),
    "image image/jpeg · as fax.jpg · convert+first_frame for unsupported",
  ),
  same(
    "a TIFF cut short",
    "half.tiff",
    cut(() => noise().tiff().toBuffer()),
    DAMAGED,
  ),
  same("a BMP", "screen.bmp", () => bmp(30, 20), "image image/jpeg · as screen.jpg · convert for unsupported"),
  same("a BMP cut short", "half.bmp", () => half(bmp(30, 20)), DAMAGED),
  same(
    "a WebP",
    "photo.webp",
    () => noise().webp().toBuffer(),
    "image image/jpeg · as photo.jpg · convert for unsupported",
  ),
  same(
    "a see-through WebP",
    "logo.webp",
    () => clear().webp().toBuffer(),
    "image image/png · as logo.png · convert for unsupported",
  ),
  same(
    "a WebP that moves",
    "dance.webp",
    () => frames().webp().toBuffer(),
    "image image/gif · as dance.gif · convert for unsupported",
  ),
  same("a WebP named .jpg", "web.jpg", () => noise().webp().toBuffer(), "image image/jpeg · convert for unsupported"),
  same(
    "a WebP cut short",
    "half.webp",
    cut(() => noise().webp().toBuffer()),
    DAMAGED,
  ),
  same(
    "an AVIF",
    "photo.avif",
    () => noise().avif().toBuffer(),
    "image image/jpeg · as photo.jpg · convert for unsupported",
  ),
  same(
    "an AVIF cut short",
    "half.avif",
    cut(() => noise().avif().toBuffer()),
    DAMAGED,
  ),
  same("a picture of a phone in HEIC", "IMG_0.HEIC", heic, "image image/jpeg · as IMG_0.jpg · convert for unsupported"),
  same("a HEIC named .jpg", "IMG_0.jpg", heic, "image image/jpeg · convert for unsupported"),
  same("a HEIC cut short", "half.heic", () => half(heic()), DAMAGED),
  same(
    "a phone's container with AV1 inside",
    "IMG_1.HEIC",
    heifWithAv1,
    "image image/jpeg · as IMG_1.jpg · convert for unsupported",
  ),
  same("a HEIC that stops behind its header", "IMG_2.HEIC", heicHeader, DAMAGED),
  same(
    "a PNG that moves",
    "dance.png",
    async () => apng(await png()),
    "image image/png · convert+first_frame for unsupported",
  ),
  [
    "a picture of nine megabytes",
    "large.png",
    () => noise(1_900, 1_700).png({ compressionLevel: 0 }).toBuffer(),
    "image image/png",
    "image image/jpeg · as large.jpg · shrink for too_large",
  ],
  same(
    "a picture over every limit",
    "huge.bmp",
    () => bmp(3_200, 2_900),
    "image image/jpeg · as huge.jpg · convert+shrink for unsupported",
  ),
  same("a PNG that claims 50,000 × 50,000", "bomb.png", () => pngBomb(50_000, 50_000), PIXELS),
  same("a PNG whose packed data is larger than its picture", "odd.png", () => pngBomb(10, 10), "image image/png"),
  same("a BMP that claims 50,000 × 50,000", "bomb.bmp", () => bmp(30, 20, { width: 50_000, height: 50_000 }), PIXELS),
  same(
    "a GIF that is a script as well",
    "both.gif",
    async () => gifScript(await gif()),
    "image image/gif · strip_metadata",
  ),
  same(
    "a JPEG with an archive behind it",
    "both.jpg",
    async () => Buffer.concat([await jpeg(), zip({ "a.js": Buffer.from("alert(1)") })]),
    "image image/jpeg · strip_metadata",
  ),
  same(
    "a PNG with a script behind it",
    "both.png",
    async () => Buffer.concat([await png(), Buffer.from("<script>alert(1)</script>")]),
    "image image/png · strip_metadata",
  ),
  ["a drawing", "logo.svg", text(SVG), "file application/octet-stream · sent_as_file", UNSUPPORTED],
  [
    "a drawing named .png",
    "logo.png",
    text(SVG),
    "file application/octet-stream · as logo.svg · rename for name_mismatch · sent_as_file",
    UNSUPPORTED,
  ],
  same("a drawing with a script", "logo.svg", text(SVG_SCRIPT), BANNED),
  same("a drawing with a script named .png", "logo.png", text(SVG_SCRIPT), MISMATCH),
  [
    "an icon",
    "favicon.ico",
    () => Buffer.concat([bytes(0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0), Buffer.alloc(90)]),
    "file image/x-icon · sent_as_file",
    UNSUPPORTED,
  ],
];

const RECORDINGS: Row[] = [
  same("sound in WAV", "voice.wav", () => rec.wav(16_000), "audio audio/wav"),
  same("a WAV without sound", "silent.wav", () => rec.wav(0), DAMAGED),
  same("a WAV cut short", "half.wav", () => rec.wav(100, 16_000), DAMAGED),
  ["an MP3", "song.mp3", () => rec.mp3(), "audio audio/mpeg", UNSUPPORTED],
  ["an MP3 cut short", "half.mp3", () => rec.mp3(60, 90_000), DAMAGED, UNSUPPORTED],
  same("raw AAC", "note.aac", () => rec.aac(), "audio audio/aac"),
  same("a memo of a phone", "memo.m4a", rec.m4a, "audio audio/x-m4a"),
  same("an MP4 with sound alone", "memo.mp4", rec.mp4Sound, "audio audio/mp4"),
  ["Opus in Ogg", "voice.ogg", rec.ogg, "audio audio/ogg", UNSUPPORTED],
  ["an Ogg cut short", "half.ogg", cut(rec.ogg), DAMAGED, UNSUPPORTED],
  ["a WebM with sound alone", "voice.webm", rec.webmSound, "file audio/webm · sent_as_file", UNSUPPORTED],
  [
    "a call in AMR",
    "call.amr",
    () => Buffer.concat([Buffer.from("#!AMR\n"), junk(400)]),
    "file audio/amr · sent_as_file",
    UNSUPPORTED,
  ],
  [
    "a MIDI tune",
    "tune.mid",
    () => Buffer.concat([Buffer.from("MThd"), bytes(0, 0, 0, 6, 0, 0, 0, 1, 0, 96)]),
    "file audio/midi · sent_as_file",
    UNSUPPORTED,
  ],
  same("a film", "clip.mp4", rec.mp4, "video video/mp4"),
  same("a film for QuickTime", "clip.mov", rec.mov, "video video/quicktime"),
  same(
    "a film for QuickTime named .avi",
    "clip.avi",
    rec.mov,
    "video video/quicktime · as clip.mov · rename for name_mismatch",
  ),
  same("a film in WebM", "clip.webm", rec.webm, "video video/webm"),
  same("a film in AVI", "clip.avi", rec.avi, "video video/vnd.avi"),
  ["a film in Matroska", "clip.mkv", rec.mkv, "video video/matroska", UNSUPPORTED],
  same("a film that tells where it was made", "home.mp4", rec.mp4WithPlace, "video video/mp4 · strip_metadata"),
  same("a film cut short", "half.mp4", cut(rec.mp4), DAMAGED),
  same(
    "a film whose index is noise",
    "odd.mp4",
    async () => {
      const film = await rec.mp4();
      film.fill(0xee, film.indexOf("moov") + 4, film.indexOf("mdat") - 4);
      return film;
    },
    DAMAGED,
  ),
  same(
    "a film that is a header alone",
    "head.mp4",
    () => Buffer.concat([bytes(0, 0, 0, 16), Buffer.from("ftypisom"), Buffer.alloc(4)]),
    DAMAGED,
  ),
  same("a WebM cut short", "half.webm", cut(rec.webm), DAMAGED),
  same("an AVI cut short", "half.avi", () => half(rec.avi()), DAMAGED),
  same("a film of 26 MB", "long.mp4", async () => Buffer.concat([await rec.mp4(), Buffer.alloc(26 * MB)]), TOO_LARGE),
];

const DOCUMENTS: Row[] = [
  same("a PDF", "offer.pdf", () => pdf(), "file application/pdf"),
  same(
    "a PDF that asks for a password",
    "payslip.pdf",
    () => lockedPdf("secret"),
    "file application/pdf · password_protected",
  ),
  same("a PDF cut short", "half.pdf", () => half(pdf()), DAMAGED),
  same("a PDF that is a first line alone", "line.pdf", text("%PDF-1.4 x"), DAMAGED),
  same("noise named .pdf", "noise.pdf", () => junk(3_000), DAMAGED),
  same(
    "a PDF named .jpg",
    "receipt.jpg",
    () => pdf(),
    "file application/pdf · as receipt.pdf · rename for name_mismatch",
  ),
  ["a Word document", "letter.docx", docx, `file ${WORD}`, UNSUPPORTED],
  ["a Word document cut short", "half.docx", () => half(docx()), DAMAGED, UNSUPPORTED],
  ["a list as text", "prices.csv", text("茶,120\n咖啡,90\n"), "file text/plain", UNSUPPORTED],
  [
    "a list in an old Chinese encoding",
    "old.csv",
    () => bytes(0xaf, 0xf9, 0x2c, 0x31, 0x32, 0x30, 0x0a),
    "file application/octet-stream",
    UNSUPPORTED,
  ],
  ["an archive", "photos.zip", () => zip({ "a.txt": Buffer.from("a") }), "file application/zip", UNSUPPORTED],
  [
    "an archive that unpacks to 200 MB, which nobody does here",
    "bomb.zip",
    () => zip({ "zeros.bin": Buffer.alloc(200 * MB) }),
    "file application/zip",
    UNSUPPORTED,
  ],
  same("an archive named .jpg", "photos.jpg", () => zip({ "a.txt": Buffer.from("a") }), MISMATCH),
  ["bytes of no known kind", "firmware.bin", () => junk(2_000), "file application/octet-stream", UNSUPPORTED],
  ["26 MB of no known kind", "disk.bin", () => Buffer.alloc(26 * MB, 7), TOO_LARGE, UNSUPPORTED],
  same("a text named .png", "words.png", text("only words"), MISMATCH),
  same("a page named .png", "logo.png", text("<!DOCTYPE html><html><script>alert(1)</script></html>"), MISMATCH),
];

const PROGRAMS: Row[] = [
  same("a program for Windows", "setup.exe", () => Buffer.concat([Buffer.from("MZ"), Buffer.alloc(200)]), BANNED),
  same(
    "a program for Windows named .jpg",
    "photo.jpg",
    () => Buffer.concat([Buffer.from("MZ"), Buffer.alloc(200)]),
    MISMATCH,
  ),
  same(
    "a program for Linux",
    "tool",
    () => Buffer.concat([bytes(0x7f), Buffer.from("ELF"), bytes(2, 1, 1), Buffer.alloc(200)]),
    BANNED,
  ),
  same("a batch file", "run.bat", text("@echo off\r\ndel *.*\r\n"), BANNED),
  same("a script of a shell without an ending", "install", text("#!/bin/sh\nrm -rf ~\n"), BANNED),
  same("JavaScript", "app.js", text("alert(1)"), BANNED),
  same("a page", "page.html", text("<html><body>hello</body></html>"), BANNED),
  same("a PDF under the name of a program", "invoice.pdf.exe", () => pdf(), BANNED),
  same("a program whose name reads backwards", "photo\u202Egpj.exe", () => Buffer.from("MZ"), BANNED),
];

const NAMES: Row[] = [
  same("a name that reads backwards", "photo\u202Egnp.jpg", jpeg, "image image/jpeg · as photognp.jpg · clean_name"),
  same(
    "a very long name",
    `${"長".repeat(200)}.jpg`,
    jpeg,
    `image image/jpeg · as ${"長".repeat(80)}.jpg · clean_name`,
  ),
  same("a Chinese name", "報價單 2026.pdf", () => pdf(), "file application/pdf"),
  same("a name of emoji", "👩‍👧 ☀️.png", png, "image image/png"),
  same("a name that is a path", "../../etc/photo.jpg", jpeg, "image image/jpeg · as photo.jpg · clean_name"),
  same("a name with quotes and line breaks", 'a"\r\nx: 1.jpg', jpeg, "image image/jpeg · as ax: 1.jpg · clean_name"),
];

export const CORPUS: readonly Row[] = [...PICTURES, ...RECORDINGS, ...DOCUMENTS, ...PROGRAMS, ...NAMES];
