import { Button } from "@mantine/core";
import { IconPlugConnectedX, IconZoomExclamation } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../lib/api.ts";
import { useProblemText } from "./problemText.ts";
import classes from "./ui.module.css";

/** A screen or pane that could not be loaded: what happened, what helps, try again. */
export function ErrorState({ error, onRetry, compact }: { error: unknown; onRetry?: () => void; compact?: boolean }) {
  const { t } = useTranslation();
  const text = useProblemText()(error);
  const offline = error instanceof ApiProblem && error.status === 0;
  return (
    <div className={classes.empty} data-compact={compact || undefined} role="alert" data-testid="error-state">
      <div className={classes.emptyIcon} data-tone="bad" aria-hidden>
        {offline ? <IconPlugConnectedX size={26} stroke={1.5} /> : <IconZoomExclamation size={26} stroke={1.5} />}
      </div>
      <h2 className={classes.emptyTitle}>{text.title}</h2>
      {text.detail ? <p className={classes.emptyText}>{text.detail}</p> : null}
      {text.fix ? <p className={classes.emptyText}>{text.fix}</p> : null}
      {onRetry ? (
        <div className={classes.emptyActions}>
          <Button variant="default" onClick={onRetry}>
            {t("tryAgain")}
          </Button>
        </div>
      ) : null}
      {error instanceof ApiProblem && error.status > 0 ? <code className={classes.code}>{error.code}</code> : null}
    </div>
  );
}
