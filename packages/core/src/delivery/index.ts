export { decideOutcome, type SendAnswer, type SendOutcome } from "./outcome.ts";
export { retryDelayMs, waitDelayMs } from "./retry.ts";
export { hasArrived, type MessageState, mergeState } from "./states.ts";
