import type { TraceFacts, TraceVerdict } from "./facts.ts";

/** Control ends 24 hours after the customer's last action unless it was extended (Conversation Routing, 2025-09-24). */
const HOLD_MS = 24 * 3_600_000;

/**
 * One verdict, by a fixed order: what still needs somebody's hand comes before what is settled, and what was seen before what
 * was not. A message that came as it should makes it *shown* only if nothing else of that time went wrong.
 *
 * 1. `unreadable`: a delivery of this customer failed and waits for a replay;
 * 2. `recovered`: at least one message was never delivered and had to be read from Meta's record;
 * 3. `shown`: a message came to us as the holder of the conversation;
 * 4. `held_elsewhere`: messages came, but all beside another app that held it;
 * 5. `unreadable`: something of this customer came and was not understood;
 * 6. `held_elsewhere`: nothing came, another app held it, and Meta's record could not be read to the end;
 * 7. `not_found`.
 */
export function decideVerdict(f: Omit<TraceFacts, "channel" | "page">): TraceVerdict {
  const inbound = f.messages.filter((m) => m.direction === "inbound");
  if (f.deliveries.some((d) => d.state === "failed")) return "unreadable";
  if (inbound.some((m) => m.recovered)) return "recovered";
  if (inbound.some((m) => !m.standby)) return "shown";
  if (inbound.length > 0) return "held_elsewhere";
  if (f.deliveries.some((d) => d.unreadable > 0)) return "unreadable";
  return f.comparison?.state !== "done" && wasHeld(f) ? "held_elsewhere" : "not_found";
}

/** Another app held the conversation at some moment of the traced time. */
export function wasHeld(f: Pick<TraceFacts, "control" | "from" | "to">): boolean {
  if (f.control.some((c) => !c.ours && c.at >= f.from && c.at < f.to)) return true;
  const before = f.control.filter((c) => c.at < f.from).toSorted((a, b) => b.at - a.at)[0];
  return before !== undefined && !before.ours && (before.until ?? before.at + HOLD_MS) > f.from;
}

/**
 * Meta's record is asked when nothing came, and when something came but that time has not been compared yet: a customer whose
 * first message is shown may miss the second.
 */
export function needsComparison(f: Omit<TraceFacts, "channel" | "page">, comparedTo: number | null): boolean {
  const verdict = decideVerdict(f);
  if (verdict === "not_found" || verdict === "held_elsewhere") return true;
  return comparedTo === null || comparedTo < Math.min(f.to, f.now);
}
