import { ApiError } from "./problems.ts";

/** Cursors are opaque to clients: the sort key of the last row, base64url of a JSON array. */
export type CursorPart = string | number;

export const encodeCursor = (parts: CursorPart[]): string => Buffer.from(JSON.stringify(parts)).toString("base64url");

/** @throws ApiError 422 for a cursor that is not ours. */
export function decodeCursor(cursor: string | undefined, length: number): CursorPart[] | null {
  if (cursor === undefined) return null;
  try {
    const parts = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (
      Array.isArray(parts) &&
      parts.length === length &&
      parts.every((p) => typeof p === "string" || typeof p === "number")
    )
      return parts;
  } catch {
    // answered below
  }
  throw new ApiError(
    422,
    "invalid_request",
    "The cursor is not one of this list. Take it from nextCursor unchanged, or start without one.",
  );
}
