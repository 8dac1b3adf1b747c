import type { TemplateComponent, UtilityTemplate } from "../store/templates.ts";

/** Names of the places in a text, in order of first appearance: `{{1}}` or `{{order_id}}`. */
export function placesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name ?? ""))];
}

export function fillPlaces(text: string, values: Map<string, string>): string {
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => values.get(name) ?? whole);
}

type Of<T extends TemplateComponent["type"]> = Extract<TemplateComponent, { type: T }>;

export function partOf<T extends TemplateComponent["type"]>(template: UtilityTemplate, type: T): Of<T> | undefined {
  return template.components.find((one): one is Of<T> => one.type === type);
}

/** What a parameter may not hold: `#`, `%`, `$` and emoji are refused (meta-sending §2.4). */
export const FORBIDDEN = /[#%$]|\p{Extended_Pictographic}/u;

const PROMOTION =
  /\b(sale|discount|coupon|promo(tion)?|% off|buy now|shop now|limited offer|free gift|deal)\b|優惠|折扣|特價|促銷/i;
const SECRETS = /\b(card number|cvv|passport number|social security|national id|password)\b|信用卡號|身分證/i;

/**
 * Why a review rejects a template, or null. Codes as in Utility messages (2026-03-13); where the line is drawn, and the code
 * for a text that asks for card or id numbers, is the simulator's.
 */
export function judgeTemplate(template: UtilityTemplate): string | null {
  const body = partOf(template, "BODY")?.text ?? "";
  const header = partOf(template, "HEADER")?.text ?? "";
  const whole = `${header} ${body}`;
  if (PROMOTION.test(whole)) return "TAG_SHOULD_BE_MARKETING";
  if (SECRETS.test(whole)) return "INCORRECT_PARAMS";
  for (const text of [header, body]) if (misplaced(text.trim(), template.parameterFormat)) return "INCORRECT_PARAMS";
  const places = body.match(/\{\{/g)?.length ?? 0;
  // Words of languages without spaces are counted by character.
  const words =
    body.replace(/\{\{[^}]*\}\}/g, " ").match(/[\p{Script=Han}\p{Script=Thai}]|[^\s\p{Script=Han}]+/gu) ?? [];
  return places > 0 && words.length < places * 2 + 1 ? "PARAMS_TO_WORD_RATIO_EXCEED_LIMIT" : null;
}

/** A text that begins or ends with a parameter, or whose numbers have gaps. */
function misplaced(text: string, format: UtilityTemplate["parameterFormat"]): boolean {
  if (/^\{\{/.test(text) || /\}\}$/.test(text)) return true;
  if (format === "NAMED") return false;
  const numbers = placesIn(text)
    .map(Number)
    .sort((a, b) => a - b);
  return numbers.some((number, index) => number !== index + 1);
}
