import type { Deps } from "../../deps.ts";
import type { Processor } from "./process.ts";

const BATCH = 500;
/** Signals may be lost; this is how long a delivery waits at worst then. */
const LOOK_EVERY_MS = 1_000;

/** Works deliveries off as long as there are any, then waits for a signal. */
export function createDeliveryWorker(deps: Deps, processor: Processor) {
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = true;
  let timer: NodeJS.Timeout | undefined;

  async function drain(): Promise<void> {
    let failures = 0;
    while (!stopped) {
      again = false;
      try {
        const n = await processor.run(BATCH);
        failures = 0;
        if (n === 0 && !again) return;
      } catch (err) {
        deps.log.warn({ err }, "deliveries wait for the database");
        await new Promise((r) => setTimeout(r, Math.min(5_000, 100 * 2 ** failures++)));
      }
    }
  }

  function wake(): void {
    if (stopped) return;
    again = true;
    running ??= drain().finally(() => {
      running = null;
      if (again) wake();
    });
  }

  return {
    start() {
      stopped = false;
      deps.signals.on("firstline_delivery", wake);
      timer = setInterval(wake, LOOK_EVERY_MS);
      wake();
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
