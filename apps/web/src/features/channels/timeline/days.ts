import type { Incident } from "@firstline/contracts";

const DAY = 86_400_000;
export const DAYS = 30;

export interface TimelineDay {
  /** Midnight in the zone of the reader. */
  start: Date;
  worst: Incident["severity"] | null;
  incidents: Incident[];
}

/** The last thirty days of the reader, oldest first and today last, each with the incidents that lasted into it. */
export function daysOf(incidents: readonly Incident[], now: number): TimelineDay[] {
  const today = new Date(now);
  today.setHours(0, 0, 0, 0);
  return Array.from({ length: DAYS }, (_, index) => {
    const start = new Date(today);
    start.setDate(start.getDate() - (DAYS - 1 - index));
    const end = new Date(start);
    end.setDate(end.getDate() + 1);
    const own = incidents.filter(
      ({ since, until }) => Date.parse(since) < +end && (until === null ? now : Date.parse(until)) >= +start,
    );
    const worst = own.some((each) => each.severity === "critical") ? "critical" : own.length > 0 ? "warning" : null;
    return { start, worst, incidents: own };
  });
}

/** For how long something lasted, in the largest unit that fits. */
export function lasting(ms: number, locale: string): string {
  const [value, unit] =
    ms >= 2 * DAY
      ? [ms / DAY, "day"]
      : ms >= 3_600_000
        ? [ms / 3_600_000, "hour"]
        : [Math.max(ms, 60_000) / 60_000, "minute"];
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: unit as string,
    unitDisplay: "long",
    maximumFractionDigits: 0,
  }).format(Math.round(value as number));
}
