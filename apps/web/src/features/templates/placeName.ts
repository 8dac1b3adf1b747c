import type { TemplateParameter } from "@firstline/contracts";
import { useTranslation } from "react-i18next";

/** What a place is called where it is filled in: by its name, else where it stands. */
export function usePlaceName(): (place: Pick<TemplateParameter, "key" | "component" | "kind" | "name">) => string {
  const { t } = useTranslation("templates");
  return ({ key, component, kind, name }) => {
    const place = key.slice(key.indexOf(".") + 1);
    if (kind === "image") return t("place.image");
    if (kind === "payload") return t("place.payload", { number: Number(place) + 1 });
    if (component === "button") return t("place.button", { number: Number(place) + 1 });
    const shown = name ? name.replaceAll("_", " ") : `{{${place}}}`;
    return t(component === "header" ? "place.header" : "place.body", { place: shown });
  };
}
