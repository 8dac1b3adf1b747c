export { bringToPerson, definePrivateReplyPerson } from "./move.ts";
export { privateReplyRoute } from "./route.ts";
export {
  afterDeath,
  answersFor,
  decideReplyToComment,
  noteOnComment,
  outcomeOfPrivateReply,
} from "./send.ts";
