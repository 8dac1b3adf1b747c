export {
  currentWay,
  decidePrivateReply,
  decideReply,
  decideTemplate,
  isHeldReason,
  type PrivateReplyDecision,
  type ReplyDecision,
  type ReplyState,
  type TemplateDecision,
  type WayDecision,
} from "./decide-reply.ts";
export { guestChatEnd } from "./guest.ts";
export type { WayVerdict } from "./judge-ways.ts";
export { privateReplyEnd, privateReplyRefusal } from "./private-reply.ts";
export {
  CLOCK_SLACK_MS,
  CONTROL_REQUEST_WAIT_MS,
  type CommentFacts,
  type HoldFacts,
  type ReplyFacts,
} from "./reply-facts.ts";
