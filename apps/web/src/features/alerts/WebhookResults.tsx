import type { AlertWebhook } from "@firstline/contracts";
import { useTranslation } from "react-i18next";
import { Tag } from "../../ui/Tag.tsx";
import { AttemptLine } from "./AttemptLine.tsx";
import classes from "./alerts.module.css";

const TONES = { sent: "good", waiting: "warn", failed: "bad", dropped: "plain" } as const;

/** How the last calls of the webhook went. */
export function WebhookResults({ results }: Pick<AlertWebhook, "results">) {
  const { t } = useTranslation("alerts");
  if (results.length === 0) return null;
  return (
    <div>
      <h3 className={classes.heading}>{t("webhook.last")}</h3>
      <ul className={classes.list}>
        {results.map((result) => (
          <li key={result.id} className={classes.row} data-testid="webhook-result" data-state={result.state}>
            <div className={classes.words}>
              <p>{result.title}</p>
              <AttemptLine attempt={result} />
            </div>
            <Tag tone={TONES[result.state]}>
              {t(`state.${result.state}`)}
              {result.status === null ? "" : ` ${result.status}`}
            </Tag>
          </li>
        ))}
      </ul>
    </div>
  );
}
