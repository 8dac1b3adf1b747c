import type { Receiving } from "@firstline/contracts";

/** Kinds of events that are a message of the thread, as the Conversations API counts them too. */
const MESSAGES = new Set(["message", "echo", "postback"]);

export interface ReceivingSentence {
  kind: "nothing" | "events" | "notCompared" | "complete" | "recovered";
  /** Messages in all; with “events” everything else that came. */
  total: number;
  lost: number;
}

/**
 * The loss report in one sentence. Counted are messages, not the receipts and reactions around them: only messages can be
 * read back, so only of them it is known how many Meta lost.
 */
export function sentenceOf(report: Pick<Receiving, "fields" | "reconciledAt" | "totals">): ReceivingSentence {
  let arrived = 0;
  let lost = 0;
  for (const { field, received, duplicate, recovered } of report.fields) {
    lost += recovered;
    if (MESSAGES.has(field)) arrived += received - duplicate;
  }
  const total = arrived + lost;
  if (lost > 0) return { kind: "recovered", total, lost };
  if (total > 0) return { kind: report.reconciledAt ? "complete" : "notCompared", total, lost };
  const { received } = report.totals;
  return { kind: received > 0 ? "events" : "nothing", total: received, lost };
}

export const counts = ["received", "recovered", "late", "duplicate", "incomplete", "unreadable"] as const;
export type Count = (typeof counts)[number];
/** What did not come as it should, each kind on a scale of its own beside the thousands that did. */
export const oddities = ["late", "duplicate", "incomplete", "unreadable"] as const;

const DAY = 86_400_000;

/** Thirty days, today included, counted by UTC as the report's days are. */
export const rangeStart = (now: number): string => new Date(Math.floor(now / DAY) * DAY - 29 * DAY).toISOString();
