import type { TemplateButton, TemplateComponent, UtilityTemplate } from "../../store/templates.ts";
import { placesIn } from "../../world/template-text.ts";
import { asString, asStructure } from "../params.ts";
import { bad, object, onlyKeys } from "../send/checks.ts";

const BODY_LENGTH = 1024;
const HEADER_LENGTH = 60;
const BUTTON_TYPES = ["URL", "POSTBACK", "PHONE_NUMBER"] as const;

type Format = UtilityTemplate["parameterFormat"];

/** `parameter_format`: positional unless `NAMED` is asked for, which Meta knows since 2026-03-06. */
export function readFormat(value: unknown): Format {
  const format = (asString(value) ?? "POSITIONAL").toUpperCase();
  if (format !== "POSITIONAL" && format !== "NAMED")
    throw bad("Param parameter_format must be one of {POSITIONAL, NAMED}");
  return format;
}

/** `components` of a new template: one body, at most one header and one set of buttons, with examples (UTIL, 2026-03-13). */
export function readComponents(value: unknown, format: Format): TemplateComponent[] {
  const list = asStructure(value);
  if (!Array.isArray(list) || list.length === 0) throw bad("The parameter components is required.");
  const components = list.map((one, index) => readComponent(one, `components[${index}]`, format));
  const types = components.map(({ type }) => type);
  if (new Set(types).size !== types.length) throw bad("Param components must hold each type once.");
  if (!types.includes("BODY")) throw bad("Param components must have a BODY.");
  return components;
}

function readComponent(value: unknown, param: string, format: Format): TemplateComponent {
  const one = object(value, param) ?? {};
  const type = (asString(one.type) ?? "").toUpperCase();
  if (type === "HEADER") return readHeader(one, param, format);
  if (type === "BUTTONS") return readButtons(one, param);
  if (type !== "BODY") throw bad(`Param ${param}[type] must be one of {HEADER, BODY, BUTTONS}`);
  onlyKeys(one, ["type", "text", "example"], param);
  const text = readText(one.text, BODY_LENGTH, param);
  checkPlaces(text, one.example, format, param);
  return { type: "BODY", text, ...(one.example !== undefined && { example: asStructure(one.example) }) };
}

function readHeader(one: Record<string, unknown>, param: string, format: Format): TemplateComponent {
  onlyKeys(one, ["type", "format", "text", "example"], param);
  const kind = (asString(one.format) ?? "").toUpperCase();
  const example = asStructure(one.example);
  if (kind === "IMAGE") {
    const handle = (example as { header_handle?: unknown[] } | undefined)?.header_handle?.[0];
    if (!asString(handle)) throw bad(`Param ${param}[example][header_handle] is required.`);
    return { type: "HEADER", format: "IMAGE", example };
  }
  if (kind !== "TEXT") throw bad(`Param ${param}[format] must be one of {TEXT, IMAGE}`);
  const text = readText(one.text, HEADER_LENGTH, param);
  checkPlaces(text, example, format, param);
  return { type: "HEADER", format: "TEXT", text, ...(example !== undefined && { example }) };
}

function readText(value: unknown, most: number, param: string): string {
  const text = asString(value) ?? "";
  if (!text.trim() || [...text].length > most)
    throw bad(`Length of param ${param}[text] must be between 1 and ${most}`);
  return text;
}

/** Places must be of the template's format, and every one of them needs an example. */
function checkPlaces(text: string, example: unknown, format: Format, param: string): void {
  const places = placesIn(text);
  const wrong = places.find((name) => /^\d+$/.test(name) === (format === "NAMED"));
  if (wrong !== undefined) throw bad(`Param ${param}[text]: {{${wrong}}} is no ${format.toLowerCase()} parameter.`);
  const given = JSON.stringify(asStructure(example) ?? null);
  const values = format === "NAMED" ? given.match(/"example":"/g) : given.match(/"(?:[^"\\]|\\.)*"(?!:)/g);
  if ((values?.length ?? 0) < places.length) throw bad(`Param ${param}[example] must show every parameter.`);
}

function readButtons(one: Record<string, unknown>, param: string): TemplateComponent {
  onlyKeys(one, ["type", "buttons"], param);
  const list = asStructure(one.buttons);
  if (!Array.isArray(list) || list.length < 1 || list.length > 3)
    throw bad(`Param ${param}[buttons] must have 1 to 3 items.`);
  return { type: "BUTTONS", buttons: list.map((each, index) => readButton(each, `${param}[buttons][${index}]`)) };
}

function readButton(value: unknown, param: string): TemplateButton {
  const button = object(value, param) ?? {};
  onlyKeys(button, ["type", "text", "url", "phone_number", "payload", "example"], param);
  const type = BUTTON_TYPES.find((one) => one === (asString(button.type) ?? "").toUpperCase());
  if (!type) throw bad(`Param ${param}[type] must be one of {URL, POSTBACK, PHONE_NUMBER}`);
  const text = readText(button.text, 25, param);
  const url = asString(button.url);
  const phone = asString(button.phone_number);
  const payload = asString(button.payload);
  if (type === "URL" && !/^https?:\/\//.test(url ?? "")) throw bad(`Param ${param}[url] must be a valid URL.`);
  if (type === "URL" && placesIn(url ?? "").length > 0 && button.example === undefined)
    throw bad(`Param ${param}[example] must show every parameter.`);
  if (type === "PHONE_NUMBER" && !phone) throw bad(`The parameter ${param}[phone_number] is required.`);
  return {
    type,
    text,
    ...(url && { url }),
    ...(phone && { phone_number: phone }),
    ...(payload && { payload }),
    ...(button.example !== undefined && { example: asStructure(button.example) }),
  };
}
