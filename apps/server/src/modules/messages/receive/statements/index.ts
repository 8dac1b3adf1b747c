export * from "./conversations.ts";
export * from "./echoes.ts";
export * from "./effects.ts";
export type { Touched } from "./input.ts";
export * from "./messages.ts";
export * from "./notes.ts";
export * from "./people.ts";
export * from "./recovered.ts";
export * from "./threads.ts";
