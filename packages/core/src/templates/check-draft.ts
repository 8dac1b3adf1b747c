import type { FaultCode } from "../faults/index.ts";
import { count, hasForbidden, isAddress, type TemplateProblem } from "./check-values.ts";
import {
  isNumber,
  isParameterRequired,
  parametersOf,
  placeNames,
  TEMPLATE_LIMITS,
  type TemplateButtonContent,
  type TemplateContent,
  type TemplateValues,
} from "./content.ts";

/** A template as a person writes it. */
export interface TemplateDraft {
  name: string;
  language: string;
  header?: string | undefined;
  body: string;
  buttons?: readonly TemplateButtonContent[] | undefined;
  /** By the parameters' keys. */
  examples?: TemplateValues | undefined;
}

/** A draft's text in the shape of a template's. */
export function contentOf(draft: Pick<TemplateDraft, "header" | "body" | "buttons">): TemplateContent {
  const header = draft.header?.trim();
  return {
    header: header ? { kind: "text", text: header } : null,
    body: draft.body.trim(),
    buttons: draft.buttons ?? [],
  };
}

/** Whether parameters are known by name or by number: Meta wants one kind in the whole template (named since 2026-03-06). */
export function parameterFormat(content: TemplateContent): "POSITIONAL" | "NAMED" {
  const names = [...placeNames(content.header?.text ?? ""), ...placeNames(content.body)];
  return names.some((name) => !isNumber(name)) ? "NAMED" : "POSITIONAL";
}

/**
 * What Meta would refuse or reject for its form, before it is asked (Utility messages, 2026-03-13). Whether a text is promotion
 * only Meta's review can tell. One problem for each place, the first one found there.
 */
export function checkDraft(draft: TemplateDraft): TemplateProblem[] {
  const content = contentOf(draft);
  const found = new Map<string, FaultCode>();
  const note = (at: string, fault: FaultCode | null) => {
    if (fault && !found.has(at)) found.set(at, fault);
  };
  note("name", /^[a-z0-9_]{1,512}$/.test(draft.name) ? null : "template_draft_name");
  note("language", /^[a-z]{2,3}(_[A-Z]{2})?$/.test(draft.language) ? null : "template_draft_language");
  if (content.header) note("header", judgeText(content.header.text ?? "", TEMPLATE_LIMITS.header));
  note("body", content.body === "" ? "template_draft_empty" : judgeText(content.body, TEMPLATE_LIMITS.body));
  note("body", isMixed(content) ? "template_draft_mixed" : null);
  note("body", hasFewWords(content.body) ? "template_draft_ratio" : null);
  note("buttons", content.buttons.length > TEMPLATE_LIMITS.buttons ? "template_draft_buttons" : null);
  for (const [index, button] of content.buttons.entries()) note(`button.${index}`, judgeButton(button));
  for (const place of parametersOf(content)) {
    const example = draft.examples?.[place.key]?.trim() ?? "";
    if (isParameterRequired(place) && example === "") note(place.key, "template_draft_example");
    if (place.kind === "text" && hasForbidden(example)) note(place.key, "template_parameter_invalid");
    if (place.kind === "url_suffix" && /[\s<>"]/.test(example)) note(place.key, "template_parameter_link");
  }
  return [...found].map(([at, fault]) => ({ at, fault }));
}

function judgeText(text: string, most: number): FaultCode | null {
  if (count(text) > most) return "template_draft_too_long";
  if (/\{|\}/.test(text.replace(/\{\{\s*\w+\s*\}\}/g, ""))) return "template_draft_place";
  if (/^\{\{|\}\}$/.test(text.trim())) return "template_draft_edge";
  const numbers = placeNames(text)
    .filter(isNumber)
    .map(Number)
    .sort((a, b) => a - b);
  return numbers.every((number, index) => number === index + 1) ? null : "template_draft_numbering";
}

function isMixed({ header, body }: TemplateContent): boolean {
  const names = [...placeNames(header?.text ?? ""), ...placeNames(body)];
  return names.some(isNumber) && !names.every(isNumber);
}

/** Scripts without spaces: every character counts as a word. */
const SPACELESS =
  "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]";
const WORDS = new RegExp(`${SPACELESS}|(?:(?!${SPACELESS})[\\p{L}\\p{N}\\p{M}'’-])+`, "gu");

/**
 * PARAMS_TO_WORD_RATIO_EXCEED_LIMIT. Messenger's page names no number; WhatsApp's, of the same review, wants at least 2n + 1 words
 * for n parameters.
 */
function hasFewWords(body: string): boolean {
  const places = body.match(/\{\{\s*\w+\s*\}\}/g)?.length ?? 0;
  const words = body.replace(/\{\{\s*\w+\s*\}\}/g, " ").match(WORDS)?.length ?? 0;
  return places > 0 && words < places * 2 + 1;
}

function judgeButton(button: TemplateButtonContent): FaultCode | null {
  const text = button.text.trim();
  if (text === "") return "template_draft_empty";
  if (count(text) > TEMPLATE_LIMITS.button) return "template_draft_too_long";
  if (button.kind === "phone") return /^\+?[\d\s().-]{5,20}$/.test(button.phone ?? "") ? null : "template_draft_phone";
  if (button.kind !== "url") return null;
  const url = button.url?.trim() ?? "";
  const fixed = url.replace(/\{\{\s*1\s*\}\}$/, "");
  return isAddress(fixed) && !/[{}]/.test(fixed) && url.length <= TEMPLATE_LIMITS.url ? null : "template_draft_link";
}
