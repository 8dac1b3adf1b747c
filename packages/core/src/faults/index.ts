export { channelEffect, FAULTS, type FaultCode, faultOf, faultText, isFaultCode, type Locale } from "./catalogue.ts";
export { classifyFault, type ErrorFacts } from "./classify.ts";
export { type ControlAction, classifyControl } from "./classify-control.ts";
export type { Fault, FaultLevel, FaultOwner, FaultRetry, FaultText } from "./fault.ts";
