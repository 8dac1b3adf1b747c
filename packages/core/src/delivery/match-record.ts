/** What tells a message apart in Meta's record, which holds neither our id nor the sending app. */
export interface MessageContent {
  text: string | null;
  /** Kinds of its files, `template` and `sticker` among them. */
  kinds: readonly string[];
}

/** A message of ours whose id at Meta is unknown. */
export interface UnsettledMessage extends MessageContent {
  id: string;
  /** When its call began, ms. */
  calledAt: number;
}

/** A message of the Page's side in Meta's record. `at` in ms of whole seconds. */
export interface RecordedEntry extends MessageContent {
  mid: string;
  at: number;
  /** Not all of it is told. */
  incomplete: boolean;
}

export interface RecordSpan {
  /** Messages of the Page's side that are no other message of ours. */
  entries: readonly RecordedEntry[];
  /** Everything from here on (ms) is in `entries`; `Infinity`: nothing is certain to be. */
  completeFrom: number;
}

export type RecordMatch = { kind: "found"; mid: string; at: number } | { kind: "absent" } | { kind: "unclear" };

/** Clocks differ, and the record counts in whole seconds. */
export const RECORD_BEFORE_MS = 2 * 60_000;
/** A call ends within a minute and a half; what Meta took may be stored a while after. */
const RECORD_AFTER_MS = 10 * 60_000;

/**
 * Which messages of Meta's record are ours whose outcome is unknown, by content and time. Only one that fits a single message is
 * found; two alike of ours are told apart by their order, if as many are there. Gives a verdict for every message, by its id.
 */
export function matchRecord(unsettled: readonly UnsettledMessage[], record: RecordSpan): Map<string, RecordMatch> {
  const verdicts = new Map<string, RecordMatch>();
  for (const alike of groupsOf(unsettled)) {
    const ours = alike.toSorted((a, b) => a.calledAt - b.calledAt);
    const fits = record.entries.filter((e) => sameContent(alike[0]!, e)).toSorted((a, b) => a.at - b.at);
    const inOrder = fits.length === ours.length && ours.every((m, n) => isInTime(m, fits[n]!));
    for (const [n, m] of ours.entries())
      verdicts.set(m.id, inOrder ? found(fits[n]!) : verdictOf(m, { ours, fits, record }));
  }
  return verdicts;
}

function verdictOf(
  m: UnsettledMessage,
  { ours, fits, record }: { ours: readonly UnsettledMessage[]; fits: readonly RecordedEntry[]; record: RecordSpan },
): RecordMatch {
  const mine = fits.filter((e) => isInTime(m, e));
  if (mine.length === 0) return isProven(m, record) ? { kind: "absent" } : { kind: "unclear" };
  const [only] = mine;
  const claimed = ours.some((other) => other !== m && isInTime(other, only!));
  return mine.length === 1 && !claimed ? found(only!) : { kind: "unclear" };
}

/** That it is not there is certain where everything of its time is told. */
const isProven = (m: UnsettledMessage, { entries, completeFrom }: RecordSpan) =>
  completeFrom <= m.calledAt - RECORD_BEFORE_MS && !entries.some((e) => e.incomplete && isInTime(m, e));

const found = ({ mid, at }: RecordedEntry): RecordMatch => ({ kind: "found", mid, at });

const isInTime = (m: UnsettledMessage, e: RecordedEntry) =>
  e.at + 999 >= m.calledAt - RECORD_BEFORE_MS && e.at <= m.calledAt + RECORD_AFTER_MS;

function groupsOf(unsettled: readonly UnsettledMessage[]): UnsettledMessage[][] {
  const groups: UnsettledMessage[][] = [];
  for (const m of unsettled) {
    const group = groups.find(([first]) => sameContent(first!, m));
    if (group) group.push(m);
    else groups.push([m]);
  }
  return groups;
}

/** A template comes back as its text or as a template, whose parts the record tells differently. */
function sameContent(a: MessageContent, b: MessageContent): boolean {
  if (a.kinds.includes("template") && b.kinds.includes("template")) return true;
  if (a.text !== null || b.text !== null)
    return a.text !== null && b.text !== null && plainText(a.text) === plainText(b.text);
  return a.kinds.length > 0 && kindsOf(a) === kindsOf(b);
}

/** The record calls a voice message a video at times. */
const kindsOf = ({ kinds }: MessageContent) =>
  kinds
    .map((kind) => (kind === "audio" ? "video" : kind))
    .toSorted()
    .join();

/** White space, ways of composing letters and of showing an emoji are no difference between two texts. */
export const plainText = (text: string): string =>
  text.normalize("NFC").replaceAll("\uFE0F", "").replaceAll(/\s+/g, " ").trim();
