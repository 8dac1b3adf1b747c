import type { FaultCode } from "./catalogue.ts";
import { classifyFault, type ErrorFacts } from "./classify.ts";

export type ControlAction = "take" | "request" | "pass" | "release";

/**
 * Names the refusal of a thread-control call. Meta has numbers for few of them (27, 2018164, 2018321, Instagram's 2534037); the
 * rest is a bare 100 whose meaning depends on what was asked (Conversation Routing, 2025-09-24; production, 2026-08).
 * `already_ours`: this app holds the thread already, which is what a take wants.
 */
export function classifyControl(action: ControlAction, error: ErrorFacts): FaultCode | "already_ours" {
  if (action === "take" && ALREADY.test(error.message ?? "")) return "already_ours";
  const fault = classifyFault(error);
  if (fault === "automated_flow_running") return "held_by_lead_ad_flow";
  if (fault !== "held_by_other_app" && fault !== "request_rejected") return fault;
  if (action === "pass" && /target_app_id/i.test(error.message ?? "")) return "control_no_default_app";
  return REFUSED[action];
}

const ALREADY = /\bowner\b.*\balready\b|\balready\b.*\bowner\b/i;

const REFUSED = {
  take: "takeover_not_allowed",
  request: "control_request_unavailable",
  pass: "control_not_owner",
  release: "control_not_owner",
} as const satisfies Record<ControlAction, FaultCode>;
