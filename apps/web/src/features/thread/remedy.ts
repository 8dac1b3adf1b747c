import type { Conversation, Message } from "@firstline/contracts";
import type { Fault } from "@firstline/core/faults";
import { isHeldReason } from "@firstline/core/window";
import { controlsFor } from "../../lib/control.ts";
import { heldNow, replyAt } from "../../lib/replyNow.ts";

/**
 * The one thing that helps a reply that did not simply go out. `check`: look in Meta's record now. `resend`: once more as it is.
 * `take`: take the thread over, and it follows. `edit`: its words into the reply field. `attach`: another file. `template`: a
 * utility template in its place. `channel`: connect the channel again, or look what is wrong with it. `cancel`: give it up.
 */
export type Remedy = "check" | "resend" | "take" | "edit" | "attach" | "template" | "channel" | "cancel";

type Facts = Pick<Message, "state" | "text" | "failure" | "check" | "waitsForControl" | "template">;

/** Reasons that only a connection anew takes away. */
const DISCONNECTED = new Set(["channel_needs_reauthorization", "channel_disconnected"]);
/** Refusals that concern what was asked, not what is in the message: as it is, it may well go. */
const AS_IT_IS = new Set(["conflict", "not_signed_in", "images_one_by_one"]);

/** It was refused for something that passes: it is tried again by itself. */
export const isRetried = ({ state, failure }: Pick<Message, "state" | "failure">): boolean =>
  (state === "queued" || state === "sending") && failure !== null;

/** An outgoing message that did not simply go out: what is the matter stands under it. */
export const isTrouble = (message: Pick<Message, "state" | "failure">): boolean =>
  message.state === "failed" || message.state === "held" || message.state === "uncertain" || isRetried(message);

/** An unknown outcome is looked up no more by itself: somebody has to decide. */
export const isAsked = ({ state, check }: Pick<Message, "state" | "check">): boolean =>
  state === "uncertain" && check !== null && check.state !== "pending" && check.nextAt === null;

/**
 * Whether an unknown outcome may be sent again, and with what risk: `none`, Meta's record surely lacks it; `late`, the record may
 * only be late; `unread`, it could not be read. null: not yet.
 */
export function repeatRisk({ state, check }: Pick<Message, "state" | "check">): "none" | "late" | "unread" | null {
  if (state !== "uncertain" || check === null || check.state === "pending") return null;
  if (check.state === "absent") return check.nextAt === null ? "none" : "late";
  return check.nextAt === null ? "unread" : null;
}

/** `fault`: the catalogue's entry of its failure; null where it is not known. */
export function remedyOf(message: Facts, conversation: Conversation, now: number, fault: Fault | null): Remedy | null {
  const { state, failure } = message;
  if (state === "uncertain") return repeatRisk(message) === "none" ? "resend" : "check";
  const { reply } = conversation;
  const disconnected = reply.reasons.some(({ code }) => DISCONNECTED.has(code));
  if (state === "held") return disconnected && !message.waitsForControl ? "channel" : null;
  if (state !== "failed") return null;

  const held = heldNow(conversation, now);
  const forHolder = failure !== null && isHeldReason(failure.fault);
  if (held && forHolder && controlsFor(held).includes("take")) return "take";
  if (disconnected) return "channel";
  const open = replyAt(reply, now);
  const sendable = open.state === "open" || open.state === "human_agent" || (open.state === "blocked" && waits(reply));
  const words: Remedy = message.text && !message.template ? "edit" : "cancel";
  if (held && forHolder) return words;
  const content = fault && failure ? contentRemedy(message, fault, failure.fault) : null;
  if (content) return content;
  if (fault?.level === "channel" && fault.retry !== "after_wait" && fault.retry !== "backoff") return "channel";
  // A template goes whatever the window says.
  if (message.template && reply.template.allowed) return "resend";
  if (sendable) return "resend";
  return reply.template.allowed ? "template" : words;
}

/** It would be kept and go out later. */
const waits = (reply: Conversation["reply"]): boolean => reply.ways.length > 0;

/** What is in it is what was refused: something else has to take its place. */
function contentRemedy(message: Facts, fault: Fault, code: string): Remedy | null {
  if (fault.level !== "message" || AS_IT_IS.has(code)) return null;
  if (message.template) return fault.owner === "agent" || fault.owner === "administrator" ? "template" : null;
  if (fault.owner !== "agent" || (fault.retry !== "never" && fault.retry !== "once")) return null;
  return message.text ? "edit" : "attach";
}
