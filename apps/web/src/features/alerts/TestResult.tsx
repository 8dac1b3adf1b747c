import type { AlertTest } from "@firstline/contracts";
import { useTranslation } from "react-i18next";
import { Tag } from "../../ui/Tag.tsx";
import classes from "./alerts.module.css";
import { errorKey } from "./errorKey.ts";

/** What came of a test, on one way. */
export function TestResult({ result }: { result: AlertTest }) {
  const { t } = useTranslation("alerts");
  const { way, name, state, status, error, detail } = result;
  return (
    <div className={classes.result} data-testid="test-result" data-way={way} data-state={state}>
      <p>
        <Tag tone={state === "sent" ? "good" : "bad"}>{t(`state.${state}`)}</Tag>
        <span>{name}</span>
      </p>
      {error ? <p className={classes.why}>{t(errorKey(error), { status })}</p> : null}
      {detail ? <code>{detail}</code> : null}
      {state === "sent" && way !== "webhook" ? <p className={classes.why}>{t(`sentHint.${way}`)}</p> : null}
    </div>
  );
}
