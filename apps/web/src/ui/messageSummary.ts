import type { MessageKind } from "@firstline/contracts";
import { useTranslation } from "react-i18next";

/** A message in one line: its text, else what kind of thing it is. */
export function useMessageSummary(): (message: { kind: MessageKind; text: string | null }) => string {
  const { t } = useTranslation();
  return ({ kind, text }) => {
    const words = text?.trim().replace(/\s+/g, " ");
    if (kind === "deleted") return t("kind.deleted");
    if (words) return words;
    return t(`kind.${kind}`);
  };
}
