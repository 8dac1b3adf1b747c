import type { TemplateParameter } from "@firstline/contracts";
import { useTranslation } from "react-i18next";
import { aroundPlace } from "./places.ts";

type Place = Pick<TemplateParameter, "key" | "component" | "kind" | "name">;

/** What a place is called: by its name, else, with the text it stands in, by the words around it, else by its number. */
export function usePlaceName(text?: { header: string; body: string }): (place: Place) => string {
  const { t } = useTranslation("templates");
  return ({ key, component, kind, name }) => {
    const place = key.slice(key.indexOf(".") + 1);
    if (kind === "image") return t("place.image");
    if (kind === "payload") return t("place.payload", { number: Number(place) + 1 });
    if (component === "button") return t("place.button", { number: Number(place) + 1 });
    if (text && !name) return aroundPlace(text[component], place);
    const shown = name ? name.replaceAll("_", " ") : `{{${place}}}`;
    return t(component === "header" ? "place.header" : "place.body", { place: shown });
  };
}
