export { type LookResult, mayRepeat, nextLookAt, OUTCOME_LOOKS_MS } from "./looks.ts";
export {
  type MessageContent,
  matchRecord,
  plainText,
  RECORD_BEFORE_MS,
  type RecordedEntry,
  type RecordMatch,
  type RecordSpan,
  type UnsettledMessage,
} from "./match-record.ts";
export { decideOutcome, type SendAnswer, type SendOutcome } from "./outcome.ts";
export { costMs, limitScope, type Pace, paceOf, restMs, spend } from "./pace.ts";
export { decidePrivateReplyOutcome, type PrivateReplyOutcome } from "./private-reply.ts";
export { LIMIT_WAITS_MS, PROBE_WAITS_MS, retryDelayMs, waitDelayMs } from "./retry.ts";
export { hasArrived, type MessageState, mergeState } from "./states.ts";
export { decideUpload, goAsBytes, goOneByOne, type UploadOutcome } from "./upload.ts";
