import {
  contentOf,
  fillPlaces,
  parameterFormat,
  parametersOf,
  placeNames,
  type TemplateButtonContent,
  type TemplateContent,
  type TemplateDraft,
  type TemplateValues,
} from "@firstline/core/templates";
import { isRecord, readText, type WireRecord } from "@firstline/meta-wire";

/**
 * Components of a template, in Meta's JSON: HEADER (TEXT or IMAGE), BODY, BUTTONS, each with its examples (Utility messages,
 * 2026-03-13; the members of `example` as in the message templates of the same API on WhatsApp).
 */
export function componentsOf(draft: TemplateDraft): unknown[] {
  const content = contentOf(draft);
  const examples = draft.examples ?? {};
  const named = parameterFormat(content) === "NAMED";
  const withExample = (component: "header" | "body", text: string) => {
    const names = parametersOf({ header: null, body: text, buttons: [] }).map(({ key }) => key.slice("body.".length));
    if (names.length === 0) return { text };
    const values = names.map((name) => examples[`${component}.${name}`]?.trim() ?? "");
    const given = named
      ? { [`${component}_text_named_params`]: names.map((name, n) => ({ param_name: name, example: values[n] })) }
      : { [`${component}_text`]: component === "body" ? [values] : values };
    return { text, example: given };
  };
  return [
    ...(content.header
      ? [{ type: "HEADER", format: "TEXT", ...withExample("header", content.header.text ?? "") }]
      : []),
    { type: "BODY", ...withExample("body", content.body) },
    ...(content.buttons.length > 0 ? [{ type: "BUTTONS", buttons: buttonsOf(content.buttons, examples) }] : []),
  ];
}

export const buttonsOf = (buttons: readonly TemplateButtonContent[], examples: TemplateValues) =>
  buttons.map((button, n) => buttonOf(button, examples[`button.${n}`]));

function buttonOf(button: TemplateButtonContent, example: string | undefined): Record<string, unknown> {
  const text = button.text.trim();
  if (button.kind === "phone") return { type: "PHONE_NUMBER", text, phone_number: button.phone ?? "" };
  if (button.kind === "postback") return { type: "POSTBACK", text };
  const url = button.url?.trim() ?? "";
  const sample = placeNames(url).length > 0 ? { example: [fillPlaces(url, () => example)] } : {};
  return { type: "URL", text, url, ...sample };
}

/** The same, read. What Meta adds one day and nobody here knows is left out. */
export function readComponents(components: unknown): { content: TemplateContent; examples: TemplateValues } {
  const list = Array.isArray(components) ? components.filter(isRecord) : [];
  const part = (type: string) => list.find((one) => readText(one.type)?.toUpperCase() === type) ?? {};
  const header = part("HEADER");
  const format = readText(header.format)?.toUpperCase() ?? (header.text === undefined ? null : "TEXT");
  const told = part("BUTTONS").buttons;
  const buttons = Array.isArray(told) ? told.filter(isRecord) : [];
  const content: TemplateContent = {
    header:
      format === "TEXT"
        ? { kind: "text", text: readText(header.text) ?? "" }
        : format === "IMAGE"
          ? { kind: "image", text: null }
          : null,
    body: readText(part("BODY").text) ?? "",
    buttons: buttons.map(readButton),
  };
  const examples: Record<string, string> = {};
  for (const [component, text] of [
    ["header", content.header?.text ?? ""],
    ["body", content.body],
  ] as const)
    Object.assign(examples, readExamples(component, text, part(component.toUpperCase()).example));
  for (const [n, button] of buttons.entries()) {
    const fixed = content.buttons[n]!.url?.replace(/\{\{\s*\w+\s*\}\}$/, "");
    const example = Array.isArray(button.example) ? readText(button.example[0]) : readText(button.example);
    if (fixed !== undefined && example !== null)
      examples[`button.${n}`] = example.startsWith(fixed) ? example.slice(fixed.length) : example;
  }
  return { content, examples };
}

export function readButton(button: WireRecord): TemplateButtonContent {
  const text = readText(button.text) ?? "";
  const type = readText(button.type)?.toUpperCase();
  if (type === "PHONE_NUMBER") return { kind: "phone", text, phone: readText(button.phone_number) ?? "" };
  const url = isRecord(button.url) ? readText(button.url.base_url) : readText(button.url);
  return type === "URL" || url !== null ? { kind: "url", text, url: url ?? "" } : { kind: "postback", text };
}

function readExamples(component: "header" | "body", text: string, example: unknown): Record<string, string> {
  if (!isRecord(example)) return {};
  const found: Record<string, string> = {};
  const named = example[`${component}_text_named_params`];
  if (Array.isArray(named))
    for (const one of named.filter(isRecord)) {
      const [name, value] = [readText(one.param_name), readText(one.example)];
      if (name !== null && value !== null) found[`${component}.${name}`] = value;
    }
  const numbered = [example[`${component}_text`]].flat(2).map(readText);
  for (const { key } of parametersOf({ header: null, body: text, buttons: [] })) {
    const name = key.slice("body.".length);
    const value = numbered[Number(name) - 1];
    if (value) found[`${component}.${name}`] ??= value;
  }
  return found;
}
