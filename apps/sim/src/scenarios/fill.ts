import { ControlError } from "../control/body.ts";

/** The names a run knows: ids of the Page and the person, options, and `$`, the answers kept by `as`. */
export interface Names {
  [name: string]: unknown;
  $: Record<string, unknown>;
}

/** Double braces are the places of a utility template: they are left as they are. */
const PLACE = /(?<!\{)\{([$\w.]+(?::[\d.]+)?)\}(?!\})/g;
const UNIT: Record<string, number> = { hoursAgo: 3_600_000, minutesAgo: 60_000 };

/**
 * Replaces `{name}`, `{$.answer.member}`, `{hoursAgo:25}` and `{minutesAgo:5}` (ISO times) in every string of a value. A string
 * that is one placeholder and nothing else becomes the value itself, so numbers stay numbers.
 * @throws ControlError 422 where a name is unknown.
 */
export function fill(value: unknown, names: Names, now: number): unknown {
  if (typeof value === "string") {
    const whole = /^\{([$\w.]+(?::[\d.]+)?)\}$/.exec(value);
    if (whole?.[1]) return look(whole[1], names, now);
    return value.replace(PLACE, (_, name: string) => String(look(name, names, now)));
  }
  if (Array.isArray(value)) return value.map((one) => fill(one, names, now));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fill(one, names, now)]));
  }
  return value;
}

/** As `fill`, for a path: what is filled in is encoded. */
export function fillPath(path: string, names: Names, now: number): string {
  return path.replace(PLACE, (_, name: string) => encodeURIComponent(String(look(name, names, now))));
}

/** The placeholder names a value uses. */
export function namesIn(value: unknown): Set<string> {
  return new Set([...JSON.stringify(value ?? null).matchAll(PLACE)].map(([, name]) => name ?? ""));
}

function look(name: string, names: Names, now: number): unknown {
  const [unit = "", amount] = name.split(":");
  if (amount !== undefined && UNIT[unit]) return new Date(now - Number(amount) * UNIT[unit]).toISOString();
  let value: unknown = names;
  for (const part of name.split(".")) value = (value as Record<string, unknown> | null | undefined)?.[part];
  if (value === undefined || value === null) throw new ControlError(422, `This run knows no {${name}}.`);
  return value;
}
