export { bringToPerson, definePrivateReplyPerson } from "./move.ts";
export { privateReplyRoute } from "./route.ts";
export { afterDeath, outcomeOfPrivateReply } from "./send.ts";
