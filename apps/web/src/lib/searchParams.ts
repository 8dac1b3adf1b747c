import { parseSearchWith, stringifySearchWith } from "@tanstack/react-router";

/** As JSON where it is JSON. @throws SyntaxError for digits that a number would change */
function parse(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (typeof value === "number" && String(value) !== text) throw new SyntaxError("no exact number");
  return value;
}

const read = parseSearchWith(parse);
const isId = (value: unknown) => Number.isInteger(value) && !Number.isSafeInteger(value);

/** What stands in an address. Meta's ids are longer than a number can say: they stay text. */
export const parseSearch = (address: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(read(address)).map(([key, value]) => [key, isId(value) ? String(value) : value]));
export const stringifySearch = stringifySearchWith(JSON.stringify, parse);
