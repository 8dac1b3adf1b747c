import type { Conversation, Reply } from "@firstline/contracts";
import { isHeldReason } from "@firstline/core/window";

/** Below this a window counts as ending: the ring turns amber and the thread is in “ending soon”. */
export const ENDING_SOON = 2 * 3_600_000;

export interface ReplyNow {
  state: Reply["state"];
  /** End of the present state in ms; null where nothing ends. */
  until: number | null;
  left: number | null;
  endingSoon: boolean;
  /** 0–1 of the way's whole length, for the ring. */
  part: number;
  /** What follows when the present way ends. */
  next: Reply["ways"][number] | null;
}

/**
 * What the server said about replying, carried on to the present moment: when a way ends, the next one that is open
 * takes over without asking the server. A block stays until the server lifts it.
 */
export function replyAt(reply: Reply, now: number): ReplyNow {
  if (reply.state === "blocked")
    return { state: "blocked", until: null, left: null, endingSoon: false, part: 0, next: null };
  const ways = reply.ways
    .map((way) => ({ way, opens: Date.parse(way.opensAt), until: Date.parse(way.until) }))
    .filter(({ until }) => until > now)
    .sort((a, b) => a.opens - b.opens);
  // The reply window was opened by what the customer did, so it never lies ahead; a clock read seconds ago may think so.
  const open = ways.find(({ way, opens }) => way.way === "reply" || opens <= now);
  if (!open)
    return { state: "closed", until: null, left: null, endingSoon: false, part: 0, next: ways[0]?.way ?? null };
  const length = open.until - open.opens;
  return {
    state: open.way.way === "reply" ? "open" : "human_agent",
    until: open.until,
    left: open.until - now,
    endingSoon: open.until - now <= ENDING_SOON,
    part: length > 0 ? (open.until - now) / length : 0,
    next: ways.find((each) => each !== open)?.way ?? null,
  };
}

/** Another app or person at Meta has the thread just now. */
export function heldNow(conversation: Pick<Conversation, "heldBy">, now: number): Conversation["heldBy"] {
  const { heldBy } = conversation;
  return heldBy && (!heldBy.until || Date.parse(heldBy.until) > now) ? heldBy : null;
}

/** What the server said is blocked by a hold alone, and the hold has ended since: its next word tells what is possible. */
export function holdIsOver({ heldBy, reply }: Pick<Conversation, "heldBy" | "reply">, now: number): boolean {
  if (heldBy === null || reply.state !== "blocked" || heldNow({ heldBy }, now) !== null) return false;
  return reply.reasons.every(({ code }) => isHeldReason(code));
}
