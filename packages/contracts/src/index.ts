export * from "./channels.ts";
export * from "./common.ts";
export * from "./contacts.ts";
export * from "./conversations.ts";
export * from "./deliveries.ts";
export * from "./events.ts";
export * from "./messages.ts";
export * from "./team.ts";
