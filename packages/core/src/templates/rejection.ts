import type { FaultCode } from "../faults/index.ts";

/** Meta's words for a rejected template (Utility messages, 2026-03-13). Any other is told as it is. */
const REASONS: Readonly<Record<string, FaultCode>> = {
  INCORRECT_PARAMS: "template_rejected_parameters",
  PARAMS_TO_WORD_RATIO_EXCEED_LIMIT: "template_rejected_ratio",
  TAG_SHOULD_BE_MARKETING: "template_rejected_promotion",
};

/** The fault behind Meta's reason. */
export function rejectionFault(reason: string | null): FaultCode {
  return REASONS[reason ?? ""] ?? "template_rejected";
}

/** Only an approved template exists for sending. */
export const isTemplateUsable = (status: string): boolean => status === "APPROVED";
