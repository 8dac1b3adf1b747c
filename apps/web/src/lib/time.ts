/** Every date, time and duration on the screen, written by Intl in the reader's language and time zone. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();
function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale, options);
    formats.set(key, found);
  }
  return found;
}

const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** Calendar days between two moments: 0 today, 1 yesterday. Rounded, as a day of a clock change has 23 or 25 hours. */
export const daysBetween = (at: number, now: number): number => Math.round((startOfDay(now) - startOfDay(at)) / DAY);

export const clockTime = (at: string | number, locale: string): string =>
  format(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(at));

/** As short as a list row needs: the time today, the weekday this week, else the date. */
export function rowTime(at: string | number, now: number, locale: string): string {
  const time = new Date(at).getTime();
  const days = daysBetween(time, now);
  if (days <= 0) return clockTime(time, locale);
  if (days < 7) return format(locale, { weekday: "short" }).format(time);
  const sameYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  return format(
    locale,
    sameYear ? { month: "short", day: "numeric" } : { year: "numeric", month: "numeric", day: "numeric" },
  ).format(time);
}

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** Heading of a day in a thread: Today, Yesterday, then weekday and date. */
export function dayLine(at: string | number, now: number, locale: string): string {
  const time = new Date(at).getTime();
  const days = daysBetween(time, now);
  if (days === 0 || days === 1)
    return capital(new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(-days, "day"));
  const sameYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  return format(locale, {
    weekday: "long",
    month: "long",
    day: "numeric",
    ...(sameYear ? {} : { year: "numeric" }),
  }).format(time);
}

/** Date and time in full, for tooltips and details. */
export const fullTime = (at: string | number, locale: string): string =>
  format(locale, { dateStyle: "full", timeStyle: "medium", hourCycle: "h23" }).format(new Date(at));

/** Date with time, for lists and tables. */
export const dateTime = (at: string | number, locale: string): string =>
  format(locale, { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" }).format(new Date(at));

export const dateOnly = (at: string | number, locale: string): string =>
  format(locale, { dateStyle: "medium" }).format(new Date(at));

export const monthOf = (at: string | number, locale: string): string =>
  format(locale, { year: "numeric", month: "long" }).format(new Date(at));

/** “now” within a minute, “3 minutes ago”, “in 2 days”. */
export function relative(at: string | number, now: number, locale: string): string {
  const difference = new Date(at).getTime() - now;
  const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const size = Math.abs(difference);
  if (size < MINUTE) return words.format(0, "second");
  if (size < HOUR) return words.format(Math.trunc(difference / MINUTE), "minute");
  if (size < DAY) return words.format(Math.trunc(difference / HOUR), "hour");
  return words.format(Math.trunc(difference / DAY), "day");
}

const durations = new Map<string, Intl.DurationFormat>();

/**
 * What is left, in its two largest units: 5 d 3 h, 21 h 40 m, 12 m, and seconds only in the last minute. Rounded down:
 * a promise of time must never be longer than the time.
 */
export function timeLeft(ms: number, locale: string): string {
  const left = Math.max(0, ms);
  const days = Math.floor(left / DAY);
  const hours = Math.floor((left % DAY) / HOUR);
  const minutes = Math.floor((left % HOUR) / MINUTE);
  const seconds = Math.floor((left % MINUTE) / 1000);
  const parts =
    days > 0
      ? { days, hours }
      : hours > 0
        ? { hours, minutes }
        : minutes > 0
          ? { minutes }
          : { seconds: Math.max(1, seconds) };
  let words = durations.get(locale);
  if (!words) {
    words = new Intl.DurationFormat(locale, { style: locale.startsWith("zh") ? "short" : "narrow" });
    durations.set(locale, words);
  }
  return words.format(parts);
}

/** Size of a file: 340 kB, 2.1 MB. */
export function fileSize(bytes: number, locale: string): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  let value = bytes;
  let step = 0;
  while (value >= 1000 && step < units.length - 1) {
    value /= 1000;
    step += 1;
  }
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: units[step],
    unitDisplay: "short",
    maximumFractionDigits: value < 10 && step > 0 ? 1 : 0,
  }).format(value);
}

/** Date and time to the second, without words: for tables in which every moment counts. */
export const preciseTime = (at: string | number, locale: string): string =>
  format(locale, {
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).format(new Date(at));

/** From when to when, in the reader's time zone with its name: an appointment is agreed on by two people who may be far apart. */
export function timeSpan(from: string, to: string | null, locale: string): string {
  const words = format(locale, {
    weekday: "short",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  });
  return to ? words.formatRange(new Date(from), new Date(to)) : words.format(new Date(from));
}

/** When something nearby happens or happened: the time today, with the weekday within a week, else with the date. */
export function nearTime(at: string | number, now: number, locale: string): string {
  const days = Math.abs(daysBetween(new Date(at).getTime(), now));
  if (days === 0) return clockTime(at, locale);
  if (days < 7)
    return format(locale, { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(
      new Date(at),
    );
  return dateTime(at, locale);
}
