const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const first = (text: string): string => segmenter.segment(text)[Symbol.iterator]().next().value?.segment ?? "";
const wide = /\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}/u;

/** One or two letters for a person. A Chinese, Japanese or Korean name is recognised by its last characters (given name). */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/[\s._-]+/)
    .filter(Boolean);
  const head = words[0] ?? "";
  if (wide.test(head))
    return Array.from(segmenter.segment(head), (part) => part.segment)
      .slice(-2)
      .join("");
  const last = words.length > 1 ? (words.at(-1) ?? "") : "";
  return (first(head) + first(last)).toLocaleUpperCase() || "?";
}

/** A hue that stays the same for the same seed. */
export function hueOf(seed: string): number {
  let hash = 0;
  for (const char of seed) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return (hash * 47) % 360;
}
