export {
  CLOCK_SLACK_MS,
  currentWay,
  decideReply,
  type ReplyDecision,
  type ReplyFacts,
  type ReplyState,
  type WayDecision,
} from "./decide-reply.ts";
