import type { FaultCode } from "../faults/index.ts";
import type { Platform } from "../ways/index.ts";

/** Everything that decides whether and how a reply may go out. Times are ms. */
export interface ReplyFacts {
  platform: Platform;
  /** Meta's time of the customer's last message, postback, reaction or link visit; never of echoes, receipts or comments. */
  lastQualifyingAt: number | null;
  /**
   * Meta's time of the first message after an ad, while the workspace lets ads keep the window open for seven days (policy page,
   * 2026-09-28: "may"; the conditions are unknown). null: no such message, or the switch is off.
   */
  adMessageAt: number | null;
  /** When Meta last refused a send as outside the window (10/2018278, 10/2534022). Meta's clock wins over ours. */
  correctedClosedAt: number | null;
  channelState: "healthy" | "degraded" | "needs_reauthorization" | "restricted" | "disconnected";
  /** Since when Meta says that the customer cannot receive (S6). */
  contactCannotReceiveSince: number | null;
  /** Whether Meta has approved the app's Human Agent feature (S2). */
  humanAgentApproved: boolean;
  /** Whether the token in use has Meta's permission for utility templates; null or left out: not known, then Meta decides. */
  utilityPermitted?: boolean | null;
  author: "person" | "automation" | "api";
  /** Who holds the thread, when it is not this app (R2). */
  heldBy: HoldFacts | null;
  /** When Meta said that the guest ended the chat (O2). */
  guestEndedAt: number | null;
  /** A visitor without an account: the chat ends for good 24 hours after its start, with no human-agent reply after it. */
  isGuest: boolean;
  /** When the guest's chat began: the first thing Meta told of it; null: not known, then the last qualifying action counts. */
  guestSince: number | null;
  /** When the person's comment was answered privately: nothing more may be written until they write (Send messages, 2026-05-05). */
  privateReplyAt: number | null;
  /** The comment that is to be answered privately; none where an ordinary reply is decided. */
  comment?: CommentFacts | null;
}

/** What decides whether a comment, or a visitor's post, may still be answered privately. Times are ms. */
export interface CommentFacts {
  at: number;
  removed: boolean;
  /** Written by the Page or account itself. */
  byPage: boolean;
  /** The one private reply has gone out or is on its way, by us or anybody. */
  replied: boolean;
  /** The fault for which Meta never lets it be answered. */
  refusal: FaultCode | null;
}

export interface HoldFacts {
  kind: "other_app" | "page_inbox" | "meta_ai" | "lead_ad_flow" | "unknown";
  /** null: no known end. */
  until: number | null;
  /** When the team asked the holder for control, without having got it since. */
  requestedAt: number | null;
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
