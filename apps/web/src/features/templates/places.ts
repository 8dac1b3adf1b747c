/** A piece of a template's text: words, or a place to fill in by its number or name. */
export type Piece = { text: string } | { place: string };

const PLACE = /\{\{\s*(\w+)\s*\}\}/g;

/** A text cut at its places. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(PLACE)) {
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) });
    pieces.push({ place: match[1] ?? "" });
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

/** The number the next place of a text gets. */
export function nextPlace(text: string): number {
  const numbers = [...text.matchAll(PLACE)].map(([, name]) => Number(name)).filter(Number.isInteger);
  return Math.max(0, ...numbers) + 1;
}
