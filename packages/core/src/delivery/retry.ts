/** Waits after the 1st, 2nd … failed attempt, in ms. Faults inside Meta mostly pass within half a minute (S9). */
const BACKOFF_MS = [3_000, 15_000, 60_000] as const;
/** Waits for limits and running flows, which last minutes; calling on would lengthen a limit (Graph API rate limiting). */
const WAIT_MS = [30_000, 120_000, 300_000, 600_000] as const;
/** How long a Page rests after its first, second … limit reached in a row; the last one for any further. */
export const LIMIT_WAITS_MS: readonly number[] = WAIT_MS;

/** Waits before a message is tried on a restricted Page; Meta speaks of hours, of about a day for 2022 (error codes, 2026-06-25). */
export const PROBE_WAITS_MS: readonly number[] = [1, 2, 4, 8, 12].map((half) => half * 30 * 60_000);

/**
 * Wait before the next attempt, in ms; null: no further attempt. `attempt` counts the attempts made (1 after the first),
 * `random` in [0, 1) spreads them by a quarter either way, so that a thousand messages do not return at once.
 */
export function retryDelayMs(attempt: number, random: number): number | null {
  return spread(BACKOFF_MS, attempt, random);
}

/** The same for faults that pass only after minutes. */
export function waitDelayMs(attempt: number, random: number): number | null {
  return spread(WAIT_MS, attempt, random);
}

function spread(delays: readonly number[], attempt: number, random: number): number | null {
  const base = delays[Math.max(1, Math.floor(attempt)) - 1];
  return base === undefined ? null : Math.round(base * (0.75 + 0.5 * Math.min(1, Math.max(0, random))));
}
