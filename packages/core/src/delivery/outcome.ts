import { classifyFault, type ErrorFacts, type FaultCode, faultOf } from "../faults/index.ts";
import { limitScope } from "./pace.ts";
import { retryDelayMs, waitDelayMs } from "./retry.ts";

/** How one call to the Send API ended, as data. */
export type SendAnswer =
  /** A 2xx answer. `messageId` null: Meta said yes without an id. */
  | { kind: "accepted"; httpStatus: number; messageId: string | null }
  /** An answer with an `error` member, whatever the status. */
  | {
      kind: "refused";
      httpStatus: number;
      code: number | null;
      subcode: number | null;
      message: string | null;
      isTransient: boolean | null;
    }
  /** An answer that is no JSON, or JSON of another shape. */
  | { kind: "unreadable"; httpStatus: number }
  /** The connection broke, or time ran out, after (parts of) the request may have left. */
  | { kind: "no_answer" }
  /** The connection never came about: surely nothing left. */
  | { kind: "not_sent" };

export type SendOutcome =
  | { kind: "sent"; externalId: string }
  | { kind: "retry"; fault: FaultCode; delayMs: number }
  /** A limit of Meta's: the message goes back to its place and waits until its Page, or the whole app, may send again. */
  | { kind: "slowed"; fault: FaultCode; scope: "page" | "app" }
  | { kind: "failed"; fault: FaultCode }
  | { kind: "uncertain"; fault: FaultCode }
  | { kind: "held"; fault: FaultCode };

/**
 * What becomes of the message. `attempt` counts the calls made for it, this one included; `random` in [0, 1).
 * An unknown outcome is never repeated: the Send API knows no idempotency key (none documented, 2026-11), so only the echo
 * carrying our `metadata` can settle it.
 */
export function decideOutcome(answer: SendAnswer, attempt: number, random: number): SendOutcome {
  if (answer.kind === "accepted") {
    return answer.messageId
      ? { kind: "sent", externalId: answer.messageId }
      : { kind: "uncertain", fault: "outcome_unknown" };
  }
  const fault = classifyFault(errorOf(answer));
  const scope = limitScope(fault);
  if (scope !== null) return { kind: "slowed", fault, scope };
  switch (faultOf(fault).retry) {
    case "unknown_outcome":
      return { kind: "uncertain", fault };
    case "after_reauthorization":
    case "after_restriction":
      return { kind: "held", fault };
    case "backoff":
      return retryOrFail(fault, retryDelayMs(attempt, random));
    case "after_wait":
      return retryOrFail(fault, waitDelayMs(attempt, random));
    case "once":
      return retryOrFail(fault, attempt <= 1 ? retryDelayMs(1, random) : null);
    case "after_control":
    case "never":
      return { kind: "failed", fault };
  }
}

function retryOrFail(fault: FaultCode, delayMs: number | null): SendOutcome {
  return delayMs === null ? { kind: "failed", fault } : { kind: "retry", fault, delayMs };
}

function errorOf(answer: Exclude<SendAnswer, { kind: "accepted" }>): ErrorFacts {
  const nothing = { httpStatus: null, code: null, subcode: null, message: null, isTransient: null };
  switch (answer.kind) {
    case "not_sent":
      return { ...nothing, stage: "before_send" };
    case "no_answer":
      return { ...nothing, stage: "no_answer" };
    case "unreadable":
      return { ...nothing, httpStatus: answer.httpStatus, stage: "answered" };
    case "refused": {
      const { httpStatus, code, subcode, message, isTransient } = answer;
      return { httpStatus, code, subcode, message, isTransient, stage: "answered" };
    }
  }
}
