import type { UploadVerdict } from "@firstline/contracts";
import { read, write } from "../../lib/storage.ts";

export type Mode = "reply" | "note";

const key = (conversationId: string, mode: Mode | "files"): string => `draft.${mode}.${conversationId}`;

/** What somebody began to write survives a reload and a walk through other conversations. */
export const readDraft = (conversationId: string, mode: Mode): string => read(key(conversationId, mode)) ?? "";
export const writeDraft = (conversationId: string, mode: Mode, text: string): void =>
  write(key(conversationId, mode), text.trim() ? text : null);

/** The server forgets a file that was not sent within a day; what is about to be forgotten is not offered. */
const FILES_LAST = 22 * 3_600_000;

/** A file that is on the server and waits to be sent. `at`: when it came there, ms. */
export interface DraftFile {
  at: number;
  verdict: UploadVerdict;
}

/** Files that wait to be sent survive as the text does. What cannot be read any more counts as none. */
export function readDraftFiles(conversationId: string, now: number): DraftFile[] {
  try {
    const kept: unknown = JSON.parse(read(key(conversationId, "files")) ?? "[]");
    return (Array.isArray(kept) ? (kept as DraftFile[]) : []).filter(
      ({ at, verdict }) => now - at < FILES_LAST && typeof verdict?.id === "string",
    );
  } catch {
    return [];
  }
}
export const writeDraftFiles = (conversationId: string, files: readonly DraftFile[]): void =>
  write(key(conversationId, "files"), files.length > 0 ? JSON.stringify(files) : null);
