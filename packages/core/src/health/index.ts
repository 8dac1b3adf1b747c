export type { ChannelFacts, Check, SubscriptionFacts } from "./facts.ts";
