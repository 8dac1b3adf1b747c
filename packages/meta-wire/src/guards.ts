/**
 * Reading single values of Meta's JSON. Every function takes anything, gives the value or null, and never throws.
 */

export type WireRecord = { readonly [key: string]: unknown };

export function isRecord(value: unknown): value is WireRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A list whatever Meta sent: absent is empty, a lone value is a list of one. */
export function toList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/**
 * An id, opaque, always as a string: Meta sends the same id as number and as string (documents: `app_id`, handover ids).
 * Longer than 512 characters is no id: it could not be a key in any index.
 */
export function readId(value: unknown): string | null {
  if (typeof value === "string") return value.length > 0 && value.length <= 512 ? clean(value) || null : null;
  return typeof value === "number" && Number.isInteger(value) ? String(value) : null;
}

/** Text as written; numbers become text, empty is null. */
export function readText(value: unknown): string | null {
  if (typeof value === "string") return clean(value) || null;
  return typeof value === "number" && Number.isFinite(value) ? String(value) : null;
}

/** Text as written; anything with a structure as its JSON. Nested too deep to be written, it is null. */
export function readJson(value: unknown): string | null {
  if (typeof value === "boolean") return String(value);
  if (typeof value !== "object" || value === null) return readText(value);
  try {
    return readText(JSON.stringify(value));
  } catch {
    return null;
  }
}

/** A name of Meta's (a type, a field): text of at most 100 characters, longer ones cut. */
export function readName(value: unknown): string | null {
  const text = readText(value);
  return text === null || text.length <= 100 ? text : text.slice(0, 100).toWellFormed();
}

/** A web address. Other schemes (`javascript:`, `data:`) and placeholders are none. */
export function readUrl(value: unknown): string | null {
  return typeof value === "string" && /^https?:\/\/[^\s]/i.test(value) ? clean(value) : null;
}

/** Booleans come as such and as words (`is_guest_user: "true"`, Chat Plugin guest mode, 2020). */
export function readFlag(value: unknown): boolean {
  return value === true || value === "true";
}

/** A whole number of at least 0 from a number or its digits (`num_edit` is documented as int and sampled as string). */
export function readCount(value: unknown): number | null {
  const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

/**
 * A time in ms since 1970 from ms or seconds, as number or digits, or from ISO 8601.
 * Below 1e12 it is seconds: lead-ad events and feed entries are in seconds beside messaging events in ms
 * (Messenger Platform, "Lead Generation Ads" and Webhooks reference, read 2026-11).
 * A time before Facebook (2004) or after 2100 is a placeholder or a fault and gives null.
 */
export function readTime(value: unknown): number | null {
  if (typeof value === "number") return plausible(value);
  if (typeof value !== "string") return null;
  if (/^\d{1,16}(\.\d+)?$/.test(value)) return plausible(Number(value));
  return /^\d{4}-\d\d-\d\dT/.test(value) ? plausible(Date.parse(value)) : null;
}

function plausible(value: number): number | null {
  const ms = Math.floor(value < 1e12 ? value * 1000 : value);
  return ms >= 1_072_915_200_000 && ms < 4_102_444_800_000 ? ms : null;
}

/** NUL and lone surrogates are legal in JSON and refused by PostgreSQL: one such text would fail a whole batch. */
function clean(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes("\0") ? whole.replaceAll("\0", "") : whole;
}
