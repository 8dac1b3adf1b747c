/** A utility template's own text (Messenger; Utility messages, 2026-03-13). The API's templates and drafts fit in. */
export interface TemplateContent {
  header: { kind: "text" | "image"; text: string | null } | null;
  body: string;
  buttons: readonly TemplateButtonContent[];
}

export interface TemplateButtonContent {
  kind: "url" | "postback" | "phone";
  text: string;
  url?: string | undefined;
  phone?: string | undefined;
}

/** Something to fill in. `key` is how a send names it: body.1, body.order_id, header.1, button.0. */
export interface TemplatePlace {
  key: string;
  component: "header" | "body" | "button";
  kind: "text" | "image" | "url_suffix" | "payload";
  /** Of a named parameter; null: known by its number, or the only one of its component. */
  name: string | null;
  example: string | null;
}

/** Values by key. */
export type TemplateValues = Readonly<Record<string, string | undefined>>;

/** Longest texts, in characters (Utility messages, 2026-03-13; the body as seen in a production integration). */
export const TEMPLATE_LIMITS = { header: 60, body: 1024, button: 25, buttons: 3, url: 2000, value: 1000 } as const;

const PLACE = /\{\{\s*(\w+)\s*\}\}/g;

/** Names or numbers of the places in a text, each once, in order of first appearance. */
export function placeNames(text: string): string[] {
  return [...new Set([...text.matchAll(PLACE)].map(([, name]) => name!))];
}

/** The text with its places filled in; one without a value stays as it is written. */
export function fillPlaces(text: string, given: (name: string) => string | undefined): string {
  return text.replace(PLACE, (whole, name: string) => given(name)?.trim() || whole);
}

export const isNumber = (name: string): boolean => /^\d+$/.test(name);

/** Everything a template asks for, header first, each once. Numbered ones in order of their numbers. */
export function parametersOf(content: TemplateContent, examples: TemplateValues = {}): TemplatePlace[] {
  const place = (
    component: TemplatePlace["component"],
    kind: TemplatePlace["kind"],
    id: string,
    name: string | null,
  ): TemplatePlace => {
    const key = `${component}.${id}`;
    return { key, component, kind, name, example: examples[key] ?? null };
  };
  const texts = (component: "header" | "body", text: string) =>
    inOrder(placeNames(text)).map((id) => place(component, "text", id, isNumber(id) ? null : id));
  const { header, body, buttons } = content;
  return [
    ...(header === null
      ? []
      : header.kind === "image"
        ? [place("header", "image", "1", null)]
        : texts("header", header.text ?? "")),
    ...texts("body", body),
    ...buttons.flatMap((button, index) =>
      button.kind === "postback"
        ? [place("button", "payload", String(index), null)]
        : button.kind === "url" && placeNames(button.url ?? "").length > 0
          ? [place("button", "url_suffix", String(index), null)]
          : [],
    ),
  ];
}

/** A button's payload is for programs: without one the button's own text is sent. */
export const isParameterRequired = ({ kind }: Pick<TemplatePlace, "kind">): boolean => kind !== "payload";

function inOrder(names: string[]): string[] {
  return names.every(isNumber) ? names.sort((a, b) => Number(a) - Number(b)) : names;
}
