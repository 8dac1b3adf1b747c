export * from "./attachments/index.ts";
export * from "./delivery/index.ts";
export * from "./faults/index.ts";
export * from "./health/index.ts";
export * from "./source/index.ts";
export * from "./text/index.ts";
export * from "./ways/index.ts";
export * from "./window/index.ts";
