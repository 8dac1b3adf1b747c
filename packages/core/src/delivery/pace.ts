import { channelEffect, type FaultCode, faultOf } from "../faults/index.ts";

/**
 * How fast a Page may send. Meta takes 300 texts and 10 audio or video files a second, but stops a Page that goes over 40 messages
 * a second for a while (Rate limiting, 2026-03-23): the ceiling stays far below.
 */
export interface Pace {
  /** Sends a second in the long run. */
  perSecond: number;
  /** How many may go at once after a rest. */
  burst: number;
}

export const paceOf = (perSecond: number): Pace => ({ perSecond, burst: Math.max(1, Math.floor(perSecond * 0.3)) });

/** From this many strikes on nothing gets slower. */
const MOST_STRIKES = 5;

/** Time one send takes up, ms. Each strike, a limit reached at Meta, doubles it. */
export const costMs = (pace: Pace, strikes: number): number =>
  (1000 / pace.perSecond) * 2 ** Math.min(Math.max(strikes, 0), MOST_STRIKES);

/**
 * A token bucket as one time: everything up to `at` (ms) is spent, what lies between it and `now` is there to spend. Gives how many
 * of `wanted` may go now, and the new time. While a Page is slowed, nothing goes at once.
 */
export function spend(
  at: number,
  now: number,
  pace: Pace,
  strikes: number,
  wanted: number,
): { granted: number; at: number } {
  const cost = costMs(pace, strikes);
  const from = Math.max(at, now - cost * (strikes > 0 ? 1 : pace.burst));
  const granted = Math.min(wanted, Math.max(0, Math.floor((now - from) / cost + 1e-6)));
  return { granted, at: from + granted * cost };
}

/** Whose limit a refusal names: one Page's, or the app's, which all Pages share. null: it is about no limit. */
export function limitScope(fault: FaultCode): "page" | "app" | null {
  const { level, retry } = faultOf(fault);
  if (level !== "channel" || retry !== "after_wait" || channelEffect(fault) !== null) return null;
  return fault === "app_rate" ? "app" : "page";
}

/** From here on (percent of a limit used up) sends are spread out. */
const SPREAD_FROM = 75;
const SPREAD_MS = 1_000;
const SLOW_FROM = 95;
const SLOW_MS = 5_000;

/** How long to rest (ms) for what Meta's usage headers tell beside an answer: percent of the fullest limit, minutes until it is free. */
export function restMs(usage: { percent: number; minutesToRegain: number } | null): number {
  if (usage === null) return 0;
  if (usage.minutesToRegain > 0) return usage.minutesToRegain * 60_000;
  return usage.percent >= SLOW_FROM ? SLOW_MS : usage.percent >= SPREAD_FROM ? SPREAD_MS : 0;
}
