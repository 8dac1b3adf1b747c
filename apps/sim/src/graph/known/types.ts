/**
 * How sure a body is: `body` a live one was seen whole; `text` the wording was seen or stands on Meta's pages, the rest is
 * put together; `ours` only the numbers and the meaning are known, the wording is the simulator's.
 */
export type Known = "body" | "text" | "ours";

/** One error body of Meta's, by its numbers. */
export interface KnownError {
  code: number;
  subcode?: number;
  message: string;
  /** `OAuthException` when missing. */
  type?: string;
  /** When it differs from what the code alone gives; see `GraphError.status`. */
  status?: number;
  isTransient?: boolean;
  userTitle?: string;
  userMessage?: string;
  data?: Record<string, unknown>;
  /** What it means, in a few words. */
  about: string;
  known: Known;
  /** Keys of meta-sending §0. */
  source: string;
}

type More = Omit<KnownError, "code" | "subcode" | "message" | "about" | "known" | "source">;

/** A row: numbers, wire text, meaning, how sure, where from. */
export function row(
  numbers: number | [number, number],
  message: string,
  about: string,
  known: Known,
  source: string,
  more: More = {},
): KnownError {
  const [code, subcode] = typeof numbers === "number" ? [numbers] : numbers;
  return { code, ...(subcode !== undefined && { subcode }), message, about, known, source, ...more };
}

export const transient: More = { isTransient: true };
