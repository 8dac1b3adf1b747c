const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** Weeks the habit is read from. */
export const HABIT_WEEKS = 4;
/** So many weeks must have been counted, or there is no habit to speak of. */
const NEEDED_WEEKS = 2;
/** A person sends several messages in a row: the least number of events taken as one visit. */
const SMALLEST_BURST = 3;
/** Asked every ten minutes, a channel may call a false alarm once in a few years, holidays aside. */
const IMPROBABLE = 1e-4;

/** What a channel used to receive. Times are ms since 1970. */
export interface HabitFacts {
  /** Events Meta delivered, by the start of the hour (UTC). An hour without an entry had none. */
  hours: ReadonlyMap<number, number>;
  /** Since when events are counted. */
  since: number;
  lastEventAt: number;
  now: number;
}

export interface Silence {
  /** The last event before it, ms. */
  since: number;
  /** Events the habit lets expect in that time. */
  expected: number;
}

/**
 * Whether a channel is silent against its own habit (R5); null: it is not, or nobody can tell.
 *
 * Expected is, for every hour since the last event, what the same hour of the same weekday brought in the last four weeks: the
 * mean without the highest of them, so that one campaign is no habit. Events come in bursts, not one by one: with bursts of
 * `b` events the chance of hearing nothing is e^(−expected / b). `b` is read from how much the same hour differs from week to
 * week (variance over mean, which is never below the size of the bursts), at least 3. The silence counts when that chance is
 * below 1 in 10,000.
 *
 * Its limits: two whole weeks must have been counted. A quiet channel is judged late or never (ten events a day need about
 * three days). Public holidays, a change of summer time and a closed shop look like silence, so it is a reason to look and to
 * compare with Meta's record, never a proof. Losing a part of the events is no silence; the comparison finds that.
 */
export function findSilence({ hours, since, lastEventAt, now }: HabitFacts): Silence | null {
  if (lastEventAt - since < NEEDED_WEEKS * WEEK || now <= lastEventAt) return null;
  // Hours of the silence itself are not part of the habit.
  const counted = (hour: number) => hour >= since && hour + HOUR <= lastEventAt;
  let expected = 0;
  const end = Math.min(now, lastEventAt + HABIT_WEEKS * WEEK);
  for (let hour = floorHour(lastEventAt); hour < end; hour += HOUR) {
    const before = weeksBefore(hour, counted).map((h) => hours.get(h) ?? 0);
    const share = (Math.min(end, hour + HOUR) - Math.max(lastEventAt, hour)) / HOUR;
    if (before.length >= NEEDED_WEEKS) expected += usual(before) * share;
  }
  if (Math.exp(-expected / burst(hours, since, lastEventAt)) >= IMPROBABLE) return null;
  return { since: lastEventAt, expected: Math.round(expected) };
}

const floorHour = (at: number) => Math.floor(at / HOUR) * HOUR;

function weeksBefore(hour: number, counted: (hour: number) => boolean): number[] {
  return Array.from({ length: HABIT_WEEKS }, (_, n) => hour - (n + 1) * WEEK).filter(counted);
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const usual = (values: readonly number[]) => (sum(values) - Math.max(...values)) / (values.length - 1);

/** Variance over mean of the same hours of the week, over all of them together. */
function burst(hours: HabitFacts["hours"], since: number, lastEventAt: number): number {
  const slots = new Map<number, number[]>();
  const from = Math.max(since, lastEventAt - HABIT_WEEKS * WEEK);
  for (let hour = Math.ceil(from / HOUR) * HOUR; hour + HOUR <= lastEventAt; hour += HOUR) {
    const slot = (hour % WEEK) / HOUR;
    const values = slots.get(slot) ?? [];
    slots.set(slot, values);
    values.push(hours.get(hour) ?? 0);
  }
  let squares = 0;
  let means = 0;
  for (const values of slots.values()) {
    if (values.length < 2) continue;
    const mean = sum(values) / values.length;
    squares += sum(values.map((value) => (value - mean) ** 2));
    means += mean * (values.length - 1);
  }
  return means === 0 ? SMALLEST_BURST : Math.max(SMALLEST_BURST, squares / means);
}
