import type { Message } from "@firstline/contracts";
import { useTranslation } from "react-i18next";
import { useNow } from "../../lib/clock.ts";
import { nearTime } from "../../lib/time.ts";
import { useFaultWords } from "../../ui/faultWords.ts";
import classes from "./delivery.module.css";

/** What looking an uncertain reply up in Meta's record has shown, and what happens next. Read out when it changes. */
export function OutcomeLine({ check }: { check: NonNullable<Message["check"]> }) {
  const { t, i18n } = useTranslation("thread");
  const words = useFaultWords();
  const now = useNow(1_000);
  const { state, at, nextAt, reason } = check;
  const time = (when: string) => nearTime(when, now, i18n.language);
  const why = reason ? words(reason.code, reason).title : "";
  const next =
    nextAt === null
      ? null
      : Date.parse(nextAt) <= now
        ? t("outcome.nextNow")
        : t(at === null ? "outcome.first" : "outcome.next", { time: time(nextAt) });
  return (
    <div
      role="status"
      className={classes.outcome}
      data-testid="outcome"
      data-check={state}
      data-asked={nextAt === null}
    >
      {at === null ? null : (
        <p>
          {state === "unreadable"
            ? t(why ? "outcome.unreadableWhy" : "outcome.unreadable", { time: time(at), why })
            : t("outcome.absent", { time: time(at) })}
        </p>
      )}
      {next ? <p>{next}</p> : null}
      {nextAt === null ? <p>{t(`outcome.decide.${state}`)}</p> : null}
    </div>
  );
}
