// The local Meta alone.
await import("../apps/sim/src/main.ts");

export {};
