import type { Locale } from "../faults/index.ts";
import { DAY_MS, HOUR_MS } from "../ways/index.ts";
import type { Check, ReceivingFacts } from "./facts.ts";
import { line, timeText } from "./line.ts";

/** Comparisons run every few minutes; one that is this far behind does not work. */
const COMPARED_WITHIN_MS = 2 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;

/** What arrived, what did not, and whether anybody looks. Where nothing was compared, nobody can say that nothing was lost. */
export function receivingChecks(facts: ReceivingFacts, now: number, locale: Locale): Check[] {
  return [
    silence(facts, locale),
    reconciliation(facts, now, locale),
    losses(facts, locale),
    unreadable(facts, locale),
    resubscription(facts, now, locale),
  ];
}

function silence({ silence: facts }: ReceivingFacts, locale: Locale): Check {
  if (facts === null) return line("silence", "ok", locale, "ok");
  const values = { time: timeText(facts.since), count: String(Math.round(facts.expected)) };
  return line("silence", "warn", locale, "silent", values);
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
