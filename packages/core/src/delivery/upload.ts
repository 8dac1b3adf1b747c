import type { FaultCode } from "../faults/index.ts";
import { decideOutcome, type SendAnswer, type SendOutcome } from "./outcome.ts";
import { retryDelayMs } from "./retry.ts";

/** How a file came to Meta, before the message that carries it: never uncertain, for nothing has been sent to anybody. */
export type UploadOutcome =
  | { kind: "uploaded"; attachmentId: string }
  | Exclude<SendOutcome, { kind: "sent" } | { kind: "uncertain" }>;

/**
 * What becomes of a message whose file was to be uploaded. `answer.messageId` is the attachment's id; `attempt` and `random` as in
 * {@link decideOutcome}. An upload may be made again whatever is known of it, as a file kept twice reaches no customer.
 */
export function decideUpload(answer: SendAnswer, attempt: number, random: number): UploadOutcome {
  const outcome = decideOutcome(answer, attempt, random);
  if (outcome.kind === "sent") return { kind: "uploaded", attachmentId: outcome.externalId };
  if (outcome.kind !== "uncertain") return outcome;
  const delayMs = retryDelayMs(attempt, random);
  return delayMs === null
    ? { kind: "failed", fault: "attachment_not_taken" }
    : { kind: "retry", fault: "attachment_not_taken", delayMs };
}

/** Refusals of the upload itself, not of the file: an app or account to which Meta has not opened it. */
const ABOUT_UPLOADING: ReadonlySet<FaultCode> = new Set<FaultCode>([
  "request_rejected",
  "capability_missing",
  "permission_refused",
  "meta_object_not_found",
  "unknown_meta_error",
]);

/** Whether a file whose upload was refused for this is worth sending as bytes with its message, as it could be before uploads. */
export const goAsBytes = (fault: FaultCode): boolean => ABOUT_UPLOADING.has(fault);

/** Refusals that may be about one of several images, or about there being several: alone, the others still go. */
const ABOUT_ONE: ReadonlySet<FaultCode> = new Set<FaultCode>([
  "images_one_by_one",
  "request_rejected",
  "attachment_refused",
  "attachment_not_taken",
  "attachment_not_found",
  "attachment_too_large",
  "attachment_unsupported",
  "attachment_expired",
]);

/**
 * Whether a message of several images that failed for this is sent again one by one: a certain refusal, after which no image
 * has gone out.
 */
export const goOneByOne = (fault: FaultCode): boolean => ABOUT_ONE.has(fault);
