export { decideOutcome, type SendAnswer, type SendOutcome } from "./outcome.ts";
export { costMs, limitScope, type Pace, paceOf, restMs, spend } from "./pace.ts";
export { LIMIT_WAITS_MS, PROBE_WAITS_MS, retryDelayMs, waitDelayMs } from "./retry.ts";
export { hasArrived, type MessageState, mergeState } from "./states.ts";
