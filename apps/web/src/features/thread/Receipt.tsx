import type { Message } from "@firstline/contracts";
import { IconCheck, IconChecks, IconClock, IconClockPause, IconHelpCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { isLocal } from "../../lib/cache/messages.ts";
import { useLiveState } from "../../lib/live.ts";
import classes from "./thread.module.css";

/** How far an outgoing message has come. Failures have a card of their own. */
export function Receipt({ message }: { message: Message }) {
  const { t } = useTranslation("thread");
  const offline = useLiveState() === "offline";
  const { state } = message;
  switch (state) {
    case "queued":
    case "sending": {
      const waits = offline && isLocal(message);
      return (
        <span className={classes.receipt} data-state={waits ? "offline" : state}>
          <IconClock size={13} stroke={1.8} aria-hidden /> {waits ? t("receipt.offline") : t("receipt.sending")}
        </span>
      );
    }
    case "sent":
      return (
        <span className={classes.receipt} data-state={state}>
          <IconCheck size={14} stroke={2} aria-hidden /> {t("receipt.sent")}
        </span>
      );
    case "delivered":
    case "read":
      return (
        <span className={classes.receipt} data-state={state}>
          <IconChecks size={14} stroke={2} aria-hidden /> {t(`receipt.${state}`)}
        </span>
      );
    case "held":
      return (
        <span className={classes.receipt} data-state={state}>
          <IconClockPause size={14} stroke={1.8} aria-hidden /> {t("receipt.held")}
        </span>
      );
    case "uncertain":
      return (
        <span className={classes.receipt} data-state={state}>
          <IconHelpCircle size={14} stroke={1.8} aria-hidden /> {t("receipt.uncertain")}
        </span>
      );
    case "cancelled":
      return (
        <span className={classes.receipt} data-state={state}>
          {t("receipt.cancelled")}
        </span>
      );
    default:
      return null;
  }
}
