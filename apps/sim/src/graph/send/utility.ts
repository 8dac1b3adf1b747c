import { asString, asStructure } from "../params.ts";
import { bad, object, onlyKeys } from "./checks.ts";

/** A utility template as a send names it, not looked up yet. */
export interface UtilityRequest {
  name: string;
  language: string;
  components: FilledComponent[];
}

export interface FilledComponent {
  type: string;
  parameters: Record<string, unknown>[];
}

/**
 * `message.template`, as documented, or the attachment of type `template` seen in production (Utility messages,
 * 2026-03-13; meta-sending §0.1.3). Null when the message is no utility template.
 */
export function readUtility(message: Record<string, unknown>): UtilityRequest | null {
  if (message.template !== undefined) return read(message.template, "message[template]");
  const attachment = asStructure(message.attachment) as { type?: unknown; payload?: unknown } | undefined;
  const payload = attachment && typeof attachment === "object" ? asStructure(attachment.payload) : undefined;
  const typed = payload as { template_type?: unknown } | undefined;
  if (attachment?.type !== "template" || typed?.template_type !== "utility_messages") return null;
  const { template_type: _type, ...rest } = payload as Record<string, unknown>;
  return read(rest, "message[attachment][payload]");
}

function read(value: unknown, param: string): UtilityRequest {
  const template = object(value, param) ?? {};
  onlyKeys(template, ["name", "language", "components"], param);
  const name = asString(template.name);
  if (!name) throw bad(`The parameter ${param}[name] is required`);
  const language = asStructure(template.language) ?? template.language;
  const code = asString(language) ?? asString((language as { code?: unknown } | undefined)?.code);
  if (!code) throw bad(`The parameter ${param}[language][code] is required`);
  const list = asStructure(template.components) ?? [];
  if (!Array.isArray(list)) throw bad(`Param ${param}[components] must be an array.`);
  return { name, language: code, components: list.map((one, at) => component(one, `${param}[components][${at}]`)) };
}

function component(value: unknown, param: string): FilledComponent {
  const one = object(value, param) ?? {};
  onlyKeys(one, ["type", "parameters", "sub_type", "index"], param);
  const type = (asString(one.type) ?? "").toLowerCase();
  if (!["header", "body", "button", "buttons"].includes(type))
    throw bad(`Param ${param}[type] must be one of {header, body, buttons}`);
  const parameters = asStructure(one.parameters) ?? [];
  if (!Array.isArray(parameters)) throw bad(`Param ${param}[parameters] must be an array.`);
  return {
    type: type === "button" ? "buttons" : type,
    parameters: parameters.map((each, at) => object(each, `${param}[parameters][${at}]`) ?? {}),
  };
}
