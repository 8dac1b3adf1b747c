import type { FaultCode } from "../faults/index.ts";
import { AD_WINDOW_MS, isRetired, isWayValid, WAY_NAMES, WAYS, type Way, type WayName } from "../ways/index.ts";
import { guestEnd } from "./guest.ts";
import { privateReplyRefusal } from "./private-reply.ts";
import { CLOCK_SLACK_MS, type ReplyFacts } from "./reply-facts.ts";

/** What holds for one way of Meta's in one conversation at one time. Blocks of channel, contact and thread are not its matter. */
export interface WayVerdict {
  way: WayName;
  /** `open`: may be used now. `later`: opens by itself, at `opensAt`. `refused`: for `reason`. */
  state: "open" | "later" | "refused";
  /** ms; null: without a beginning, an end, or refused. */
  opensAt: number | null;
  until: number | null;
  /** Only of a refused one. */
  reason: FaultCode | null;
}

/** Judges every way of the table. Retired ones and those of another product are refused whatever the window says. */
export function judgeWays(facts: ReplyFacts, now: number): WayVerdict[] {
  return WAY_NAMES.map((name) => judge(name, facts, now));
}

function judge(name: WayName, facts: ReplyFacts, now: number): WayVerdict {
  const reason = refusal(name, facts, now);
  if (reason !== null) return { way: name, state: "refused", opensAt: null, until: null, reason };
  // Without a beginning and an end: whoever Meta knows for the Page may be sent it at any time.
  if (WAYS[name].opens === "known_customer")
    return { way: name, state: "open", opensAt: null, until: null, reason: null };
  const span = spanOf(name, facts, now);
  if (span === null || now >= span.until)
    return { way: name, state: "refused", opensAt: null, until: null, reason: "window_closed" };
  return { way: name, state: now < span.opensAt ? "later" : "open", ...span, reason: null };
}

/** What time does not change. */
function refusal(name: WayName, facts: ReplyFacts, now: number): FaultCode | null {
  const way: Way = WAYS[name];
  if (isRetired(way, now)) return way.tag === null ? "window_closed" : "tag_retired";
  if (!way.offered || !way.platforms.includes(facts.platform) || !isWayValid(way, now, facts.platform))
    return "way_not_available";
  if (way.opens === "comment") return facts.comment ? privateReplyRefusal(facts.comment, now) : "way_not_available";
  // No approval helps: a guest's chat has no human-agent reply.
  if (name === "human_agent" && facts.isGuest) return "window_closed";
  if (way.needs === "human_agent_approval" && !facts.humanAgentApproved) return "human_agent_not_approved";
  if (way.needs === "utility_permission" && facts.utilityPermitted === false) return "utility_permission_missing";
  return way.authors.includes(facts.author) ? null : "human_agent_not_for_automation";
}

interface Span {
  opensAt: number;
  until: number;
}

/** From when to when the way is open; null: not at all. */
function spanOf(name: WayName, facts: ReplyFacts, now: number): Span | null {
  if (name === "private_reply" && facts.comment)
    return { opensAt: Math.min(facts.comment.at, now), until: facts.comment.at + WAYS.private_reply.lastsMs };
  const last = facts.lastQualifyingAt;
  if (last === null) return null;
  const corrected =
    facts.correctedClosedAt !== null && last <= facts.correctedClosedAt ? facts.correctedClosedAt : null;
  const replyEnd = Math.min(windowEnd(last, facts), guestEnd(facts) ?? Number.POSITIVE_INFINITY);
  if (name !== "human_agent")
    // Our clock may lag behind Meta's: what the customer has done is done.
    return corrected === null ? { opensAt: Math.min(last, now), until: replyEnd } : null;
  // A refusal after the window was one of a human-agent reply: then nothing is left.
  if (corrected !== null && corrected > replyEnd + CLOCK_SLACK_MS) return null;
  const until = last + WAYS.human_agent.lastsMs;
  const opensAt = corrected === null ? replyEnd : Math.min(corrected, replyEnd, now);
  return opensAt < until ? { opensAt, until } : null;
}

/** 24 hours from the customer's last action; where the switch is on, seven days from the first message after an ad. */
function windowEnd(last: number, { adMessageAt }: ReplyFacts): number {
  const end = last + WAYS.reply.lastsMs;
  return adMessageAt === null ? end : Math.max(end, adMessageAt + AD_WINDOW_MS);
}
