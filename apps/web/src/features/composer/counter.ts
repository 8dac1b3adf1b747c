import type { TextMeasure } from "@firstline/core/text";

/** From this part of the limit on it is worth knowing how long a text is. */
const NEAR = 0.8;

export interface Counter extends TextMeasure {
  tooLong: boolean;
}

/** How long a text is, once that matters; null: far from the limit. */
export function counterOf(measure: TextMeasure): Counter | null {
  const { length, limit } = measure;
  return length >= limit * NEAR ? { ...measure, tooLong: length > limit } : null;
}
