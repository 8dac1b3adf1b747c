export {
  currentWay,
  decideReply,
  isHeldReason,
  type ReplyDecision,
  type ReplyState,
  type WayDecision,
} from "./decide-reply.ts";
export { guestChatEnd } from "./guest.ts";
export type { WayVerdict } from "./judge-ways.ts";
export { CLOCK_SLACK_MS, CONTROL_REQUEST_WAIT_MS, type HoldFacts, type ReplyFacts } from "./reply-facts.ts";
