import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileTypeFromBuffer } from "file-type";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Judged } from "../../src/modules/messages/uploads/check/verdict.ts";
import { type Checker, createChecker } from "../../src/modules/messages/uploads/pool.ts";
import { UPLOAD_FOLDERS } from "../../src/modules/messages/uploads/take-file.ts";
import { BLUE, controlOf, KEVIN } from "../api/support/world.ts";
import { startTestSim, type TestSim } from "../harness/index.ts";
import { CORPUS } from "./files/corpus.ts";

type Platform = "messenger" | "instagram";

let folder: string;
let checker: Checker;
let sim: TestSim;
let token: string;
let serial = 0;

beforeAll(async () => {
  folder = mkdtempSync(UPLOAD_FOLDERS);
  checker = createChecker(undefined, { timeMs: 120_000 });
  sim = await startTestSim("sample");
  token = await controlOf(sim.url).pageToken(KEVIN, BLUE);
});
afterAll(async () => {
  checker.stop();
  await sim.close();
  rmSync(folder, { recursive: true, force: true });
});

async function check(platform: Platform, name: string, bytes: Buffer): Promise<Judged> {
  const own = join(folder, String(serial++));
  mkdirSync(own);
  writeFileSync(join(own, "in"), bytes);
  const judged = await checker.check({ platform, name, input: join(own, "in"), output: join(own, "out") });
  if ("failed" in judged) throw new Error(judged.failed);
  return judged;
}

/** A verdict on one line: `refused damaged`, or kind, type, name where it changed, repairs with their cause, notes. */
function told(name: string, judged: Judged): string {
  const cause = judged.cause?.replace("attachment_", "");
  if (judged.verdict === "refused") return `refused ${cause}`;
  return [
    `${judged.kind} ${judged.contentType}`,
    ...(judged.name === name ? [] : [`as ${judged.name}`]),
    ...(judged.repairs.length > 0 ? [`${judged.repairs.join("+")}${cause ? ` for ${cause}` : ""}`] : []),
    ...judged.notes,
  ].join(" · ");
}

/** What Meta says to the bytes, name and type that would be sent. */
async function metaTakes(platform: Platform, judged: Judged): Promise<string> {
  const form = new FormData();
  form.set("message", JSON.stringify({ attachment: { type: judged.kind, payload: { is_reusable: true } } }));
  form.set("platform", platform);
  form.set("filedata", new File([readFileSync(judged.path)], judged.name, { type: judged.contentType }));
  const url = `${sim.url}/v26.0/${BLUE}/message_attachments?access_token=${token}`;
  const answer = await fetch(url, { method: "POST", body: form });
  return answer.ok ? "taken" : await answer.text();
}

test.each(CORPUS)("S7 $0", async (_about, name, make, messenger, instagram) => {
  const bytes = await make();
  const judged = { messenger: await check("messenger", name, bytes), instagram: await check("instagram", name, bytes) };
  expect([told(name, judged.messenger), told(name, judged.instagram)]).toEqual([messenger, instagram]);
  for (const platform of ["messenger", "instagram"] as const) {
    const one = judged[platform];
    if (one.verdict === "refused") continue;
    const sent = readFileSync(one.path);
    expect(one.verdict === "ok" ? sent.equals(bytes) : true, "what is called ok is sent as it came").toBe(true);
    expect(await metaTakes(platform, one), `${platform} takes it`).toBe("taken");
  }
});

test("S7 the table holds at least sixty files, each once", () => {
  expect(CORPUS.length).toBeGreaterThanOrEqual(60);
  expect(new Set(CORPUS.map(([about]) => about)).size).toBe(CORPUS.length);
});

const repaired = async (about: string) => {
  const [, name, make] = CORPUS.find((row) => row[0] === about)!;
  const bytes = await make();
  const judged = await check("messenger", name, bytes);
  return { before: bytes, after: readFileSync(judged.path), judged };
};

test("S7 place and camera are gone from a picture, and every pixel is the same", async () => {
  const { before, after } = await repaired("a picture that tells where it was taken");
  expect((await sharp(before).metadata()).exif).toBeDefined();
  expect((await sharp(after).metadata()).exif).toBeUndefined();
  expect(await sharp(after).raw().toBuffer()).toEqual(await sharp(before).raw().toBuffer());
});

test("S7 a picture taken sideways is turned upright, so that no phone has to know", async () => {
  const { before, after } = await repaired("a picture taken sideways");
  const [was, is] = [await sharp(before).metadata(), await sharp(after).metadata()];
  expect([was.orientation, was.width, was.height]).toEqual([6, 60, 40]);
  expect([is.orientation, is.width, is.height]).toEqual([undefined, 40, 60]);
});

test("S7 a phone's HEIC becomes a JPEG that shows the same", async () => {
  const { after } = await repaired("a picture of a phone in HEIC");
  const { dominant } = await sharp(after).stats();
  expect([dominant.r > 200, dominant.g < 50, dominant.b < 50]).toEqual([true, true, true]);
});

test("S7 an animation keeps its frames where its format changes", async () => {
  const { after } = await repaired("a WebP that moves");
  expect((await sharp(after).metadata()).pages).toBe(3);
});

test("S7 of a file that is two things at once only the picture is left", async () => {
  for (const about of [
    "a GIF that is a script as well",
    "a JPEG with an archive behind it",
    "a PNG with a script behind it",
  ]) {
    const { after, judged } = await repaired(about);
    expect(after.includes("alert"), about).toBe(false);
    expect(after.includes("PK\x03\x04"), about).toBe(false);
    expect((await fileTypeFromBuffer(after))?.mime).toBe(judged.contentType);
  }
});

test("S7 the place of a film is blanked, and its frames stay where they are", async () => {
  const { before, after } = await repaired("a film that tells where it was made");
  expect(before.includes("+25.0336")).toBe(true);
  expect(after.includes("+25.0336")).toBe(false);
  expect(after.length).toBe(before.length);
});
