import type { Conversation } from "@firstline/contracts";
import { CloseButton } from "@mantine/core";
import { IconCircleX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useControl } from "../../lib/control.ts";
import { useProblemText } from "../../ui/problemText.ts";
import classes from "./off.module.css";

/** Why Meta refused to change who holds the conversation, with the clicks that help. Nothing while nothing was refused. */
export function ControlNotice({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation("composer");
  const words = useProblemText();
  const { refusal, dismiss } = useControl(conversation);
  if (!refusal) return null;
  const told = words(refusal.error);
  return (
    <div className={classes.refusal} role="alert" data-testid="control-refusal" data-action={refusal.action}>
      <IconCircleX size={17} stroke={1.8} aria-hidden />
      <div>
        <b>{told.title}</b>
        {told.detail ? <p>{told.detail}</p> : null}
        {told.fix ? <p>{told.fix}</p> : null}
      </div>
      <CloseButton size="sm" aria-label={t("held.dismiss")} onClick={dismiss} />
    </div>
  );
}
