/**
 * Reads JSON without losing digits of ids. Meta's ids grow past 2^53 and some bodies carry them as bare numbers
 * (`app_id`, `sticker_id`, ids of older entries); a rounded id belongs to somebody else.
 *
 * Whole numbers too large for a double come back as strings of their exact digits, everything else as `JSON.parse` gives it.
 * @throws SyntaxError where the text is no JSON.
 */
export function parseJson(text: string): unknown {
  // The reviver costs several times the plain parse, so only a text with a long run of digits pays for it.
  if (!LONG_NUMBER.test(text)) return JSON.parse(text);
  try {
    return JSON.parse(text, keepDigits);
  } catch (error) {
    // Reviving recurses and gives up on absurd nesting, which the plain parse reads.
    if (error instanceof RangeError) return JSON.parse(text);
    throw error;
  }
}

/** 2^53 has 16 digits. A match inside a string only costs the slower way. */
const LONG_NUMBER = /[:,[]\s*-?\d{16}/;

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== "number" || Number.isSafeInteger(value)) return value;
  const source = context?.source;
  return source !== undefined && /^-?\d+$/.test(source) ? source : value;
}
