const MINUTE = 60_000;

/** Failing for this long: an alert to the developers. Source: Messenger Platform, Webhooks (2026). */
export const ALERT_AFTER_MS = 15 * MINUTE;
/** Failing for this long: "Webhooks Disabled", the app is unsubscribed for that Page. Source: same page. */
export const DISABLE_AFTER_MS = 60 * MINUTE;
/** Time the receiver has to answer. Source: same page. */
export const ANSWER_WITHIN_MS = 5_000;

/** "Immediately a few more times", then further apart; Meta does not publish the spacing, so this one is ours. */
const WAITS_MS = [0, 250, 1000, 15_000, 30_000, MINUTE, 2 * MINUTE, 5 * MINUTE];

/** Wait after the given number of failed attempts, on a clock that runs `speed` times faster. */
export function waitAfter(failedAttempts: number, speed: number): number {
  const wait = WAITS_MS[Math.min(failedAttempts, WAITS_MS.length) - 1] ?? 0;
  return wait / Math.max(1, speed);
}
