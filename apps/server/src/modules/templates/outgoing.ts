import { parametersOf, type TemplateContent, type TemplatePlace, type TemplateValues } from "@firstline/core";
import type { OutgoingTemplate } from "../../adapters/channel.ts";

/** A template filled in, in the order Meta wants: that of the parameters in each part. The values have been checked. */
export function outgoingTemplate(
  { name, language }: { name: string; language: string },
  content: TemplateContent,
  values: TemplateValues,
): OutgoingTemplate {
  const places = parametersOf(content);
  const given = (place: TemplatePlace) => values[place.key]?.trim() ?? "";
  const of = (component: "header" | "body") => places.filter((place) => place.component === component);
  const text = (place: TemplatePlace) => ({ name: place.name, text: given(place) });
  return {
    name,
    language,
    header: of("header").map((place) => (place.kind === "image" ? { image: given(place) } : text(place))),
    body: of("body").map(text),
    buttons: content.buttons.map((button, index) => {
      const place = places.find(({ key }) => key === `button.${index}`);
      if (!place) return null;
      return place.kind === "payload"
        ? { kind: "postback", value: given(place) || button.text }
        : { kind: "url", value: given(place) };
    }),
  };
}
