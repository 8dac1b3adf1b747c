import type { Deps } from "../../../deps.ts";
import type { LookUp } from "./look.ts";
import { claimDue } from "./unsettled.ts";

const AT_ONCE = 4;
const CLAIMED = 40;
const LOOK_EVERY_MS = 2_000;
const AFTER_SIGNAL_MS = 100;

/** Looks up what is due, a few threads at once; every process does, and each message is claimed by one. */
export function createOutcomeWatch(deps: Deps, lookUp: LookUp) {
  let stopped = true;
  let every: NodeJS.Timeout | undefined;
  let soon: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;

  async function look(): Promise<void> {
    const due = await claimDue(deps.db, deps.clock(), CLAIMED);
    const work = async () => {
      for (let one = due.shift(); one !== undefined && !stopped; one = due.shift())
        await lookUp(one).catch((err) =>
          deps.log.warn(
            { err, conversationId: one?.conversationId },
            "an outcome could not be looked up; it will be again",
          ),
        );
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  function wake(): void {
    if (stopped || looking) return;
    looking = look()
      .catch((err) => deps.log.warn({ err }, "looking up outcomes waits for the database"))
      .finally(() => {
        looking = null;
      });
  }

  return {
    start() {
      stopped = false;
      every = setInterval(wake, LOOK_EVERY_MS);
      // Whatever is sent or settled may have left something to look up; many such signals are one.
      deps.signals.on("firstline_send", () => {
        soon ??= setTimeout(() => {
          soon = undefined;
          wake();
        }, AFTER_SIGNAL_MS);
      });
      wake();
    },
    async stop() {
      stopped = true;
      clearInterval(every);
      clearTimeout(soon);
      await looking;
    },
  };
}
