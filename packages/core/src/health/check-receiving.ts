import type { Locale } from "../faults/index.ts";
import { DAY_MS, HOUR_MS, type Platform } from "../ways/index.ts";
import type { Check, KindFacts, ReceivingFacts } from "./facts.ts";
import { line, timeText } from "./line.ts";

/** Comparisons run every few minutes; one that is this far behind does not work. */
const COMPARED_WITHIN_MS = 2 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;

/** What arrived, what did not, and whether anybody looks. Where nothing was compared, nobody can say that nothing was lost. */
export function receivingChecks(facts: ReceivingFacts, platform: Platform, now: number, locale: Locale): Check[] {
  return [
    silence(facts, locale),
    kindSilence(facts, platform, now, locale),
    reconciliation(facts, now, locale),
    losses(facts, locale),
    unreadable(facts, locale),
    setAside(facts, locale),
    resubscription(facts, now, locale),
  ];
}

function silence({ silence: facts }: ReceivingFacts, locale: Locale): Check {
  if (facts === null) return line("silence", "ok", locale, "ok");
  const values = { time: timeText(facts.since), count: String(Math.round(facts.expected)) };
  return line("silence", "warn", locale, "silent", values);
}

/** A kind that came on at least so many of 28 days is a habit, and this many events missing are no chance (see `habit`). */
const HABIT_DAYS = 14;
const MISSING_EVENTS = 28;
/** The webhook field whose loss would end a kind. The other kinds are too rare, or come by several fields. */
const FIELDS: Readonly<Record<Platform, Readonly<Record<string, string>>>> = {
  messenger: {
    message: "messages",
    echo: "message_echoes",
    delivered: "message_deliveries",
    read: "message_reads",
    reaction: "message_reactions",
    postback: "messaging_postbacks",
    comment: "feed",
  },
  instagram: {
    message: "messages",
    echo: "messages",
    read: "messaging_seen",
    reaction: "message_reactions",
    postback: "messaging_postbacks",
    comment: "comments",
  },
};

/** One kind that stopped while others go on: a field that Meta or somebody took away. When all stop it is the silence above. */
function kindSilence({ kinds }: ReceivingFacts, platform: Platform, now: number, locale: Locale): Check {
  const fields = FIELDS[platform];
  const alive = kinds.some((kind) => now - kind.lastAt <= DAY_MS);
  const gone = kinds.filter(
    (kind) => alive && kind.days >= HABIT_DAYS && fields[kind.field] && missing(kind, now) >= MISSING_EVENTS,
  );
  if (gone.length === 0) return line("kind_silence", "ok", locale, "ok");
  const list = [...new Set(gone.map((kind) => fields[kind.field]!))].join(", ");
  const last = timeText(Math.min(...gone.map((kind) => kind.lastAt)));
  return line("kind_silence", "warn", locale, "silent", { list, time: last });
}

const missing = ({ lastAt, perDay }: KindFacts, now: number) => (perDay * (now - lastAt)) / DAY_MS;

function setAside({ setAside: count }: ReceivingFacts, locale: Locale): Check {
  return line("set_aside", count > 0 ? "warn" : "ok", locale, count > 0 ? "some" : "ok", { count: String(count) });
}

function reconciliation({ reconciliation: last, reconciledAt }: ReceivingFacts, now: number, locale: Locale): Check {
  const until = reconciledAt === null ? "–" : timeText(reconciledAt);
  if (last?.failed) return line("reconciliation", "warn", locale, "failed", { time: timeText(last.at), until });
  if (reconciledAt === null || last === null) return line("reconciliation", "unknown", locale, "never");
  if (now - reconciledAt > COMPARED_WITHIN_MS) return line("reconciliation", "warn", locale, "late", { until });
  const values = { time: timeText(last.at), count: String(last.recovered), until };
  return line("reconciliation", "ok", locale, "ok", values);
}

function losses({ week, reconciledAt }: ReceivingFacts, locale: Locale): Check {
  const values = { count: String(week.recovered), received: String(week.received) };
  if (week.recovered > 0) return line("losses", "warn", locale, "lost", values);
  return reconciledAt === null
    ? line("losses", "unknown", locale, "unknown")
    : line("losses", "ok", locale, "ok", values);
}

function unreadable({ week }: ReceivingFacts, locale: Locale): Check {
  if (week.unreadable === 0) return line("unreadable", "ok", locale, "ok");
  return line("unreadable", "warn", locale, "some", { count: String(week.unreadable) });
}

function resubscription({ resubscribedAt: at }: ReceivingFacts, now: number, locale: Locale): Check {
  if (at === null || now - at > WEEK_MS) return line("resubscription", "ok", locale, "ok");
  return line("resubscription", "warn", locale, "remade", { time: timeText(at) });
}
