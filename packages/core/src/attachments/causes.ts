import type { FaultCode } from "../faults/index.ts";

/** The three classes Meta's help names for #100 “Upload attachment failure”, and the one it has numbers of its own for. */
export type AttachmentClass = "damaged" | "unsupported" | "mismatch" | "too_large";

const CLASSES: Partial<Record<FaultCode, AttachmentClass>> = {
  attachment_damaged: "damaged",
  attachment_unreadable: "damaged",
  attachment_unsupported: "unsupported",
  attachment_banned: "unsupported",
  attachment_name_mismatch: "mismatch",
  attachment_too_large: "too_large",
  attachment_too_many_pixels: "too_large",
};

/** Class of a cause; null for none, or for one that is not about the file. */
export const attachmentClass = (cause: FaultCode | null): AttachmentClass | null =>
  cause === null ? null : (CLASSES[cause] ?? null);
