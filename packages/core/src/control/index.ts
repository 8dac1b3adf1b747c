export type { ControlEvidence, ControlFacts, ControlLine, HolderIdentity, ThreadHolder } from "./evidence.ts";
export { type ControlReading, holderOf, IDLE_AFTER_MS, readControl, whoIs } from "./read-control.ts";
