import type { TemplateButton, UtilityTemplate } from "../../store/templates.ts";
import type { Page, StoredAttachment } from "../../store/types.ts";
import { FORBIDDEN, fillPlaces, partOf, placesIn } from "../../world/template-text.ts";
import { asString } from "../params.ts";
import { ready } from "../ready-errors.ts";
import { bad } from "../send/checks.ts";
import type { UtilityRequest } from "../send/utility.ts";

type Parameter = Record<string, unknown>;

/**
 * Fills a utility template in (Utility messages, 2026-03-13). Not there, in another language or not approved:
 * "Template cannot be found.". Too few or too many parameters: the text is the simulator's.
 */
export function fillTemplate(page: Page, request: UtilityRequest): StoredAttachment {
  const template = page.templates?.find((one) => one.name === request.name && one.language === request.language);
  if (template?.status !== "APPROVED") throw bad("Template cannot be found.");
  const given = (type: string) =>
    request.components.filter((one) => one.type === type).flatMap(({ parameters }) => parameters);
  const header = partOf(template, "HEADER");
  const title = header?.format === "TEXT" ? fillText(template, header.text ?? "", given("header"), "header") : null;
  const picture = header?.format === "IMAGE" ? pictureOf(given("header")) : null;
  if (!header && given("header").length > 0) throw mismatch("header", 0, given("header").length);
  const text = fillText(template, partOf(template, "BODY")?.text ?? "", given("body"), "body");
  const buttons = fillButtons(partOf(template, "BUTTONS")?.buttons ?? [], given("buttons"));
  const element = {
    title: title ?? text,
    ...(title !== null && { subtitle: text }),
    ...(picture !== null && { image_url: picture }),
    ...(buttons.length > 0 && { buttons }),
  };
  const payload = { template_type: "utility_messages", name: template.name, language: template.language };
  return { type: "template", template: { ...payload, elements: [element] } };
}

const mismatch = (part: string, expected: number, got: number) =>
  bad(`Number of parameters for ${part} does not match: expected ${expected}, got ${got}.`);

function textOf(parameter: Parameter): string {
  const text = asString(parameter.text);
  if (!text?.trim()) throw bad("A parameter of the template has no text.");
  if (FORBIDDEN.test(text)) throw ready.templateParameter();
  return text;
}

function fillText(template: UtilityTemplate, text: string, parameters: Parameter[], part: string): string {
  const places = placesIn(text);
  if (parameters.length !== places.length) throw mismatch(part, places.length, parameters.length);
  if (template.parameterFormat === "POSITIONAL")
    return fillPlaces(text, new Map(parameters.map((one, index) => [String(index + 1), textOf(one)])));
  const values = new Map(parameters.map((one) => [asString(one.parameter_name) ?? "", textOf(one)]));
  const missing = places.find((name) => !values.has(name));
  if (missing !== undefined) throw bad(`The parameter ${missing} of ${part} is missing.`);
  return fillPlaces(text, values);
}

function pictureOf(parameters: Parameter[]): string {
  const image = parameters[0]?.image as { link?: unknown; url?: unknown } | undefined;
  const link = asString(image?.link) ?? asString(image?.url);
  if (parameters.length !== 1 || !link) throw mismatch("header", 1, parameters.length);
  return link;
}

/** Positional, also in named templates: payloads of postbacks and what completes a link's address. */
function fillButtons(buttons: TemplateButton[], parameters: Parameter[]) {
  if (parameters.length > buttons.length) throw mismatch("buttons", buttons.length, parameters.length);
  return buttons.map((button, index) => {
    const parameter = parameters[index] ?? {};
    if (button.type === "POSTBACK")
      return { type: "postback", title: button.text, payload: asString(parameter.payload) ?? button.payload ?? "" };
    if (button.type === "PHONE_NUMBER")
      return { type: "phone_number", title: button.text, payload: button.phone_number };
    const suffix = asString(parameter.text) ?? asString(parameter.url) ?? asString(parameter.payload);
    if (placesIn(button.url ?? "").length > 0 && !suffix) throw mismatch("buttons", buttons.length, parameters.length);
    return { type: "web_url", title: button.text, url: fillPlaces(button.url ?? "", new Map([["1", suffix ?? ""]])) };
  });
}
