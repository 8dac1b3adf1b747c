import type { CreateTemplate, TemplateButton } from "@firstline/contracts";
import {
  contentOf,
  parametersOf,
  suggestTemplateName,
  type TemplateContent,
  type TemplatePlace,
} from "@firstline/core/templates";

export interface ButtonDraft {
  id: number;
  kind: TemplateButton["kind"];
  text: string;
  url: string;
  /** url: something is filled in at its end. */
  suffix: boolean;
  phone: string;
}

/** A template while it is written. */
export interface Draft {
  title: string;
  /** null: follows the title. */
  name: string | null;
  language: string;
  header: string;
  body: string;
  buttons: ButtonDraft[];
  /** By parameter key. */
  examples: Record<string, string>;
}

export const emptyDraft = (language: string): Draft => ({
  title: "",
  name: null,
  language,
  header: "",
  body: "",
  buttons: [],
  examples: {},
});

export const nameOf = ({ name, title }: Draft): string => name ?? suggestTemplateName(title);

function buttonOf({ kind, text, url, suffix, phone }: ButtonDraft): TemplateButton {
  if (kind === "url") return { kind, text: text.trim(), url: `${url.trim()}${suffix ? "{{1}}" : ""}` };
  return kind === "phone" ? { kind, text: text.trim(), phone: phone.trim() } : { kind, text: text.trim() };
}

const buttonsOf = (draft: Draft): TemplateButton[] => draft.buttons.map(buttonOf);

export const contentOfDraft = (draft: Draft): TemplateContent => contentOf({ ...draft, buttons: buttonsOf(draft) });

/** What the author gives an example for: payloads of answers are for programs. */
export const examplesWanted = (draft: Draft): TemplatePlace[] =>
  parametersOf(contentOfDraft(draft), draft.examples).filter(({ kind }) => kind !== "payload");

/** What is handed in at Meta. */
export function wishOf(draft: Draft): CreateTemplate {
  const header = draft.header.trim();
  const examples = examplesWanted(draft).flatMap(({ key, example }) =>
    example?.trim() ? [[key, example.trim()] as const] : [],
  );
  return {
    name: nameOf(draft),
    language: draft.language,
    body: draft.body.trim(),
    ...(header ? { header } : {}),
    ...(draft.buttons.length > 0 ? { buttons: buttonsOf(draft) } : {}),
    ...(examples.length > 0 ? { examples: Object.fromEntries(examples) } : {}),
  };
}
