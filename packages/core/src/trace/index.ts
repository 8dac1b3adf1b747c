export { CAUSES, decideTrace } from "./decide-trace.ts";
export type {
  TracedComparison,
  TracedControl,
  TracedDelivery,
  TracedLine,
  TracedMessage,
  TraceFacts,
  TraceResult,
  TraceVerdict,
} from "./facts.ts";
export { decideVerdict, needsComparison } from "./verdict.ts";
