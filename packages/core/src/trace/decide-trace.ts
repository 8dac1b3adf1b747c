import type { Locale } from "../faults/index.ts";
import type { Cause } from "./cause.ts";
import { ACCESS_CAUSES } from "./causes-access.ts";
import { HOLDER_CAUSES } from "./causes-holder.ts";
import { OUR_CAUSES } from "./causes-ours.ts";
import { PERSON_CAUSES } from "./causes-person.ts";
import { SUBSCRIPTION_CAUSES } from "./causes-subscription.ts";
import { timeline } from "./evidence.ts";
import type { TraceFacts, TraceReason, TraceResult, TraceStatus } from "./facts.ts";
import { decideVerdict } from "./verdict.ts";
import { VERDICT_TEXTS } from "./verdict-texts.ts";
import { say } from "./words.ts";

/** Every reason known for a missing message (Meta's pages and public reports as read on 2026-11-22), in the order of its way. */
export const CAUSES: readonly Cause[] = [
  ...SUBSCRIPTION_CAUSES,
  ...HOLDER_CAUSES,
  ...ACCESS_CAUSES,
  ...PERSON_CAUSES,
  ...OUR_CAUSES,
];

const RANK: Readonly<Record<TraceStatus, number>> = { found: 0, possible: 1, unknown: 2, ruled_out: 3 };

/**
 * "The customer says he wrote": facts to one verdict, the evidence as a timeline, and every known reason ruled in or out with
 * the check that was made. What was found stands first. A message that is shown needs no reasons.
 */
export function decideTrace(facts: TraceFacts, locale: Locale): TraceResult {
  const verdict = decideVerdict(facts);
  const inbound = facts.messages.filter((m) => m.direction === "inbound");
  const words = VERDICT_TEXTS[wordsOf(facts, verdict, inbound.length)];
  const values = { count: inbound.length, recovered: inbound.filter((m) => m.recovered).length };
  return {
    verdict,
    title: say(words.title, locale, values),
    explain: say(words.explain, locale, values),
    fix: words.fix && say(words.fix, locale, values),
    evidence: timeline(facts, locale),
    reasons: verdict === "shown" ? [] : reasonsOf(facts, locale),
  };
}

function wordsOf(facts: TraceFacts, verdict: TraceResult["verdict"], inbound: number): keyof typeof VERDICT_TEXTS {
  if (verdict === "held_elsewhere" && inbound === 0) return "held_unseen";
  return verdict === "not_found" && facts.comparison?.state !== "done" ? "unproved" : verdict;
}

function reasonsOf(facts: TraceFacts, locale: Locale): TraceReason[] {
  return CAUSES.filter((c) => c.platform === undefined || c.platform === facts.platform)
    .map((cause): TraceReason => {
      const { status, is, values } = cause.judge(facts);
      return {
        code: cause.code,
        status,
        title: say(cause.title, locale),
        evidence: say(cause.evidence[is]!, locale, values),
        fix: say(cause.fix, locale),
        owner: cause.owner,
      };
    })
    .sort((a, b) => RANK[a.status] - RANK[b.status]);
}
