import { read, write } from "../../lib/storage.ts";

export type Mode = "reply" | "note";

const key = (conversationId: string, mode: Mode): string => `draft.${mode}.${conversationId}`;

/** What somebody began to write survives a reload and a walk through other conversations. */
export const readDraft = (conversationId: string, mode: Mode): string => read(key(conversationId, mode)) ?? "";
export const writeDraft = (conversationId: string, mode: Mode, text: string): void =>
  write(key(conversationId, mode), text.trim() ? text : null);
