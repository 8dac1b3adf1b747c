import { useTranslation } from "react-i18next";
import classes from "./bubble.module.css";
import { messageById, showMessage } from "./jump.ts";

/** The message another one answers; leads to it where it is in this thread. */
export function Quote({ text, messageId }: { text: string | null; messageId: string | null }) {
  const { t } = useTranslation("thread");
  const words = text ?? t("quotedGone");
  if (!messageId) return <span className={classes.quote}>{words}</span>;
  return (
    <button
      type="button"
      className={classes.quote}
      aria-label={t("showQuoted", { text: words })}
      onClick={() => showMessage(messageById(messageId))}
    >
      {words}
    </button>
  );
}
