import type { FaultCode } from "../faults/index.ts";
import { hasGuestEnded } from "./guest.ts";
import { judgeWays, type WayVerdict } from "./judge-ways.ts";
import { CONTROL_REQUEST_WAIT_MS, type CommentFacts, type HoldFacts, type ReplyFacts } from "./reply-facts.ts";

export type ReplyState = "open" | "human_agent" | "closed" | "blocked";

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
  /** Every way Meta has or had, usable or not, each with its reason. */
  verdicts: WayVerdict[];
  /** Every reason that applies, most decisive first; empty when open. */
  reasons: FaultCode[];
  /** Blocked, but a reply written now is kept: until the channel is authorised again (S3), or Meta's restriction is over (S11). */
  holds: boolean;
}

/**
 * Decides the reply state of one conversation. The standard window is 24 hours after the customer's last qualifying action
 * and closed from exactly then on (`now - last >= 24 h`; Send messages, 2026-05-05); a human-agent reply reaches to 7 days
 * (Send API reference, v25.0). There is no extra message after it (removed by Meta on 2020-03-04).
 */
export function decideReply(facts: ReplyFacts, now: number): ReplyDecision {
  const verdicts = judgeWays(facts, now);
  const ways = offered(verdicts);
  const current = ways.find((w) => w.opensAt <= now && now < w.until) ?? null;
  const blocks = blocksOf(facts, now);
  const reasons: FaultCode[] = [...blocks, ...(current ? [] : closedReasons(facts))];
  if (blocks.length > 0) {
    const holds = blocks.length === 1 && HOLDING.has(blocks[0]!) && current !== null;
    return { state: "blocked", until: blockedUntil(facts, blocks), ways: holds ? ways : [], verdicts, reasons, holds };
  }
  if (current === null) return { state: "closed", until: null, ways: [], verdicts, reasons, holds: false };
  const state = current.way === "reply" ? "open" : "human_agent";
  return { state, until: current.until, ways, verdicts, reasons, holds: false };
}

/** The way a reply decided at `now` takes, or null. The window's own: whether the channel is blocked is the state's matter. */
export function currentWay(decision: ReplyDecision, now: number): WayDecision["way"] | null {
  return decision.ways.find((w) => w.opensAt <= now && now < w.until)?.way ?? null;
}

export type PrivateReplyDecision =
  | { state: "open"; until: number }
  /** `holds`: written now, it waits until the channel can send again. */
  | { state: "refused"; reason: FaultCode; holds: boolean };

/**
 * Decides whether the comment of `facts` may be answered privately. The reply window does not matter, nor does what a reply in
 * it needs; what stops the channel, the person or the thread does.
 */
export function decidePrivateReply(facts: ReplyFacts & { comment: CommentFacts }, now: number): PrivateReplyDecision {
  const verdict = judgeWays(facts, now).find((v) => v.way === "private_reply");
  if (!verdict || verdict.state === "refused" || verdict.until === null)
    return { state: "refused", reason: verdict?.reason ?? "way_not_available", holds: false };
  const blocks = blocksOf(facts, now);
  return blocks.length === 0
    ? { state: "open", until: verdict.until }
    : { state: "refused", reason: blocks[0]!, holds: blocks.length === 1 && HOLDING.has(blocks[0]!) };
}

export type TemplateDecision =
  | { state: "open" }
  /** `holds`: written now, it waits until the channel can send again. `reasons`: all of them, most decisive first. */
  | { state: "refused"; reasons: FaultCode[]; holds: boolean };

/** Decides whether a utility template may be sent: the reply window does not matter; what stops channel, person or thread does. */
export function decideTemplate(facts: ReplyFacts, now: number): TemplateDecision {
  const refusal = judgeWays(facts, now).find((v) => v.way === "utility_template")?.reason;
  if (refusal) return { state: "refused", reasons: [refusal], holds: false };
  const blocks = blocksOf(facts, now);
  if (blocks.length === 0) return { state: "open" };
  return { state: "refused", reasons: blocks, holds: blocks.length === 1 && HOLDING.has(blocks[0]!) };
}

/** The channel's own troubles, which pass and leave the customer waiting. */
const HOLDING: ReadonlySet<FaultCode> = new Set(["channel_needs_reauthorization", "channel_restricted"]);

/** The ways of answering still usable at `now` or later, in order of time. */
function offered(verdicts: readonly WayVerdict[]): WayDecision[] {
  return verdicts.flatMap(({ way, opensAt, until }) =>
    (way === "reply" || way === "human_agent") && opensAt !== null && until !== null ? [{ way, opensAt, until }] : [],
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

function closedReasons(facts: ReplyFacts): FaultCode[] {
  const reasons: FaultCode[] = [waitsForPerson(facts) ? "private_reply_waiting" : "window_closed"];
  // Only what the person writes opens anything: no approval helps who never wrote.
  if (facts.lastQualifyingAt === null && reasons[0] === "private_reply_waiting") return reasons;
  // No approval helps: a guest's chat has no human-agent reply.
  if (facts.isGuest) return reasons;
  if (!facts.humanAgentApproved) reasons.push("human_agent_not_approved");
  else if (facts.author !== "person") reasons.push("human_agent_not_for_automation");
  return reasons;
}

/** The Page answered a comment privately, and the person has done nothing since that would let it write more. */
const waitsForPerson = ({ privateReplyAt, lastQualifyingAt }: ReplyFacts): boolean =>
  typeof privateReplyAt === "number" && (lastQualifyingAt === null || lastQualifyingAt < privateReplyAt);

/** Only a hold has an end of its own, and it counts only when nothing else blocks. */
function blockedUntil(facts: ReplyFacts, blocks: readonly FaultCode[]): number | null {
  return blocks.every(isHeldReason) ? (facts.heldBy?.until ?? null) : null;
}
