import type { Message } from "@firstline/contracts";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useProblemText } from "../../ui/problemText.ts";
import { useThreadActions } from "./context.ts";
import { DeliveryNumbers } from "./DeliveryNumbers.tsx";
import classes from "./delivery.module.css";
import { RemedyButton } from "./RemedyButton.tsx";
import { RepeatDialog } from "./RepeatDialog.tsx";
import { type Remedy, repeatRisk } from "./remedy.ts";
import { useDelivery } from "./useDelivery.ts";

/** The one thing that helps first, then the others; what Meta or this server says against it stands above them. */
export function DeliveryActions({ message, remedy }: { message: Message; remedy: Remedy | null }) {
  const { t } = useTranslation("thread");
  const { conversation, onEditAgain } = useThreadActions();
  const { decide, pending, problem } = useDelivery(message, conversation);
  const [numbers, setNumbers] = useState(false);
  const [edited, setEdited] = useState(false);
  const [asking, setAsking] = useState(false);
  const { failure, state, text } = message;
  const failed = state === "failed";
  const uncertain = state === "uncertain";
  const risk = repeatRisk(message);
  const edit = () => {
    onEditAgain(message);
    setEdited(true);
  };
  const other = (decision: "resend" | "confirm" | "cancel" | "check", label: string, testId: string) => (
    <Button
      size="xs"
      variant="default"
      loading={pending === decision}
      disabled={pending !== null && pending !== decision}
      onClick={() => (decision === "resend" && uncertain ? setAsking(true) : decide(decision))}
      data-testid={testId}
    >
      {label}
    </Button>
  );
  return (
    <>
      {problem && !asking ? <Refusal error={problem} /> : null}
      {edited ? (
        <p className={classes.owner} role="status" data-testid="edited-below">
          {t("editedBelow")}
        </p>
      ) : null}
      <div className={classes.cardActions}>
        {remedy ? (
          <RemedyButton remedy={remedy} message={message} pending={pending} decide={decide} onEdit={edit} />
        ) : null}
        {remedy === "channel" && failed ? other("resend", t("resend"), "resend") : null}
        {uncertain && risk !== null && risk !== "none" ? other("resend", t("resend"), "resend") : null}
        {uncertain && message.check ? other("confirm", t("itArrived"), "it-arrived") : null}
        {uncertain && remedy !== "check" ? other("check", t("checkNow"), "check-now") : null}
        {failed && text && !message.template && remedy !== "edit" ? (
          <Button size="xs" variant="default" onClick={edit} data-testid="edit-again">
            {t("editAgain")}
          </Button>
        ) : null}
        {remedy !== "cancel" && (failed || state === "held" || state === "queued" || (uncertain && risk !== null))
          ? other("cancel", t(uncertain ? "leaveIt" : "cancelSend"), "cancel-send")
          : null}
        {failure && (failure.code !== null || failure.traceId || failure.raw) ? (
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            aria-expanded={numbers}
            onClick={() => setNumbers(!numbers)}
            data-testid="failure-details"
          >
            {t("common:details")}
          </Button>
        ) : null}
      </div>
      {failure && numbers ? <DeliveryNumbers failure={failure} /> : null}
      {asking && (risk === "late" || risk === "unread") ? (
        <RepeatDialog
          risk={risk}
          pending={pending === "resend"}
          error={problem}
          onClose={() => setAsking(false)}
          onConfirm={() => decide("resend")}
        />
      ) : null}
    </>
  );
}

function Refusal({ error }: { error: Error }) {
  const { title, detail, fix } = useProblemText()(error);
  return (
    <div className={classes.refusal} role="alert" data-testid="resend-refusal">
      <b>{title}</b>
      {detail ? <p>{detail}</p> : null}
      {fix ? <p>{fix}</p> : null}
    </div>
  );
}
