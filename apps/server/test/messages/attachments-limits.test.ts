import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { CheckJob } from "../../src/modules/messages/uploads/check/verdict.ts";
import {
  type Checker,
  CheckerBusy,
  type CheckerLimits,
  createChecker,
} from "../../src/modules/messages/uploads/pool.ts";
import { UPLOAD_FOLDERS } from "../../src/modules/messages/uploads/take-file.ts";
import { pdf } from "./files/documents.ts";
import { noise } from "./files/pictures.ts";

let folder: string;
const open: Checker[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "firstline-readers-"));
});
afterEach(() => {
  for (const checker of open.splice(0)) checker.stop();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let serial = 0;
/** Readers that run the program given for each file; `answer` sends one back. */
function readers(program: string, limits: Partial<CheckerLimits> = {}): Checker {
  const entry = join(folder, `reader-${serial++}.mjs`);
  writeFileSync(
    entry,
    `const answer = (notes = []) => process.send({ verdict: "ok", cause: null, repairs: [], notes, kind: "file", name: "", contentType: "", width: null, height: null, path: "" });
     process.on("message", async (job) => { ${program} });`,
  );
  const checker = createChecker(entry, limits);
  open.push(checker);
  return checker;
}
const job = (name = "a.bin"): CheckJob => ({ platform: "messenger", name, input: "in", output: "out" });
const broken = (checker: Checker, name?: string) =>
  checker.check(job(name)).then((answer) => ("failed" in answer ? [answer.cause, answer.failed] : answer.verdict));

test("S7 a reader that crashes is a verdict about its file, and the next file is read", async () => {
  const checker = readers(`if (job.name === "bad") process.kill(process.pid, "SIGSEGV"); else answer();`, {
    processes: 1,
  });
  expect(await broken(checker, "bad")).toEqual(["attachment_unreadable", "ended with SIGSEGV"]);
  expect(await broken(checker)).toBe("ok");
});

test("S7 a reader that never ends, even without giving way, is ended after its time", async () => {
  // Long enough to start a process, on any machine: the next file needs a new one.
  const checker = readers(`if (job.name === "bad") for (;;); else answer();`, { processes: 1, timeMs: 5_000 });
  expect(await broken(checker, "bad")).toEqual(["attachment_unreadable", "took more than 5000 ms"]);
  expect(await broken(checker)).toBe("ok");
});

test.runIf(process.platform === "linux")("S7 a reader that takes too much memory is ended", async () => {
  const checker = readers(
    `const held = []; const more = () => { held.push(Buffer.alloc(20_000_000, 1)); setTimeout(more, 20); }; more();`,
    { memory: 300_000_000, timeMs: 60_000 },
  );
  expect(await broken(checker)).toEqual(["attachment_unreadable", "took more than 300000000 bytes"]);
});

test("S7 no more files wait than can be read soon: the next is turned away at once, and room comes back", async () => {
  const checker = readers("setTimeout(answer, 50);", { processes: 1, waiting: 2 });
  const begun = [checker.check(job()), checker.check(job()), checker.check(job())];
  await expect(checker.check(job())).rejects.toBeInstanceOf(CheckerBusy);
  await Promise.all(begun);
  expect(await broken(checker)).toBe("ok");
});

test("S7 what opens files has no environment, no network and may write only into uploads", async () => {
  const checker = readers(`
    const { writeFileSync } = await import("node:fs");
    const tried = async (what) => { try { await what(); return "yes"; } catch (error) { return error.cause?.code ?? error.code ?? String(error.cause ?? error); } };
    answer([
      Object.keys(process.env).filter((name) => /URL|KEY|SECRET|TOKEN|PATH/.test(name)).length,
      await tried(() => fetch("http://127.0.0.1:8899/")),
      await tried(() => writeFileSync(${JSON.stringify(join(tmpdir(), "elsewhere"))}, "x")),
      await tried(() => process.getBuiltinModule("node:child_process").execSync("true")),
    ]);`);
  const answer = await checker.check(job());
  expect("notes" in answer && answer.notes).toEqual([0, ...Array(3).fill("ERR_ACCESS_DENIED")]);
});

test("S7 the server goes on answering while large pictures are decoded", async () => {
  const checker = createChecker();
  open.push(checker);
  const own = mkdtempSync(UPLOAD_FOLDERS);
  try {
    writeFileSync(join(own, "in"), await noise(1_900, 1_700).png({ compressionLevel: 1 }).toBuffer());
    // Processor time of this thread between two of its turns: whoever else holds it up does not count.
    let longest = 0;
    let last = process.threadCpuUsage();
    const watch = setInterval(() => {
      const { user, system } = process.threadCpuUsage(last);
      longest = Math.max(longest, (user + system) / 1000);
      last = process.threadCpuUsage();
    }, 10);
    const check = (name: string) =>
      checker.check({ platform: "instagram", name, input: join(own, "in"), output: join(own, name) });
    const all = await Promise.all(["a.png", "b.png"].map(check));
    clearInterval(watch);
    expect(all.map((each) => "verdict" in each && each.verdict)).toEqual(["repaired", "repaired"]);
    // Decoding takes seconds of processor time.
    expect(longest).toBeLessThan(500);
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
});

test("S7 stopping answers whoever waits and leaves no process", async () => {
  const checker = readers("", { processes: 1 });
  const waiting = [broken(checker), broken(checker)];
  checker.stop();
  expect((await Promise.all(waiting)).map((answer) => answer[0])).toEqual(Array(2).fill("attachment_unreadable"));
  await expect(checker.check(job())).rejects.toBeInstanceOf(CheckerBusy);
});

test("S7 a file that is opened by a real reader and one that is refused share it", async () => {
  const checker = createChecker(undefined, { processes: 1 });
  open.push(checker);
  const own = mkdtempSync(UPLOAD_FOLDERS);
  try {
    writeFileSync(join(own, "in"), pdf());
    const check = (name: string) =>
      checker.check({ platform: "messenger", name, input: join(own, "in"), output: join(own, "out") });
    const answers = await Promise.all([check("a.pdf"), check("b.exe"), check("c.pdf")]);
    expect(answers.map((each) => each.cause)).toEqual([null, "attachment_banned", null]);
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
});
