import type { Conversation, Reason } from "@firstline/contracts";
import { isHeldReason } from "@firstline/core/window";
import { heldNow, type ReplyNow, replyAt } from "../../lib/replyNow.ts";

/** What the line above the composer says; also `data-state` of it. */
export type StatusKind = "open" | "human_agent" | "closed" | "held" | "waits" | "blocked";

export interface ComposerStatus {
  kind: StatusKind;
  reply: ReplyNow;
  /** Codes of everything that stands in the way, most decisive first. */
  reasons: Reason[];
  heldBy: Conversation["heldBy"];
  /** A reply may be written and goes out at once. */
  canSend: boolean;
  /** A reply may be written; it is kept and goes out once the channel is connected again. */
  canHold: boolean;
}

/** The state of replying at a moment. Pure: it moves on with the clock. */
export function statusAt(conversation: Conversation, now: number): ComposerStatus {
  const reply = replyAt(conversation.reply, now);
  const heldBy = heldNow(conversation, now);
  const { reasons } = conversation.reply;
  if (reply.state === "blocked") {
    const canHold = conversation.reply.ways.some(
      (way) => Date.parse(way.opensAt) <= now && now < Date.parse(way.until),
    );
    const held =
      heldBy !== null &&
      reasons.every(
        (reason) =>
          isHeldReason(reason.code) || reason.code === "window_closed" || reason.code === "human_agent_not_approved",
      );
    return { kind: held ? "held" : canHold ? "waits" : "blocked", reply, reasons, heldBy, canSend: false, canHold };
  }
  const canSend = reply.state === "open" || reply.state === "human_agent";
  return { kind: reply.state, reply, reasons: canSend ? [] : reasons, heldBy, canSend, canHold: false };
}
