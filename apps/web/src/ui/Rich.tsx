import type { ReactNode } from "react";

const marked = /<(\w+)>(.*?)<\/\1>/g;

/** A translated text with marked words: `<b>…</b>` and the like, each drawn by the function of its name. */
export function Rich({ text, marks }: { text: string; marks: Record<string, (inner: string) => ReactNode> }) {
  const parts: ReactNode[] = [];
  let from = 0;
  for (const match of text.matchAll(marked)) {
    const [whole, name = "", inner = ""] = match;
    parts.push(text.slice(from, match.index), <span key={match.index}>{marks[name]?.(inner) ?? inner}</span>);
    from = match.index + whole.length;
  }
  parts.push(text.slice(from));
  return parts;
}
