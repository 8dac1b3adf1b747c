import type { OutgoingTemplate } from "../channel.ts";

type Parameter = Record<string, unknown>;

/**
 * `message.template` as documented (Utility messages, 2026-03-13). Only named parameters carry `parameter_name`; buttons are
 * positional, so one that takes nothing keeps its place before one that does.
 */
export function templateContent({ name, language, header, body, buttons }: OutgoingTemplate): Record<string, unknown> {
  const text = (one: { name: string | null; text: string }): Parameter => ({
    type: "text",
    ...(one.name === null ? {} : { parameter_name: one.name }),
    text: one.text,
  });
  const last = buttons.findLastIndex((button) => button !== null);
  const components: [type: string, parameters: Parameter[]][] = [
    ["header", header.map((one) => ("image" in one ? { type: "image", image: { link: one.image } } : text(one)))],
    ["body", body.map(text)],
    ["buttons", buttons.slice(0, last + 1).map(buttonParameter)],
  ];
  return {
    name,
    language: { code: language },
    components: components.flatMap(([type, parameters]) => (parameters.length > 0 ? [{ type, parameters }] : [])),
  };
}

function buttonParameter(button: OutgoingTemplate["buttons"][number]): Parameter {
  if (button === null) return { type: "URL" };
  return button.kind === "url" ? { type: "URL", text: button.value } : { type: "POSTBACK", payload: button.value };
}
