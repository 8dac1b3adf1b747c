export {
  CLOCK_SLACK_MS,
  CONTROL_REQUEST_WAIT_MS,
  currentWay,
  decideReply,
  guestChatEnd,
  type HoldFacts,
  isHeldReason,
  type ReplyDecision,
  type ReplyFacts,
  type ReplyState,
  type WayDecision,
} from "./decide-reply.ts";
