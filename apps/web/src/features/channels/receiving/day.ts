/** A day of the report, which is a day of UTC whatever zone the reader is in. */
export const utcDay = (day: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { month: "short", day: "numeric", timeZone: "UTC" }).format(new Date(day));
