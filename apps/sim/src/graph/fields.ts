import { GraphError } from "./error.ts";

export interface Field {
  name: string;
  limit?: number;
  after?: string;
  children: Field[] | null;
}

/** `fields=id,name,accounts.limit(5){id,name}` (Graph API, "Field expansion"). */
export function parseFields(text: string): Field[] {
  let at = 0;
  const fail = (): never => {
    throw new GraphError({
      code: 2500,
      message: `Syntax error "Expected end of string instead of "${text[at] ?? ""}"." at character ${at}: ${text}`,
    });
  };
  const list = (nested: boolean): Field[] => {
    const fields: Field[] = [];
    for (;;) {
      const name = /^\s*([a-zA-Z_][\w]*)/.exec(text.slice(at));
      if (!name) {
        if (nested && text[at] === "}" && fields.length === 0) fail();
        return fail();
      }
      at += name[0].length;
      const field: Field = { name: name[1] ?? "", children: null };
      for (;;) {
        const modifier = /^\.(\w+)\(([^)]*)\)/.exec(text.slice(at));
        if (!modifier) break;
        at += modifier[0].length;
        if (modifier[1] === "limit") field.limit = Number(modifier[2]);
        if (modifier[1] === "after") field.after = modifier[2] ?? "";
      }
      if (text[at] === "{") {
        at += 1;
        field.children = list(true);
        if (text[at] !== "}") fail();
        at += 1;
      }
      fields.push(field);
      while (text[at] === " ") at += 1;
      if (text[at] !== ",") return fields;
      at += 1;
    }
  };
  const fields = list(false);
  if (at !== text.length) fail();
  return fields;
}

/** Back to text, for the address of a next page. */
export function showFields(fields: Field[]): string {
  return fields
    .map(({ name, limit, children }) => {
      const size = limit === undefined ? "" : `.limit(${limit})`;
      return `${name}${size}${children ? `{${showFields(children)}}` : ""}`;
    })
    .join(",");
}

/** Refuses an unknown field also where a list turns out empty, so that a spelling mistake shows at once. */
export function refuseUnknownFields(nodeType: string, fields: Field[], known: readonly string[]): void {
  const wrong = fields.find(({ name }) => !known.includes(name));
  if (wrong) throw nonexisting(wrong.name, nodeType);
}

function nonexisting(name: string, nodeType: string): GraphError {
  return new GraphError({
    code: 100,
    message: `(#100) Tried accessing nonexisting field (${name}) on node type (${nodeType})`,
  });
}

export type Resolver = (field: Field) => unknown;

/**
 * Picks fields of a node. An unknown field is refused as by Graph: `(#100) Tried accessing nonexisting field (x) on node
 * type (Page)`. `id` is always part of the answer; a field without a value is left out.
 */
export function pick(
  nodeType: string,
  id: string | null,
  requested: unknown,
  defaults: string,
  resolvers: Record<string, Resolver>,
): Record<string, unknown> {
  const fields = Array.isArray(requested)
    ? (requested as Field[])
    : parseFields(typeof requested === "string" && requested.trim() !== "" ? requested.trim() : defaults);
  const out: Record<string, unknown> = {};
  for (const field of fields) {
    const resolver = Object.hasOwn(resolvers, field.name) ? resolvers[field.name] : undefined;
    if (!resolver) throw nonexisting(field.name, nodeType);
    const value = resolver(field);
    if (value !== undefined) out[field.name] = value;
  }
  if (id !== null) out.id = id;
  return out;
}
