import { type ChildProcess, fork } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Answer } from "./check/child.ts";
import type { CheckJob } from "./check/verdict.ts";
import { UPLOAD_FOLDERS } from "./take-file.ts";

export interface Checker {
  /**
   * Has a file judged. A reader that crashes, hangs or takes too much memory is an answer, not an error.
   * @throws CheckerBusy when too many wait.
   */
  check(job: CheckJob): Promise<Answer>;
  stop(): void;
}

/** More files wait than will be judged soon; nothing was begun. */
export class CheckerBusy extends Error {}

export interface CheckerLimits {
  /** Processes at once. */
  processes: number;
  /** Files that may wait for one. */
  waiting: number;
  /** From the beginning of a file to its verdict, in ms. */
  timeMs: number;
  /** Bytes in RAM of one process, looked at four times a second. */
  memory: number;
  /** An idle process ends after this many ms. */
  idleMs: number;
}

const LIMITS: CheckerLimits = { processes: 2, waiting: 24, timeMs: 45_000, memory: 1_200_000_000, idleMs: 60_000 };
const ENTRY = fileURLToPath(new URL("./check/child.ts", import.meta.url));
const LOOK_EVERY_MS = 250;
const PAGE = 4_096;

interface Waiting {
  job: CheckJob;
  done: (answer: Answer) => void;
}

interface Reader {
  process: ChildProcess;
  idle: NodeJS.Timeout | null;
}

/**
 * A few processes that open files, started when needed. Native decoders can crash, hang and grow, which neither an exception
 * nor a worker thread contains: a process can be ended. It has no network, no environment and may write only beside its file.
 */
export function createChecker(entry = ENTRY, limits: Partial<CheckerLimits> = {}): Checker {
  const { processes, waiting: mostWaiting, timeMs, memory, idleMs } = { ...LIMITS, ...limits };
  const queue: Waiting[] = [];
  const free: Reader[] = [];
  const all = new Set<ChildProcess>();
  let working = 0;
  let stopped = false;

  function start(): Reader {
    const child = fork(entry, [], {
      env: {},
      execArgv: [
        "--disable-warning=SecurityWarning",
        "--max-old-space-size=512",
        ...["--permission", "--allow-addons", "--allow-fs-read=*", `--allow-fs-write=${UPLOAD_FOLDERS}*`],
      ],
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    all.add(child);
    child.once("exit", () => {
      all.delete(child);
      const at = free.findIndex((reader) => reader.process === child);
      if (at >= 0) free.splice(at, 1);
    });
    return { process: child, idle: null };
  }

  function rest(reader: Reader): void {
    const { process: child } = reader;
    if (stopped || !child.connected) return void child.kill("SIGKILL");
    reader.idle = setTimeout(() => child.kill(), idleMs);
    reader.idle.unref();
    child.unref();
    child.channel?.unref();
    free.push(reader);
  }

  async function run(reader: Reader, job: CheckJob): Promise<Answer> {
    const { process: child } = reader;
    if (reader.idle) clearTimeout(reader.idle);
    child.ref();
    child.channel?.ref();
    const timers: NodeJS.Timeout[] = [];
    const failed = (why: string): Answer => ({ failed: why, cause: "attachment_unreadable" });
    let gone = (_code: number | null, _signal: string | null) => {};
    const answer = await new Promise<Answer>((resolve) => {
      gone = (code, signal) => resolve(failed(`ended with ${signal ?? code}`));
      child.once("exit", gone);
      child.once("error", (error) => resolve(failed(error.message)));
      child.once("message", (message) => resolve(message as Answer));
      timers.push(setTimeout(() => resolve(failed(`took more than ${timeMs} ms`)), timeMs));
      timers.push(
        setInterval(async () => {
          if ((await residentBytes(child.pid)) > memory) resolve(failed(`took more than ${memory} bytes`));
        }, LOOK_EVERY_MS),
      );
      child.send(job, (error) => error && resolve(failed(error.message)));
    });
    for (const timer of timers) clearTimeout(timer);
    child.off("exit", gone).removeAllListeners("message").removeAllListeners("error");
    // Whatever failed may have left the process in any state.
    if ("failed" in answer) child.kill("SIGKILL");
    else rest(reader);
    return answer;
  }

  function next(): void {
    if (stopped || working >= processes) return;
    const first = queue.shift();
    if (!first) return;
    working++;
    run(free.pop() ?? start(), first.job)
      .then(first.done)
      .finally(() => {
        working--;
        next();
      });
  }

  return {
    check: (job) =>
      new Promise((done, reject) => {
        if (stopped || queue.length >= mostWaiting) return reject(new CheckerBusy());
        queue.push({ job, done });
        next();
      }),
    stop() {
      stopped = true;
      for (const child of all) child.kill("SIGKILL");
      for (const { done } of queue.splice(0)) done({ failed: "stopped", cause: "attachment_unreadable" });
    },
  };
}

/** 0 where the system does not tell: there the limits of pixels and bytes hold alone. */
async function residentBytes(pid: number | undefined): Promise<number> {
  const text = await readFile(`/proc/${pid}/statm`, "latin1").catch(() => "");
  return Number(text.split(" ")[1] ?? 0) * PAGE;
}
