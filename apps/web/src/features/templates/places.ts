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

const GAP = "____";

/** A text with a gap in place of everything to fill in. */
export const withGaps = (text: string): string => text.replace(PLACE, GAP);

/** The number the next place of a text gets. */
export function nextPlace(text: string): number {
  const numbers = [...text.matchAll(PLACE)].map(([, name]) => Number(name)).filter(Number.isInteger);
  return Math.max(0, ...numbers) + 1;
}

/** So much of a text is shown around a place: words where there are spaces, else characters. */
const AROUND = { words: 3, characters: 12 };

/** The words around a place, with a gap where it is: “your order ____ has left our”. */
export function aroundPlace(text: string, place: string): string {
  const pieces = piecesOf(text.replace(/\s+/g, " "));
  const at = pieces.findIndex((piece) => "place" in piece && piece.place === place);
  const words = (index: number): string => {
    const piece = pieces[index];
    return piece && "text" in piece ? piece.text : "";
  };
  const [before, after] = [lastOf(words(at - 1)), firstOf(words(at + 1))];
  return `${before}${GAP}${after}`;
}

function lastOf(text: string): string {
  const cut = text
    .split(" ")
    .slice(-AROUND.words - 1)
    .join(" ")
    .slice(-AROUND.characters * 2);
  return cut.length < text.length ? `…${cut.trimStart()}` : cut.replace(/^[\s,.;:!?，。；：！？、]+/, "");
}

function firstOf(text: string): string {
  const cut = text
    .split(" ")
    .slice(0, AROUND.words)
    .join(" ")
    .slice(0, AROUND.characters * 2);
  return cut.length < text.length ? `${cut.trimEnd()}…` : cut;
}
