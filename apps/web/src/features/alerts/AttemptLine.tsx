import type { AlertAttempt } from "@firstline/contracts";
import { useTranslation } from "react-i18next";
import { Ago } from "../../ui/Ago.tsx";
import classes from "./alerts.module.css";
import { errorKey } from "./errorKey.ts";

/** What became of an alert: when, how far, and why not, with the other side's own words. */
export function AttemptLine({ attempt }: { attempt: AlertAttempt }) {
  const { t } = useTranslation("alerts");
  const { at, state, attempts, status, error, detail } = attempt;
  return (
    <p className={classes.meta}>
      <span>
        <Ago at={at} />
        {state === "waiting" ? ` · ${t("attempt.waiting", { count: attempts })}` : null}
        {state === "failed" && attempts > 1 ? ` · ${t("attempt.givenUp", { count: attempts })}` : null}
      </span>
      {error ? <span>{t(errorKey(error), { status })}</span> : null}
      {detail ? <code>{detail}</code> : null}
    </p>
  );
}
