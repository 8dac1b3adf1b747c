import { ActionIcon, Button, FileButton, Loader } from "@mantine/core";
import { IconAlertCircle, IconCheck, IconFile, IconRefresh, IconWand, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fileSize } from "../../lib/time.ts";
import { useFaultWords } from "../../ui/faultWords.ts";
import { useFileWords } from "../../ui/fileWords.ts";
import { useProblemText } from "../../ui/problemText.ts";
import classes from "./uploads.module.css";
import type { Upload } from "./uploads.ts";

interface Props {
  uploads: Upload[];
  onRemove: (key: string) => void;
  onRetry: (key: string) => void;
  onReplace: (key: string, file: File) => void;
}

/** Files on their way: progress, then the verdict in words. */
export function UploadChips({ uploads, onRemove, onRetry, onReplace }: Props) {
  const { t, i18n } = useTranslation("composer");
  const problem = useProblemText();
  const words = useFaultWords();
  const said = useFileWords();
  if (uploads.length === 0) return null;
  return (
    <ul className={classes.uploads} aria-label={t("upload.list")}>
      {uploads.map((upload) => {
        const { state, verdict, error } = upload;
        const cause =
          error && typeof error.problem.cause === "string"
            ? words(error.problem.cause, {
                title: error.problem.title,
                explain: error.problem.detail,
                fix: error.problem.fix,
              })
            : null;
        const refused = error ? (cause ?? { ...problem(error), explain: problem(error).detail }) : null;
        const repairs = said.repairs(verdict?.repairs ?? []);
        const notes = said.notes(verdict?.notes ?? []);
        return (
          <li
            key={upload.key}
            className={classes.upload}
            data-state={state}
            data-testid="upload"
            data-verdict={verdict?.verdict ?? (state === "refused" ? "refused" : undefined)}
          >
            <Thumb key={upload.preview} src={upload.preview} />
            <span className={classes.uploadText}>
              <b>{verdict?.name ?? upload.name}</b>
              {state === "sending" ? (
                <span>
                  {t("upload.sending", {
                    part: new Intl.NumberFormat(i18n.language, { style: "percent" }).format(upload.progress),
                  })}
                </span>
              ) : null}
              {state === "checking" ? <span>{t("upload.checking")}</span> : null}
              {state === "ready" && verdict?.verdict === "ok" ? (
                <span>{fileSize(verdict.size, i18n.language)}</span>
              ) : null}
              {state === "ready" && verdict?.verdict === "repaired" ? (
                <span className={classes.repaired}>
                  <IconWand size={13} stroke={1.8} aria-hidden />
                  <span>{repairs || t("upload.repaired")}</span>
                </span>
              ) : null}
              {notes.map((note) => (
                <span key={note}>{note}</span>
              ))}
              {refused ? (
                <span className={classes.refused} role="alert">
                  <b>{refused.title}</b> {t("common:sentences", { first: refused.explain, second: refused.fix })}
                </span>
              ) : null}
              {refused && !error?.passing ? (
                <FileButton onChange={(file) => file && onReplace(upload.key, file)}>
                  {(props) => (
                    <Button {...props} className={classes.another} variant="default" size="compact-xs">
                      {t("upload.another")}
                    </Button>
                  )}
                </FileButton>
              ) : null}
            </span>
            {state === "sending" || state === "checking" ? <Loader size={16} aria-hidden /> : null}
            {state === "ready" ? (
              <IconCheck size={16} stroke={2} className={classes.ok} aria-label={t("upload.ready")} />
            ) : null}
            {state === "refused" ? (
              <IconAlertCircle size={16} stroke={1.8} className={classes.bad} aria-hidden />
            ) : null}
            {error?.passing ? (
              <ActionIcon size={24} aria-label={t("common:tryAgain")} onClick={() => onRetry(upload.key)}>
                <IconRefresh size={15} stroke={1.8} />
              </ActionIcon>
            ) : null}
            <ActionIcon
              size={24}
              aria-label={t(state === "sending" ? "upload.cancel" : "upload.remove", { name: upload.name })}
              onClick={() => onRemove(upload.key)}
            >
              <IconX size={15} stroke={1.8} />
            </ActionIcon>
            {state === "sending" ? (
              <span className={classes.progress} style={{ "--part": upload.progress }} aria-hidden />
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}

/** The picture itself, or the sign of a file: also for a picture that no browser can draw. */
function Thumb({ src }: { src: string | null }) {
  const [broken, setBroken] = useState(false);
  if (src && !broken) return <img className={classes.thumb} src={src} alt="" onError={() => setBroken(true)} />;
  return <IconFile className={classes.fileIcon} size={22} stroke={1.5} aria-hidden />;
}
