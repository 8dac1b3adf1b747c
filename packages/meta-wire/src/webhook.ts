import { isRecord, readId, readName, readTime, toList, type WireRecord } from "./guards.ts";
import { parseJson } from "./json.ts";

/**
 * Reads the envelope of a webhook body: who is meant, when it was sent and every single element in it. What an element
 * says is left to the adapters.
 *
 * Hand-written guards instead of a schema library: this runs for every body of every Page, a schema would copy each
 * object and reject a whole body for one bad element, while here a bad element is one bad element.
 */

/** One element. `body` is null where it is no object; with `field` also null the element is malformed. */
export interface WireItem {
  /** `entry`: `field` and `value` stood on the entry itself, or the entry held nothing known and `field` is its member. */
  where: "messaging" | "standby" | "changes" | "entry";
  field: string | null;
  body: WireRecord | null;
}

export interface WireEntry {
  /** Page id or Instagram professional account id; `"0"` from the test button of the App Dashboard. */
  id: string | null;
  /** When Meta sent the notification, in ms. */
  time: number | null;
  items: WireItem[];
}

/** `object` is null where the body names none. */
export type Envelope = { ok: true; object: string | null; entries: WireEntry[] } | { ok: false; problem: string };

/** Never throws. `ok: false` only for bytes that are no JSON object at all. */
export function readEnvelope(body: Uint8Array): Envelope {
  let json: unknown;
  try {
    json = parseJson(decode(body));
  } catch (error) {
    return { ok: false, problem: `The body is no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (!isRecord(json)) return { ok: false, problem: "The body is JSON, but no object." };
  const entries =
    json.entry === undefined
      ? [{ id: null, time: null, items: unknownMembers(json, ENVELOPE_KEYS) }]
      : toList(json.entry).map(readEntry);
  return { ok: true, object: readName(json.object), entries };
}

function decode(body: Uint8Array): string {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8");
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function readEntry(value: unknown): WireEntry {
  if (!isRecord(value)) return { id: null, time: null, items: [{ where: "entry", field: null, body: null }] };
  const items: WireItem[] = [];
  for (const element of toList(value.messaging)) items.push(readEvent("messaging", element));
  for (const element of toList(value.standby)) items.push(readEvent("standby", element));
  for (const element of toList(value.changes)) items.push(readChange("changes", element));
  // Instagram documents comments this way with Business Login ("Webhooks examples", 2025-11); delivery still uses `changes`.
  if (value.field !== undefined) items.push(readChange("entry", value));
  return {
    id: readId(value.id),
    time: readTime(value.time),
    items: items.length > 0 ? items : unknownMembers(value, ENTRY_KEYS),
  };
}

function readEvent(where: "messaging" | "standby", value: unknown): WireItem {
  return { where, field: null, body: isRecord(value) ? value : null };
}

function readChange(where: "changes" | "entry", value: unknown): WireItem {
  if (!isRecord(value)) return { where, field: null, body: null };
  return { where, field: readName(value.field), body: isRecord(value.value) ? value.value : null };
}

const ENVELOPE_KEYS: ReadonlySet<string> = new Set(["object", "entry"]);
const ENTRY_KEYS: ReadonlySet<string> = new Set(["id", "uid", "time", "messaging", "standby", "changes"]);

/** What is not known is still an element, so that it is kept and seen. */
function unknownMembers(value: WireRecord, known: ReadonlySet<string>): WireItem[] {
  const items: WireItem[] = [];
  for (const key of Object.keys(value)) {
    if (known.has(key)) continue;
    const member = value[key];
    items.push({ where: "entry", field: readName(key), body: isRecord(member) ? member : null });
  }
  return items;
}
