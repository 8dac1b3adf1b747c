import { isOnPage } from "../../routing/apps.ts";
import { moveControl, releaseControl } from "../../routing/move.ts";
import { modeOf } from "../../routing/rules.ts";
import type { Sim } from "../../sim.ts";
import type { Page, Thread } from "../../store/types.ts";
import { graphError } from "../error.ts";
import { asString, asStructure } from "../params.ts";
import { ready } from "../ready-errors.ts";

export type ControlAfter = { type: "pass"; appId: string } | { type: "release" };

/**
 * `thread_control` of a send: what becomes of control once the message is accepted (Messenger, Conversation Routing,
 * 2025-09-24). Only with routing on.
 */
export function readThreadControl(sim: Sim, page: Page, thread: Thread, value: unknown): ControlAfter | null {
  if (value === undefined || value === null || value === "") return null;
  const given = asStructure(value);
  const asked = (given && typeof given === "object" ? given : {}) as Record<string, unknown>;
  if (modeOf(page, thread.platform) === "default") {
    throw graphError(
      100,
      undefined,
      "(#100) Param thread_control is not supported when Conversation Routing is not enabled.",
    );
  }
  if (asked.control_type === "release") return { type: "release" };
  if (asked.control_type !== "pass")
    throw graphError(100, undefined, "(#100) Param thread_control[control_type] must be one of {pass, release}");
  const appId = asString(asked.app_id) ?? "";
  if (!isOnPage(sim, page, appId)) throw ready.wrongApp();
  return { type: "pass", appId };
}

export function applyThreadControl(sim: Sim, page: Page, thread: Thread, after: ControlAfter): void {
  if (after.type === "release") releaseControl(sim, thread);
  else moveControl(sim, page, thread, after.appId, { how: "pass" });
}
