import type { EditEvent, MessageEvent } from "../../../adapters/channel.ts";

/** What we have of a message Meta's record names. Times are ms. */
export interface KnownMessage {
  at: number;
  kind: string;
  direction: string;
  text: string | null;
  incomplete: boolean;
  deleted: boolean;
  edition: number;
}

export interface Comparison {
  /** Not here at all, oldest first, each at the time it takes its place at. */
  missing: MessageEvent[];
  /** Here with parts missing that the record has. */
  fuller: MessageEvent[];
  /** Changed by its author; nothing told us. */
  edits: EditEvent[];
  /** Messages of the time asked for. */
  examined: number;
  /** Time of the oldest message given, as the next older part needs it. */
  oldestAt: number | null;
}

const SECOND = 1_000;
/** People may change a message for 15 minutes (Messenger, Instagram): older ones are compared too, a little further than that. */
const EDITABLE_MS = 20 * 60_000;
const secondOf = (at: number) => Math.floor(at / SECOND) * SECOND;

/**
 * Compares a part of a thread of Meta's record, newest first, with what we have. Pure.
 *
 * The record counts in whole seconds, webhooks in milliseconds. Its order is right all the same, so a missing message gets the
 * first millisecond of its second that keeps that order among those we know exactly. `newerAt` is the time of the message that
 * follows the part; `readAt` the time of reading.
 */
export function compare(
  events: readonly MessageEvent[],
  known: ReadonlyMap<string, KnownMessage>,
  span: { from: number; until: number; newerAt: number | null; readAt: number },
): Comparison {
  const oldestFirst = events.toReversed();
  const times = placeInTime(oldestFirst, known, span.newerAt);
  const result: Comparison = { missing: [], fuller: [], edits: [], examined: 0, oldestAt: times[0] ?? null };
  oldestFirst.forEach((event, n) => {
    const second = secondOf(event.at ?? 0);
    const ours = known.get(event.mid);
    if (ours && second >= span.from - EDITABLE_MS && second <= span.until) {
      const edit = editOf(event, ours, span.readAt);
      if (edit) result.edits.push(edit);
    }
    if (second < secondOf(span.from) || second > span.until) return;
    result.examined++;
    if (!ours) result.missing.push({ ...event, at: times[n]! });
    else if (ours.incomplete && !event.incomplete && !ours.deleted) result.fuller.push({ ...event, at: ours.at });
  });
  return result;
}

/** A time for each, oldest first: the exact one where we know it, else one that keeps the order within its second. */
function placeInTime(
  events: readonly MessageEvent[],
  known: ReadonlyMap<string, KnownMessage>,
  newerAt: number | null,
): number[] {
  const times: number[] = [];
  let before = Number.NEGATIVE_INFINITY;
  events.forEach((event, n) => {
    const ours = known.get(event.mid);
    if (ours) {
      before = Math.max(before, ours.at);
      times.push(ours.at);
      return;
    }
    const second = secondOf(event.at ?? 0);
    const next = events.slice(n + 1).find((later) => known.has(later.mid));
    const nextAt = next ? known.get(next.mid)!.at : newerAt;
    const last = second + SECOND - 1;
    const latest = nextAt !== null && nextAt > second && nextAt <= last ? nextAt - 1 : last;
    const at = Math.max(second, Math.min(latest, Math.max(second, before + 1)));
    before = at;
    times.push(at);
  });
  return times;
}

/** The record shows the text as it is now. Only a customer's plain text tells: everything else is written differently there. */
function editOf(event: MessageEvent, ours: KnownMessage, readAt: number): EditEvent | null {
  if (event.direction !== "inbound" || ours.kind !== "text" || ours.deleted || ours.incomplete) return null;
  if (event.text === null || ours.text === null || plain(event.text) === plain(ours.text)) return null;
  const { platform, accountId, contactId, mid, text } = event;
  return {
    type: "edit",
    platform,
    accountId,
    contactId,
    at: readAt,
    standby: false,
    mid,
    text,
    edition: ours.edition + 1,
  };
}

/** White space and ways of composing letters are no change of a text. */
const plain = (text: string) => text.normalize("NFC").replaceAll(/\s+/g, " ").trim();
