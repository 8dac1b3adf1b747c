export { versionCheck, webhookChecks } from "./check-app.ts";
export { checkChannel } from "./check-channel.ts";
export { type Click, routingClicks } from "./clicks.ts";
export type {
  AppFacts,
  ChannelFacts,
  Check,
  InstagramFacts,
  KindFacts,
  ReceivingFacts,
  RefusalFacts,
  RoutingFacts,
  SubscriptionFacts,
  UsageFacts,
  WebhookFacts,
} from "./facts.ts";
export { GRAPH_VERSIONS, type GraphVersion, graphVersionOf } from "./graph-versions.ts";
export {
  judgeStep,
  SELF_TEST_STEPS,
  type SelfTestFacts,
  type SelfTestStep,
  type StepVerdict,
  selfTestTitle,
} from "./self-test.ts";
export { CHECK_STATUSES } from "./statuses.ts";
