import type { Attachment } from "@firstline/contracts";
import { IconWand } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFileWords } from "../../ui/fileWords.ts";
import { fileLines } from "./fileLines.ts";
import classes from "./media.module.css";

/** Quiet lines under files of ours: what was put right before they left, and what their sender was told. */
export function FileLines({ attachments }: { attachments: readonly Attachment[] }) {
  const { t } = useTranslation("thread");
  const words = useFileWords();
  const lines = fileLines(attachments, (each) => [words.repairs(each.repairs), ...words.notes(each.notes)]);
  if (lines.length === 0) return null;
  return (
    <ul className={classes.lines} data-testid="file-lines">
      {lines.map(({ words: said, count }) => (
        <li key={said}>
          <IconWand size={12} stroke={1.8} aria-hidden />
          <span>
            {count === attachments.length ? said : t("media.some", { part: count, all: attachments.length, said })}
          </span>
        </li>
      ))}
    </ul>
  );
}
