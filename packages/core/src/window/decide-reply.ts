import type { FaultCode } from "../faults/index.ts";
import { DAY_MS, isWayValid, type Platform, WAYS, type Way } from "../ways/index.ts";

export type ReplyState = "open" | "human_agent" | "closed" | "blocked";

/** Everything that decides whether and how a reply may go out. Times are ms. */
export interface ReplyFacts {
  platform: Platform;
  /** Meta's time of the customer's last message, postback, reaction or link visit; never of echoes, receipts or comments. */
  lastQualifyingAt: number | null;
  /** When Meta last refused a send as outside the window (10/2018278, 10/2534022). Meta's clock wins over ours. */
  correctedClosedAt: number | null;
  channelState: "healthy" | "degraded" | "needs_reauthorization" | "restricted" | "disconnected";
  /** Since when Meta says that the customer cannot receive (S6). */
  contactCannotReceiveSince: number | null;
  /** Whether Meta has approved the app's Human Agent feature (S2). */
  humanAgentApproved: boolean;
  author: "person" | "automation" | "api";
  /** Who holds the thread, when it is not this app (R2). */
  heldBy: HoldFacts | null;
  /** When Meta said that the guest ended the chat (O2). */
  guestEndedAt: number | null;
  /** A visitor without an account: the chat ends for good 24 hours after its start, with no human-agent reply after it. */
  isGuest: boolean;
  /** When the guest's chat began: the first thing Meta told of it; null: not known, then the last qualifying action counts. */
  guestSince: number | null;
}

export interface HoldFacts {
  kind: "other_app" | "page_inbox" | "meta_ai" | "lead_ad_flow" | "unknown";
  /** null: no known end. */
  until: number | null;
  /** When the team asked the holder for control, without having got it since. */
  requestedAt: number | null;
}

/** One way of answering, now or later: usable while `opensAt <= now < until` (ms). */
export interface WayDecision {
  way: "reply" | "human_agent";
  opensAt: number;
  until: number;
}

export interface ReplyDecision {
  state: ReplyState;
  /** When this state ends by itself (ms); null: not by itself, or not known. */
  until: number | null;
  /** Empty when blocked, except while replies are held. */
  ways: WayDecision[];
  /** Every reason that applies, most decisive first; empty when open. */
  reasons: FaultCode[];
  /** Blocked, but a reply written now is kept and sent after reauthorisation (S3). */
  holds: boolean;
}

/**
 * How far Meta's clock and the time of a refusal may lie apart. A send in the last minute of the window is made all the
 * same: if Meta already counts it as late, the refusal corrects the window, and nothing reached the customer.
 */
export const CLOCK_SLACK_MS = 60_000;

/**
 * A request for control this old is not going to be answered. Meta accepts every request at once and grants it only when the
 * holder does; its inbox and its AI never do (production, 2026-08).
 */
export const CONTROL_REQUEST_WAIT_MS = 5 * 60_000;

/** A guest's chat lasts 24 hours from its start, if the guest does not end it before (Chat Plugin guest mode, to 2024-05-09). */
const GUEST_CHAT_MS = DAY_MS;

/** When a guest's chat is over at the latest (ms). */
export const guestChatEnd = (since: number): number => since + GUEST_CHAT_MS;

/**
 * Decides the reply state of one conversation. The standard window is 24 hours after the customer's last qualifying action
 * and closed from exactly then on (`now - last >= 24 h`; Send messages, 2026-05-05); a human-agent reply reaches to 7 days
 * (Send API reference, v25.0). There is no extra message after it (removed by Meta on 2020-03-04).
 */
export function decideReply(facts: ReplyFacts, now: number): ReplyDecision {
  const ways = waysOf(facts, now);
  const current = ways.find((w) => w.opensAt <= now && now < w.until) ?? null;
  const blocks = blocksOf(facts, now);
  const reasons: FaultCode[] = [...blocks, ...(current ? [] : closedReasons(facts))];
  if (blocks.length > 0) {
    const holds = blocks.length === 1 && blocks[0] === "channel_needs_reauthorization" && current !== null;
    return { state: "blocked", until: blockedUntil(facts, blocks), ways: holds ? ways : [], reasons, holds };
  }
  if (current === null) return { state: "closed", until: null, ways: [], reasons, holds: false };
  return { state: current.way === "reply" ? "open" : "human_agent", until: current.until, ways, reasons, holds: false };
}

/** The way a reply decided at `now` takes, or null. The window's own: whether the channel is blocked is the state's matter. */
export function currentWay(decision: ReplyDecision, now: number): WayDecision["way"] | null {
  return decision.ways.find((w) => w.opensAt <= now && now < w.until)?.way ?? null;
}

