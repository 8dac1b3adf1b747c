import type { Receiving } from "@firstline/contracts";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { utcDay } from "./day.ts";
import classes from "./receiving.module.css";
import { counts } from "./summary.ts";

/** The same figures as the chart, day by day, newest first. */
export function DayTable({ days }: { days: Receiving["days"] }) {
  const { t, i18n } = useTranslation("channels");
  return (
    <Table
      caption={t("receiving.byDay")}
      head={t("receiving.day")}
      testId="receiving-days"
      rows={days.toReversed().map((day) => ({ ...day, key: day.day, name: utcDay(day.day, i18n.language) }))}
    />
  );
}

/** What kind of events came, most frequent first. */
export function FieldTable({ fields }: { fields: Receiving["fields"] }) {
  const { t, i18n } = useTranslation("channels");
  return (
    <Table
      caption={t("receiving.byField")}
      head={t("receiving.field")}
      testId="receiving-fields"
      rows={fields.map((each) => ({
        ...each,
        key: each.field,
        name: i18n.exists(`channels:receiving.fields.${each.field}`) ? (
          t(`receiving.fields.${each.field}`)
        ) : (
          <code>{each.field}</code>
        ),
      }))}
    />
  );
}

type Row = Receiving["totals"] & { key: string; name: ReactNode };

function Table(props: { caption: string; head: string; testId: string; rows: Row[] }) {
  const { t, i18n } = useTranslation("channels");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={classes.scroll} aria-label={props.caption} tabIndex={0}>
      <table className={classes.table} data-testid={props.testId}>
        <caption className="sr-only">{props.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{props.head}</th>
            {counts.map((kind) => (
              <th key={kind} scope="col" data-number>
                {t(`receiving.count.${kind}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.key} data-key={row.key}>
              <th scope="row">{row.name}</th>
              {counts.map((kind) => (
                <td key={kind} data-number data-zero={row[kind] === 0 || undefined}>
                  {row[kind].toLocaleString(i18n.language)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
