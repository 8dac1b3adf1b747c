import type { LibraryTemplate } from "@firstline/contracts";

/** A text of Meta's library in the shape of a template's preview. */
export const shownOf = (template: LibraryTemplate) => ({
  language: template.language,
  header: template.header ? ({ kind: "text", text: template.header } as const) : null,
  body: template.body,
  buttons: template.buttons,
  parameters: template.parameters,
});

/** Meta's constant as words: ORDER_MANAGEMENT reads “Order management”. */
export function asWords(constant: string): string {
  const words = constant.toLowerCase().replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Buttons whose address is the Page's own. */
export const linksOf = (template: LibraryTemplate) =>
  template.buttons.filter(({ kind }) => kind.toLowerCase() === "url");
