export interface Caret {
  text: string;
  /** Where writing goes on, in UTF-16 units as a text field counts. */
  at: number;
}

/** Puts a piece in the place of what is selected. */
export const insertAt = (text: string, start: number, end: number, piece: string): Caret => ({
  text: text.slice(0, start) + piece + text.slice(end),
  at: start + piece.length,
});

/** Takes a text over behind what is written already; once only, however often it is asked for. */
export function withText(before: string, added: string): string {
  if (before.includes(added)) return before;
  return before.trim() ? `${before}\n${added}` : added;
}
