import { fillPlaces, type TemplateContent, type TemplateValues } from "./content.ts";

/** What the customer sees. `header.image`: the address of its picture, null while none is given. */
export interface RenderedTemplate {
  header: { text: string } | { image: string | null } | null;
  body: string;
  buttons: { kind: "url" | "postback" | "phone"; text: string; url: string | null; phone: string | null }[];
}

/** The template filled in. A place without a value stays as it is written, so that a preview shows what is missing. */
export function renderTemplate(content: TemplateContent, values: TemplateValues): RenderedTemplate {
  const { header, body, buttons } = content;
  const fill = (component: string, text: string) => fillPlaces(text, (name) => values[`${component}.${name}`]);
  return {
    header:
      header === null
        ? null
        : header.kind === "image"
          ? { image: values["header.1"]?.trim() || null }
          : { text: fill("header", header.text ?? "") },
    body: fill("body", body),
    buttons: buttons.map((button, index) => ({
      kind: button.kind,
      text: button.text,
      url: button.url === undefined ? null : fillPlaces(button.url, () => values[`button.${index}`]),
      phone: button.phone ?? null,
    })),
  };
}

/** The same as one text, as a conversation shows and finds it: the header, a line break, the body. */
export function renderTemplateText(content: TemplateContent, values: TemplateValues): string {
  const { header, body } = renderTemplate(content, values);
  return header && "text" in header && header.text !== "" ? `${header.text}\n${body}` : body;
}
