import type { Delivery } from "@firstline/contracts";
import { IconRotateClockwise } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useChannels } from "../../lib/session.ts";
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
  const { byId } = useChannels();
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t("column.received")}</th>
          <th scope="col">{t("column.state")}</th>
          <th scope="col">{t("column.channel")}</th>
          <th scope="col">{t("column.contact")}</th>
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
              {row.replays > 0 ? (
                <span className={classes.replays} title={t("detail.replays", { count: row.replays })}>
                  <IconRotateClockwise size={13} stroke={1.8} aria-hidden />
                  <span className="sr-only">{t("detail.replays", { count: row.replays })}</span>
                </span>
              ) : null}
            </td>
            <td className={classes.whose}>
              <First all={row.channelIds.map((id) => byId(id)?.name ?? "?")} />
            </td>
            <td className={classes.whose}>
              <First all={row.contactExternalIds} code />
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

/** One of several in a narrow column; the rest as a number, and all of them on pointing at it. */
function First({ all, code }: { all: string[]; code?: boolean }) {
  if (all.length === 0) return <span aria-hidden>–</span>;
  const more = all.length > 1 ? ` +${all.length - 1}` : "";
  return (
    <span title={all.join("\n")}>
      {code ? <code>{all[0]}</code> : all[0]}
      {more}
    </span>
  );
}
