import type { Message } from "@firstline/contracts";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useProblemText } from "../../ui/problemText.ts";
import { useThreadActions } from "./context.ts";
import { DeliveryNumbers } from "./DeliveryNumbers.tsx";
import classes from "./delivery.module.css";
import { useDelivery } from "./useDelivery.ts";

/** The one thing that helps first, then the others; what Meta or this server says against it stands above them. */
export function DeliveryActions({ message }: { message: Message }) {
  const { t } = useTranslation("thread");
  const { conversation, onEditAgain } = useThreadActions();
  const { remedy, resend, takeAndResend, cancel, pending, problem } = useDelivery(message, conversation);
  const [numbers, setNumbers] = useState(false);
  const [edited, setEdited] = useState(false);
  const { failure, state } = message;
  const failed = state === "failed";
  return (
    <>
      {problem ? <Refusal error={problem} /> : null}
      {edited ? (
        <p className={classes.owner} role="status" data-testid="edited-below">
          {t("editedBelow")}
        </p>
      ) : null}
      <div className={classes.cardActions}>
        {remedy ? (
          <Button
            size="xs"
            loading={pending === "send"}
            onClick={remedy === "resend" ? resend : takeAndResend}
            data-testid={remedy === "resend" ? "resend" : "take-and-resend"}
          >
            {t(remedy === "resend" ? "resend" : "takeAndResend")}
          </Button>
        ) : null}
        {failed && message.text ? (
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              onEditAgain(message);
              setEdited(true);
            }}
            data-testid="edit-again"
          >
            {t("editAgain")}
          </Button>
        ) : null}
        {failed || state === "held" ? (
          <Button
            size="xs"
            variant="default"
            loading={pending === "cancel"}
            disabled={pending === "send"}
            onClick={cancel}
            data-testid="cancel-send"
          >
            {t("cancelSend")}
          </Button>
        ) : null}
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
