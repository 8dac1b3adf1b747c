import { useTranslation } from "react-i18next";
import type { Holder } from "../lib/control.ts";

/** Who holds a thread, as a name: the app's own where it is known, else what kind of holder it is. */
export function useHolderName(): (holder: Pick<Holder, "kind" | "appId" | "name">) => string {
  const { t } = useTranslation();
  return ({ kind, appId, name }) => {
    if (name) return name;
    if (kind === "other_app" && appId) return t("app", { id: appId });
    return t(`holder.${kind}`);
  };
}
