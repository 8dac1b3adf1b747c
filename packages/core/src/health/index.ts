export { checkChannel } from "./check-channel.ts";
export type { ChannelFacts, Check, SubscriptionFacts } from "./facts.ts";
