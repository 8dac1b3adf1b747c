export { type AttachmentCheck, type AttachmentFacts, type AttachmentRepair, checkAttachment } from "./check.ts";
export { ATTACHMENT_LIMITS, type AttachmentKind, attachmentKind } from "./kinds.ts";
