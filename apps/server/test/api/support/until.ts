import { setTimeout as pause } from "node:timers/promises";

/**
 * Waits for a state: looks again and again until `look` gives something other than false, null or undefined, and returns it.
 * @throws when that does not happen in time, with the last error of `look` if there was one.
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | false | null | undefined> | T | false | null | undefined,
  timeoutMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const seen = await look();
      if (seen !== false && seen !== null && seen !== undefined) return seen;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) throw new Error(`did not happen within ${timeoutMs} ms: ${what}`, { cause: last });
    await pause(15);
  }
}
