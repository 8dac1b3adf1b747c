import type { Delivery } from "@firstline/contracts";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { fileSize, fullTime, preciseTime } from "../../lib/time.ts";
import { Tag } from "../../ui/Tag.tsx";
import classes from "./deliveries.module.css";

const tones = { pending: "accent", done: "good", failed: "bad" } as const;

export function DeliveryState({ state }: { state: Delivery["state"] }) {
  const { t } = useTranslation("deliveries");
  return <Tag tone={tones[state]}>{t(`state.${state}`)}</Tag>;
}

/** One line per webhook call, newest first. */
export function DeliveryTable({ rows, open }: { rows: Delivery[]; open?: string }) {
  const { t, i18n } = useTranslation("deliveries");
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t("column.received")}</th>
          <th scope="col">{t("column.state")}</th>
          <th scope="col" data-number>
            {t("column.size")}
          </th>
          <th scope="col" data-number>
            {t("column.events")}
          </th>
          <th scope="col" data-number>
            {t("column.unsupported")}
          </th>
          <th scope="col">{t("column.error")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr
            key={row.id}
            data-testid="delivery-row"
            data-delivery-id={row.id}
            data-state={row.state}
            data-open={row.id === open || undefined}
          >
            <th scope="row">
              <Link
                to="."
                search={(before: Record<string, unknown>) => ({ ...before, open: row.id })}
                className={classes.rowLink}
                title={fullTime(row.receivedAt, i18n.language)}
              >
                {preciseTime(row.receivedAt, i18n.language)}
              </Link>
            </th>
            <td>
              <DeliveryState state={row.state} />
            </td>
            <td data-number data-label={t("column.size")}>
              {fileSize(row.size, i18n.language)}
            </td>
            <td data-number data-label={t("column.events")}>
              {row.events ?? "–"}
            </td>
            <td data-number data-label={t("column.unsupported")} data-some={Boolean(row.unsupported) || undefined}>
              {row.unsupported ?? "–"}
            </td>
            <td className={classes.error}>{row.error}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
