import type { Platform } from "../ways/index.ts";
import { ATTACHMENT_LIMITS, type AttachmentKind } from "./kinds.ts";

/**
 * Files as messages: neighbouring images together, up to what the platform takes (Messenger 30 since 2025-03-19, Instagram 10 since
 * 2025-11-03), everything else alone. The order stays. `together` false: one message each, where Meta has not opened it.
 */
export function groupFiles<T extends { kind: string }>(
  platform: Platform,
  files: readonly T[],
  { together = true }: { together?: boolean } = {},
): T[][] {
  const groups: T[][] = [];
  for (const file of files) {
    const most = together && isKind(file.kind) ? ATTACHMENT_LIMITS[platform][file.kind].perMessage : 1;
    const last = groups.at(-1);
    if (last && last[0]?.kind === file.kind && last.length < most) last.push(file);
    else groups.push([file]);
  }
  return groups;
}

const isKind = (kind: string): kind is AttachmentKind => Object.hasOwn(ATTACHMENT_LIMITS.messenger, kind);