/** The ways still usable at `now` or later, in order of time. */
function waysOf(facts: ReplyFacts, now: number): WayDecision[] {
  const last = facts.lastQualifyingAt;
  if (last === null) return [];
  const ways: WayDecision[] = [];
  const corrected =
    facts.correctedClosedAt !== null && last <= facts.correctedClosedAt ? facts.correctedClosedAt : null;
  const replyEnd = Math.min(last + WAYS.reply.lastsMs, guestEnd(facts) ?? Number.POSITIVE_INFINITY);
  if (now < replyEnd && corrected === null && permits(WAYS.reply, facts, now)) {
    // Our clock may lag behind Meta's: what the customer has done is done.
    ways.push({ way: "reply", opensAt: Math.min(last, now), until: replyEnd });
  }
  // A refusal after the 24 hours was one of a human-agent reply: then nothing is left.
  const humanRefused = corrected !== null && corrected > replyEnd + CLOCK_SLACK_MS;
  const humanEnd = last + WAYS.human_agent.lastsMs;
  if (now < humanEnd && !humanRefused && !facts.isGuest && permits(WAYS.human_agent, facts, now)) {
    ways.push({
      way: "human_agent",
      opensAt: corrected === null ? replyEnd : Math.min(corrected, replyEnd, now),
      until: humanEnd,
    });
  }
  return ways;
}

function permits(way: Way, facts: ReplyFacts, now: number): boolean {
  return (
    way.platforms.includes(facts.platform) &&
    way.authors.includes(facts.author) &&
    (way.needs !== "human_agent_approval" || facts.humanAgentApproved) &&
    isWayValid(way, now)
  );
}

function blocksOf(facts: ReplyFacts, now: number): FaultCode[] {
  const blocks: FaultCode[] = [];
  if (facts.channelState === "disconnected") blocks.push("channel_disconnected");
  if (hasGuestEnded(facts, now)) blocks.push("guest_chat_ended");
  if (facts.contactCannotReceiveSince !== null) blocks.push("contact_cannot_receive");
  if (facts.channelState === "restricted") blocks.push("channel_restricted");
  if (facts.channelState === "needs_reauthorization") blocks.push("channel_needs_reauthorization");
  blocks.push(...holdReasons(facts.heldBy, now));
  return blocks;
}

const HELD_BY = {
  other_app: "held_by_other_app",
  page_inbox: "held_by_page_inbox",
  meta_ai: "held_by_meta_ai",
  lead_ad_flow: "held_by_lead_ad_flow",
  unknown: "held_by_other_app",
} as const satisfies Record<HoldFacts["kind"], FaultCode>;
const HELD_REASONS: ReadonlySet<string> = new Set([...Object.values(HELD_BY), "control_request_unanswered"]);

/** Whether a reason says no more than that somebody else holds the thread: taking it over is then all it needs. */
export const isHeldReason = (code: string): boolean => HELD_REASONS.has(code);

/** Who is in the way, and that asking did not help, once that is clear. */
function holdReasons(held: HoldFacts | null, now: number): FaultCode[] {
  if (held === null || (held.until !== null && held.until <= now)) return [];
  const unanswered = held.requestedAt !== null && now - held.requestedAt >= CONTROL_REQUEST_WAIT_MS;
  return unanswered ? [HELD_BY[held.kind], "control_request_unanswered"] : [HELD_BY[held.kind]];
}

/** When a guest's chat is over at the latest; null: no guest, or its beginning is not known. */
function guestEnd({ isGuest, guestSince, lastQualifyingAt }: ReplyFacts): number | null {
  const since = guestSince ?? lastQualifyingAt;
  return isGuest && since !== null ? guestChatEnd(since) : null;
}

function hasGuestEnded(facts: ReplyFacts, now: number): boolean {
  const end = guestEnd(facts);
  return (facts.guestEndedAt !== null && facts.guestEndedAt <= now) || (end !== null && end <= now);
}

function closedReasons(facts: ReplyFacts): FaultCode[] {
  const reasons: FaultCode[] = ["window_closed"];
  // No approval helps: a guest's chat has no human-agent reply.
  if (facts.isGuest) return reasons;
  if (!facts.humanAgentApproved) reasons.push("human_agent_not_approved");
  else if (facts.author !== "person") reasons.push("human_agent_not_for_automation");
  return reasons;
}

/** Only a hold has an end of its own, and it counts only when nothing else blocks. */
function blockedUntil(facts: ReplyFacts, blocks: readonly FaultCode[]): number | null {
  return blocks.every(isHeldReason) ? (facts.heldBy?.until ?? null) : null;
}
