import { expect } from "vitest";

/** `expect.poll` gives up after a second: too soon on a machine that has other things to do. */
const PATIENCE_MS = 20_000;

/** Waits until a state is what is expected of it. */
export const soon = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: PATIENCE_MS });
