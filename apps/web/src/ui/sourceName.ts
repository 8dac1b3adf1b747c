import type { Source } from "@firstline/contracts";
import { useTranslation } from "react-i18next";
import { useMe } from "../lib/session.ts";

/** Who wrote something, as a short name in the reader's language. */
export function useSourceName(): (source: Source) => string {
  const { t } = useTranslation();
  const { memberId } = useMe();
  return (source) => {
    if (source.kind === "agent")
      return source.memberId !== null && source.memberId === memberId ? t("you") : (source.name ?? t("source.agent"));
    if (source.kind === "customer") return source.name ?? t("source.customer");
    // Products of Meta carry a proper name; the rest is named by its kind, with the app's own name where Meta tells it.
    // The name of a key says little without what it is.
    if (source.kind === "api" && source.name !== null) return t("source.apiNamed", { name: source.name });
    if (source.name === null && source.kind === "other_app" && source.appId) return t("app", { id: source.appId });
    return source.name ?? t(`source.${source.kind}`);
  };
}
