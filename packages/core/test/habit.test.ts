import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findSilence, type HabitFacts } from "../src/index.ts";

const HOUR = 3_600_000;
const WEEK = 168 * HOUR;
/** A Monday, 10:00 UTC. */
const NOW = Date.parse("2026-11-23T10:00:00Z");

/** Weeks of counted hours that end with `lastEventAt`; `rate` gives the events of an hour (0 to 167, Monday 00:00 first) of a week. */
function history(weeks: number, lastEventAt: number, rate: (hourOfWeek: number, week: number) => number): HabitFacts {
  const hours = new Map<number, number>();
  const since = Math.floor(lastEventAt / HOUR) * HOUR - weeks * WEEK;
  for (let hour = since; hour <= lastEventAt; hour += HOUR) {
    // 1970-01-05 was a Monday.
    const hourOfWeek = ((hour - 4 * 24 * HOUR) % WEEK) / HOUR;
    const events = rate(hourOfWeek, Math.floor((hour - since) / WEEK));
    if (events > 0) hours.set(hour, events);
  }
  return { hours, since, lastEventAt, now: NOW };
}
const officeHours = (perHour: number) => (hourOfWeek: number) => {
  const [day, hour] = [Math.floor(hourOfWeek / 24), hourOfWeek % 24];
  return day < 5 && hour >= 8 && hour < 18 ? perHour : 0;
};
const minutesAgo = (minutes: number) => NOW - minutes * 60_000;

describe("findSilence", () => {
  it.each<[name: string, facts: HabitFacts, silent: boolean]>([
    ["a busy channel is silent after minutes", history(4, minutesAgo(10), officeHours(600)), true],
    ["a busy channel may pause for a moment", history(4, minutesAgo(1), officeHours(600)), false],
    ["a channel with ten an hour is silent after a working morning", history(4, minutesAgo(65 * 60), () => 10), true],
    ["a channel with ten an hour may pause for an hour", history(4, minutesAgo(60), () => 10), false],
    [
      "the weekend of an office is no silence",
      { ...history(4, Date.parse("2026-11-20T17:59:00Z"), officeHours(40)), now: Date.parse("2026-11-23T08:05:00Z") },
      false,
    ],
    [
      "a night is no silence",
      { ...history(4, Date.parse("2026-11-19T17:59:00Z"), officeHours(60)), now: Date.parse("2026-11-20T08:03:00Z") },
      false,
    ],
    ["a channel that never receives anything has no habit", history(4, minutesAgo(3000), () => 0), false],
    ["less than two weeks are no habit", history(1.9, minutesAgo(600), () => 500), false],
    ["two weeks are", history(2.5, minutesAgo(600), () => 500), true],
    ["one campaign is no habit", history(4, minutesAgo(120), (_h, week) => (week === 2 ? 5_000 : 0)), false],
    [
      "bursts of a hundred on some days are no steady stream",
      history(4, minutesAgo(300), (h, week) => ((h + week) % 4 === 0 ? 100 : 0)),
      false,
    ],
    ["an event a moment ago ends it", history(4, NOW, () => 1_000), false],
  ])("R5 %s", (_name, facts, silent) => {
    expect(findSilence(facts) !== null).toBe(silent);
  });

  it("R5 tells since when, and how much was to be expected", () => {
    expect(findSilence(history(4, minutesAgo(120), () => 30))).toEqual({ since: minutesAgo(120), expected: 60 });
  });

  it("R5 a longer silence is never less of one, and what is expected only grows", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(50), { minLength: 168, maxLength: 168 }),
        fc.integer({ min: 1, max: 20_000 }),
        fc.integer({ min: 0, max: 20_000 }),
        (week, minutes, more) => {
          const facts = history(4, minutesAgo(0), (h) => week[h % 168]!);
          const at = (m: number) => findSilence({ ...facts, now: NOW + m * 60_000 });
          const [short, long] = [at(minutes), at(minutes + more)];
          if (short) expect(long?.expected ?? -1).toBeGreaterThanOrEqual(short.expected);
        },
      ),
      { numRuns: 30 },
    );
  });
});
