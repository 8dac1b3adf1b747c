import type { MessageKind } from "@firstline/contracts";
import { useTranslation } from "react-i18next";

interface Summarised {
  kind: MessageKind;
  text: string | null;
  /** Whichever the message has: its files, or how many of its kind there are. */
  attachments?: readonly { kind: string }[];
  attachmentCount?: number;
}

/** Kinds of which one message may have several. */
const SEVERAL = ["image", "video", "audio", "file"] as const;

/** A message in one line: its text, else what kind of thing it is and, of files, how many. */
export function useMessageSummary(): (message: Summarised) => string {
  const { t } = useTranslation();
  return ({ kind, text, attachments, attachmentCount }) => {
    const words = text?.trim().replace(/\s+/g, " ");
    if (kind === "deleted") return t("kind.deleted");
    if (words) return words;
    const count = attachmentCount ?? attachments?.filter((each) => each.kind === kind).length ?? 1;
    const files = SEVERAL.find((each) => each === kind);
    return files && count > 1 ? t(`kinds.${files}`, { count }) : t(`kind.${kind}`);
  };
}
