export type TokenKind = "key" | "string" | "number" | "word" | "mark";
export interface Token {
  kind: TokenKind;
  text: string;
}

const lexer = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:]/g;

/**
 * Indents JSON for reading, token by token: numbers keep every digit they came with (a parser would round Meta's long ids),
 * and `\uXXXX` is shown as the character it stands for. Null when the text is not JSON.
 */
export function prettyJson(text: string): Token[] | null {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  const parts = text.match(lexer) ?? [];
  const out: Token[] = [];
  let depth = 0;
  const line = () => `\n${"  ".repeat(depth)}`;
  for (const [index, part] of parts.entries()) {
    const next = parts[index + 1];
    const first = part.charAt(0);
    if (part === "{" || part === "[") {
      depth += 1;
      const empty = next === "}" || next === "]";
      out.push({ kind: "mark", text: empty ? part : part + line() });
    } else if (part === "}" || part === "]") {
      depth -= 1;
      const before = parts[index - 1];
      const empty = before === "{" || before === "[";
      out.push({ kind: "mark", text: empty ? part : line() + part });
    } else if (part === ",") out.push({ kind: "mark", text: `,${line()}` });
    else if (part === ":") out.push({ kind: "mark", text: ": " });
    else if (first === '"') out.push({ kind: next === ":" ? "key" : "string", text: readable(part) });
    else out.push({ kind: /[-\d]/.test(first) ? "number" : "word", text: part });
  }
  return out;
}

const readable = (literal: string): string => JSON.stringify(JSON.parse(literal));
