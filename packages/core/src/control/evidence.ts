import type { EchoSource } from "../source/index.ts";

/**
 * One thing that tells who holds a thread (Conversation Routing, 2025-09-24). Times are ms.
 *
 * - `standby`: an event came beside the thread, not to its holder; nobody says to whom. `holder` is empty.
 * - `echo`: an echo came in standby: its app wrote, and holds.
 * - `pass`, `take`: control went to `holder`, told by Meta or done by us. Ours for a pass that Meta tells without a name:
 *   it is told to the new holder.
 * - `owner`: Meta's answer to who owns it; empty where it says only that somebody does.
 * - `refused`: a send was refused because another app controls the thread (10/2018300, 2018321).
 * - `released`: nobody holds it.
 */
export interface ControlEvidence {
  at: number;
  kind: "standby" | "echo" | "refused" | "owner" | "take" | "pass" | "released";
  /** App id; empty where Meta does not say which. */
  holder: string;
  /** Who held it before, where Meta tells it. */
  previous: string | null;
  /** When the hold ends, where Meta tells it. */
  until: number | null;
  /** What stood beside it: it tells Meta's AI from a person in the same inbox. */
  metadata: string | null;
  /** When a message of the customer next came to us as the holder, before the next evidence. */
  primaryAt: number | null;
}

export interface ControlFacts {
  ownAppId: string;
  /** Newest customer event that came to us as the holder. */
  primaryAt: number | null;
  /** Newest action of the customer, whoever it came to. */
  customerAt: number | null;
}

export interface HolderIdentity {
  kind: "other_app" | "page_inbox" | "meta_ai" | "lead_ad_flow" | "unknown";
  appId: string | null;
  /** Proper name where it is Meta's own app; other apps are named by a survey of the Page. */
  name: string | null;
}

export interface ThreadHolder extends HolderIdentity {
  since: number;
  /** When the hold ends by itself. */
  until: number;
}

/** A change to tell the team: another app has the thread, or it came back from that app. */
export interface ControlLine {
  kind: "control_held" | "control_returned";
  at: number;
  holder: HolderIdentity;
}

/** Which of Meta's or anybody's apps it is; `own` and `meta_notice` cannot hold a thread against us. */
export const identityOf = ({ kind, appId, name }: EchoSource): HolderIdentity => ({
  kind: kind === "own" || kind === "meta_notice" ? "unknown" : kind,
  appId,
  name,
});
