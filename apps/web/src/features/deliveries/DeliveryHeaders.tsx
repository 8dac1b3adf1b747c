import type { DeliveryDetail } from "@firstline/contracts";
import { useTranslation } from "react-i18next";
import classes from "./deliveries.module.css";

/** What came before the body: addresses, signature, Meta's own marks. */
export function DeliveryHeaders({ headers }: Pick<DeliveryDetail, "headers">) {
  const { t } = useTranslation("deliveries");
  return (
    <details className={classes.headers} data-testid="delivery-headers">
      <summary>{t("headers.title", { count: headers.length })}</summary>
      {headers.length === 0 ? (
        <p className={classes.aside}>{t("headers.none")}</p>
      ) : (
        <dl>
          {headers.map(({ name, value }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a header may come more than once, and none moves
            <div key={index}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </details>
  );
}
