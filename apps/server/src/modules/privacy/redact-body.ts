import { parseJson } from "@firstline/meta-wire";

type Json = Record<string, unknown>;
const isRecord = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Lists of an entry whose elements are one event each. */
const LISTS = ["messaging", "standby", "changes"] as const;
const ABOUT_THE_ENTRY: ReadonlySet<string> = new Set(["id", "uid", "time", ...LISTS]);

const namesAny = (ids: readonly string[]) =>
  new RegExp(`(?<![\\w-])(?:${ids.map((id) => RegExp.escape(id)).join("|")})(?![\\w-])`);

/** The opposite of {@link withoutPerson}: the events of a body that name one of the ids, as Meta sent them. */
export function eventsOfPerson(body: Buffer, ids: readonly string[]): unknown[] {
  const names = namesAny(ids);
  let json: unknown;
  try {
    json = parseJson(body.toString("utf8").replace(/^\ufeff/, ""));
  } catch {
    return [];
  }
  const entries = isRecord(json) && Array.isArray(json.entry) ? json.entry.filter(isRecord) : [];
  return entries
    .flatMap((entry) => [
      ...LISTS.flatMap((name) => (Array.isArray(entry[name]) ? entry[name] : [])),
      ...Object.entries(entry).flatMap(([name, value]) => (ABOUT_THE_ENTRY.has(name) ? [] : [{ [name]: value }])),
    ])
    .filter((event) => names.test(JSON.stringify(event) ?? ""));
}

/**
 * The body of a delivery without the events that name one of the ids (Meta's id of a person, a reference of the checkbox plugin).
 * Null: nothing else is in it, or it cannot be read. The same bytes: no event names them.
 */
export function withoutPerson(body: Buffer, ids: readonly string[]): Buffer | null {
  const names = namesAny(ids);
  const text = body.toString("utf8");
  let json: unknown;
  try {
    json = parseJson(text.replace(/^\ufeff/, ""));
  } catch {
    return names.test(text) ? null : body;
  }
  const concerns = (value: unknown) => names.test(JSON.stringify(value) ?? "");
  if (!concerns(json)) return body;
  if (!isRecord(json) || !Array.isArray(json.entry)) return null;
  const entries = json.entry.flatMap((entry: unknown) => {
    if (!concerns(entry)) return [entry];
    const kept = isRecord(entry) ? withoutEvents(entry, concerns) : null;
    return kept === null ? [] : [kept];
  });
  const rest = { ...json, entry: entries };
  return entries.length === 0 || concerns(rest) ? null : Buffer.from(JSON.stringify(rest));
}

function withoutEvents(entry: Json, concerns: (value: unknown) => boolean): Json | null {
  const kept: Json = {};
  let events = 0;
  for (const [name, value] of Object.entries(entry)) {
    if (LISTS.includes(name as (typeof LISTS)[number]) && Array.isArray(value)) {
      const others = value.filter((element) => !concerns(element));
      if (others.length === 0) continue;
      kept[name] = others;
      events += others.length;
    } else if (ABOUT_THE_ENTRY.has(name)) kept[name] = value;
    else if (!concerns(value)) {
      kept[name] = value;
      // `field` names the event whose content is `value`.
      if (name !== "field") events++;
    }
  }
  return events === 0 ? null : kept;
}
