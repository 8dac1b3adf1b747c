export * from "./conversations.ts";
export * from "./graph.ts";
export * from "./guards.ts";
export * from "./json.ts";
export * from "./signatures.ts";
export * from "./signed-request.ts";
export * from "./webhook.ts";
