export { type AttachmentClass, attachmentClass } from "./causes.ts";
export { type AttachmentCheck, type AttachmentFacts, type AttachmentRepair, checkAttachment } from "./check.ts";
export { groupFiles } from "./group.ts";
export { ATTACHMENT_LIMITS, type AttachmentKind, attachmentKind } from "./kinds.ts";
export { renamed } from "./names.ts";
export { isActiveSvg, textType } from "./text-type.ts";
