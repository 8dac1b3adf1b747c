import type { Logger } from "../log/index.ts";

/** Many wakes at once are one. */
const TOGETHER_MS = 250;
/** A wake that was lost is made up for; and some things are due because time has passed. */
const LOOK_EVERY_MS = 5_000;

export interface Loop {
  wake(): void;
  start(): void;
  /** Ends when what runs has ended. */
  stop(): Promise<void>;
}

/** Runs something when woken and now and then, never twice at once. `trouble`: what the log says when it fails. */
export function createLoop(log: Logger, trouble: string, work: () => Promise<unknown>): Loop {
  let running: Promise<void> | null = null;
  let soon: NodeJS.Timeout | undefined;
  let regularly: NodeJS.Timeout | undefined;
  let stopped = true;
  const wake = () => {
    if (stopped || soon) return;
    soon = setTimeout(run, TOGETHER_MS);
  };
  function run(): void {
    soon = undefined;
    if (running) {
      wake();
      return;
    }
    running = work()
      .then(() => {})
      .catch((err) => {
        if (!stopped) log.warn({ err }, trouble);
      })
      .finally(() => {
        running = null;
      });
  }
  return {
    wake,
    start() {
      stopped = false;
      regularly = setInterval(wake, LOOK_EVERY_MS);
      wake();
    },
    async stop() {
      stopped = true;
      clearTimeout(soon);
      clearInterval(regularly);
      await running;
    },
  };
}
