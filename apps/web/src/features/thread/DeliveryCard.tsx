import type { Message } from "@firstline/contracts";
import { Collapse } from "@mantine/core";
import { IconAlertCircle, IconChevronDown, IconClockPause, IconHelpCircle } from "@tabler/icons-react";
import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNow } from "../../lib/clock.ts";
import { useFaults, useFaultWords } from "../../ui/faultWords.ts";
import { useThreadActions } from "./context.ts";
import { DeliveryActions } from "./DeliveryActions.tsx";
import classes from "./delivery.module.css";
import { OutcomeLine } from "./OutcomeLine.tsx";
import { isAsked, remedyOf } from "./remedy.ts";

const icons = {
  failed: IconAlertCircle,
  held: IconClockPause,
  uncertain: IconHelpCircle,
  queued: IconClockPause,
  sending: IconClockPause,
} as const;

/**
 * Under a reply that did not simply go out: what happened, in one line; opened, the reason in plain words, who can put it
 * right, the one thing to do, and the numbers for support. It opens by itself when somebody has to decide.
 */
export function DeliveryCard({ message }: { message: Message }) {
  const { t } = useTranslation("thread");
  const id = useId();
  const words = useFaultWords();
  const faults = useFaults();
  const { conversation } = useThreadActions();
  // A way that has just opened is offered at once.
  const now = useNow(1_000);
  const asked = isAsked(message);
  const [open, setOpen] = useState(asked);
  useEffect(() => {
    if (asked) setOpen(true);
  }, [asked]);
  const { failure, check } = message;
  const state = message.state as keyof typeof icons;
  const waits = state === "queued" || state === "sending";
  const kind = message.waitsForControl ? "control" : asked ? "asked" : waits ? "again" : state;
  const Icon = icons[state];
  const explained = kind === "failed" || kind === "held" || kind === "again";
  const fault = failure ? words(failure.fault, failure) : null;
  const entry = failure ? faults(failure.fault) : null;
  const remedy = remedyOf(message, conversation, now, entry);
  // What stood in the way is over: what to do about it would only mislead.
  const over = remedy === "resend" && (entry?.level === "thread" || entry?.level === "contact");
  return (
    <div className={classes.card} data-state={state} data-testid="delivery-card">
      <button
        type="button"
        className={classes.cardHead}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        data-testid="failure-toggle"
      >
        <Icon size={15} stroke={1.9} aria-hidden />
        <span>{kind === "failed" ? fault?.title || t("failed") : t(`trouble.${kind}.title`)}</span>
        <IconChevronDown size={14} stroke={1.9} className={classes.chevron} aria-hidden />
      </button>
      <Collapse expanded={open} transitionDuration={140} id={id}>
        <div className={classes.cardBody}>
          {kind !== "failed" ? <p>{t(`trouble.${kind}.text`)}</p> : null}
          {state === "uncertain" && check ? <OutcomeLine check={check} /> : null}
          {explained && fault ? (
            <>
              {kind !== "failed" && fault.title ? <p className={classes.cardReason}>{fault.title}</p> : null}
              <p data-testid="failure-reason">{fault.explain}</p>
              {kind === "again" ? null : <p>{over ? t("overNow") : fault.fix}</p>}
            </>
          ) : null}
          {explained && failure && !over && kind !== "again" ? (
            <p className={classes.owner}>{t(`common:owner.${failure.owner}`)}</p>
          ) : null}
          <DeliveryActions message={message} remedy={remedy} />
        </div>
      </Collapse>
    </div>
  );
}
