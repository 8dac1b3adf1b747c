import { createHash } from "node:crypto";
import type { Sim } from "../sim.ts";
import type { User } from "../store/types.ts";

/** The six digits on the person's phone: always the same, so that a test can type them. */
export function twoFactorCode(user: Pick<User, "id">): string {
  const digest = createHash("sha256").update(`two-factor:${user.id}`).digest();
  return String(digest.readUInt32BE(0) % 1_000_000).padStart(6, "0");
}

/** Says that something about a person or a Page changed. */
export function changedWorld(sim: Sim): void {
  sim.store.touch();
  sim.bus.emit({ type: "world" });
}
