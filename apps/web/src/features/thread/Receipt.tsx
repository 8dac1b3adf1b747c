import type { Message } from "@firstline/contracts";
import { IconCheck, IconChecks, IconClock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { isLocal } from "../../lib/cache/messages.ts";
import { useLiveState } from "../../lib/live.ts";
import classes from "./bubble.module.css";
import { isRetried } from "./remedy.ts";

/**
 * How far an outgoing message has come. What failed, waits or is uncertain has a card of its own. `quiet`: the mark alone,
 * for what was settled long ago.
 */
export function Receipt({ message, quiet }: { message: Message; quiet?: boolean }) {
  const { t } = useTranslation("thread");
  const offline = useLiveState() === "offline";
  const { state } = message;
  if (isRetried(message)) return null;
  if (state === "queued" || state === "sending") {
    const waits = offline && isLocal(message);
    return (
      <span className={classes.receipt} data-state={waits ? "offline" : state}>
        <IconClock size={13} stroke={1.8} aria-hidden /> {waits ? t("receipt.offline") : t("receipt.sending")}
      </span>
    );
  }
  if (state === "sent" || state === "delivered" || state === "read") {
    const Icon = state === "sent" ? IconCheck : IconChecks;
    const words = t(`receipt.${state}`);
    return (
      <span className={classes.receipt} data-state={state} title={quiet ? words : undefined}>
        <Icon size={14} stroke={2} aria-hidden />
        {quiet ? <span className="sr-only">{words}</span> : words}
      </span>
    );
  }
  if (state !== "cancelled") return null;
  return (
    <span className={classes.receipt} data-state={state}>
      {t("receipt.cancelled")}
    </span>
  );
}
