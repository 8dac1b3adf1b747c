export { checkChannel } from "./check-channel.ts";
export { type Click, routingClicks } from "./clicks.ts";
export type { ChannelFacts, Check, ReceivingFacts, RoutingFacts, SubscriptionFacts } from "./facts.ts";
