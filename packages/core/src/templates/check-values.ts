import type { FaultCode } from "../faults/index.ts";
import {
  isParameterRequired,
  parametersOf,
  TEMPLATE_LIMITS,
  type TemplateContent,
  type TemplatePlace,
  type TemplateValues,
} from "./content.ts";
import { renderTemplate } from "./render.ts";

export interface TemplateProblem {
  /** Key of the parameter, or of the part of a draft: name, header, body, buttons, button.0. */
  at: string;
  fault: FaultCode;
}

/** Refused in a value as 100/1893043 (seen in public code, 2026): `#`, `%`, `$` and emoji, flags and key caps too. */
const FORBIDDEN = /[#%$]|\u20e3|\p{Extended_Pictographic}|\p{Regional_Indicator}/u;

export const hasForbidden = (value: string): boolean => FORBIDDEN.test(value);

/**
 * What is wrong with the values of a send, at most one problem each, in the template's order; empty: it may be sent. Meta's
 * own text for a wrong number of parameters is not known, so nothing is sent that lacks one or has one too many.
 */
export function checkValues(content: TemplateContent, values: TemplateValues): TemplateProblem[] {
  const places = parametersOf(content);
  const keys = new Set(places.map(({ key }) => key));
  const problems: TemplateProblem[] = places.flatMap((place) => {
    const fault = judge(place, values[place.key] ?? "");
    return fault ? [{ at: place.key, fault }] : [];
  });
  for (const key of Object.keys(values))
    if (!keys.has(key) && values[key] !== undefined) problems.push({ at: key, fault: "template_parameter_unknown" });
  return problems.length > 0 ? problems : tooLong(content, places, values);
}

function judge(place: TemplatePlace, given: string): FaultCode | null {
  const value = given.trim();
  if (value === "") return isParameterRequired(place) ? "template_parameter_missing" : null;
  if (value.length > TEMPLATE_LIMITS.value) return "template_parameter_too_long";
  if (place.kind === "image") return isAddress(value) ? null : "template_parameter_link";
  if (place.kind === "url_suffix") return /[\s<>"]/.test(value) ? "template_parameter_link" : null;
  return place.kind === "text" && hasForbidden(value) ? "template_parameter_invalid" : null;
}

/** Each value may be short enough and the whole too long: told at the longest one. */
function tooLong(content: TemplateContent, places: TemplatePlace[], values: TemplateValues): TemplateProblem[] {
  const { header, body, buttons } = renderTemplate(content, values);
  const longest = (component: TemplatePlace["component"]) =>
    places
      .filter((place) => place.component === component)
      .sort((a, b) => (values[b.key] ?? "").length - (values[a.key] ?? "").length)[0];
  const over: (TemplatePlace | undefined)[] = [
    header && "text" in header && count(header.text) > TEMPLATE_LIMITS.header ? longest("header") : undefined,
    count(body) > TEMPLATE_LIMITS.body ? longest("body") : undefined,
    ...buttons.map(({ url }, index) =>
      url !== null && url.length > TEMPLATE_LIMITS.url
        ? places.find((place) => place.key === `button.${index}`)
        : undefined,
    ),
  ];
  return over.flatMap((place) => (place ? [{ at: place.key, fault: "template_parameter_too_long" as const }] : []));
}

export const count = (text: string): number => [...text].length;

/** A whole web address. */
export function isAddress(text: string): boolean {
  return /^https?:\/\/[^\s/]+\.[^\s/]+/i.test(text) && !/[\s<>"]/.test(text);
}
