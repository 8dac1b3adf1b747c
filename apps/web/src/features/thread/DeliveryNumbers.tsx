import type { Message } from "@firstline/contracts";
import { useTranslation } from "react-i18next";
import classes from "./delivery.module.css";

/** What support asks for: Meta's numbers and words as they came. */
export function DeliveryNumbers({ failure }: { failure: NonNullable<Message["failure"]> }) {
  const { t } = useTranslation("thread");
  return (
    <dl className={classes.details}>
      {failure.code !== null ? (
        <>
          <dt>{t("detail.code")}</dt>
          <dd>
            #{failure.code}
            {failure.subcode !== null ? ` / ${failure.subcode}` : ""}
          </dd>
        </>
      ) : null}
      {failure.traceId ? (
        <>
          <dt>{t("detail.trace")}</dt>
          <dd>{failure.traceId}</dd>
        </>
      ) : null}
      {failure.raw ? (
        <>
          <dt>{t("detail.raw")}</dt>
          <dd>{failure.raw}</dd>
        </>
      ) : null}
      <dt>{t("detail.fault")}</dt>
      <dd>{failure.fault}</dd>
    </dl>
  );
}
