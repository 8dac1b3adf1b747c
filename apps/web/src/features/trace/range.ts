import type { Around, TraceSearch } from "../../lib/settingsSearch.ts";

const MINUTE = 60_000;
export const AROUND: Around = 60;

/** A trace is asked for once it is known whose message, on which channel, and about when. */
export interface TraceWish {
  channelId: string;
  contactExternalId: string;
  at: string;
  around: Around;
}

export function wishOf({ channelId, contactExternalId, at, around = AROUND }: TraceSearch): TraceWish | null {
  return channelId && contactExternalId && at ? { channelId, contactExternalId, at, around } : null;
}

/** The time to look at: so many minutes before and after, but not into the future. */
export function rangeOf({ at, around }: Pick<TraceWish, "at" | "around">, now: number): { from: string; to: string } {
  const middle = Date.parse(at);
  const from = Math.min(middle, now) - around * MINUTE;
  const to = Math.min(middle + around * MINUTE, Math.max(now, from + MINUTE));
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

const two = (value: number): string => String(value).padStart(2, "0");

/** An ISO time as the browser's fields for a date and a time want it: in the reader's zone, to the minute. */
export function fieldsOf(at: string | number): { date: string; time: string } {
  const moment = new Date(at);
  return {
    date: `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`,
    time: `${two(moment.getHours())}:${two(moment.getMinutes())}`,
  };
}

/** The other way round; null while a field is empty or holds no date. */
export function isoOf(date: string, time: string): string | null {
  const moment = new Date(`${date}T${time}`);
  return date && time && !Number.isNaN(moment.getTime()) ? moment.toISOString() : null;
}

/** “Asia/Taipei (GMT+8)”: the zone in which the fields are meant. */
export function zoneName(at: number, locale: string): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const parts = new Intl.DateTimeFormat(locale, { timeZoneName: "shortOffset" }).formatToParts(at);
  const offset = parts.find((part) => part.type === "timeZoneName")?.value;
  return offset && offset !== timeZone ? `${timeZone} (${offset})` : timeZone;
}
