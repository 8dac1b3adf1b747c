import { ApiError } from "./problems.ts";

/** Addresses remembered at once; the oldest are forgotten first. */
const MOST_ADDRESSES = 10_000;

/**
 * Slows down who guesses: an address that asked for `most` things that are not there within `windowMs` hears 429 until the window is
 * over. Who asks for what is there is never counted. Kept by each process for itself.
 */
export function limitMisses(options: { most: number; windowMs: number; clock: () => number }) {
  const seen = new Map<string, { since: number; misses: number }>();
  const of = (address: string) => {
    const found = seen.get(address);
    return found && options.clock() - found.since < options.windowMs ? found : null;
  };
  return {
    /** Runs `look`, unless the address has missed too often. @throws ApiError 429, or whatever `look` throws */
    async guard<T>(address: string, look: () => Promise<T>): Promise<T> {
      const before = of(address);
      if (before && before.misses >= options.most)
        throw new ApiError(429, "rate_limited", null, {
          retryAfterSeconds: Math.ceil((before.since + options.windowMs - options.clock()) / 1000),
        });
      try {
        return await look();
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) {
          const now = of(address) ?? { since: options.clock(), misses: 0 };
          seen.delete(address);
          seen.set(address, { since: now.since, misses: now.misses + 1 });
          const [oldest] = seen.keys();
          if (seen.size > MOST_ADDRESSES && oldest !== undefined) seen.delete(oldest);
        }
        throw error;
      }
    },
  };
}
