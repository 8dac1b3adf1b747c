import { decideOutcome, type SendAnswer, type SendOutcome } from "./outcome.ts";
import { retryDelayMs, waitDelayMs } from "./retry.ts";

/** Refusals that concern the comment for good: Meta says the same of every later try. */
const FINAL = { meta_object_not_found: "private_reply_comment_gone" } as const;

/** `externalId` null: it went out, but Meta does not say as which message; the echo does. */
export type PrivateReplyOutcome = SendOutcome | { kind: "sent"; externalId: null };

/**
 * What becomes of a private reply. Meta takes one for each comment (10900 on the second), so one whose outcome is unknown may be
 * sent again, unlike any other message. `tried`: an earlier call may have reached Meta; then 10900 tells of our own reply, else
 * of somebody else's. `attempt` and `random` as in {@link decideOutcome}.
 */
export function decidePrivateReplyOutcome(
  answer: SendAnswer,
  attempt: number,
  random: number,
  tried: boolean,
): PrivateReplyOutcome {
  const outcome = decideOutcome(answer, attempt, random);
  if (outcome.kind === "uncertain") {
    const delayMs = retryDelayMs(attempt, random) ?? waitDelayMs(attempt - SOON, random);
    return delayMs === null ? outcome : { kind: "retry", fault: outcome.fault, delayMs };
  }
  if (outcome.kind !== "failed") return outcome;
  if (outcome.fault === "private_reply_used" && tried) return { kind: "sent", externalId: null };
  const fault = FINAL[outcome.fault as keyof typeof FINAL] ?? outcome.fault;
  return { kind: "failed", fault };
}

/** Tries with short waits between them, before those with long ones. */
const SOON = 3;
