import "@mantine/charts/styles.layer.css";
import type { Receiving } from "@firstline/contracts";
import { BarChart } from "@mantine/charts";
import { useTranslation } from "react-i18next";
import { utcDay } from "./day.ts";
import classes from "./receiving.module.css";
import { type Count, oddities } from "./summary.ts";

const colors: Record<Count, string> = {
  received: "var(--chart-received)",
  recovered: "var(--chart-recovered)",
  late: "var(--chart-late)",
  duplicate: "var(--chart-duplicate)",
  incomplete: "var(--chart-incomplete)",
  unreadable: "var(--chart-unreadable)",
};
/** The days as bars. For the eye only: the sentence above and the table below say the same. */
export function ReceivingChart({ days }: { days: Receiving["days"] }) {
  const { t, i18n } = useTranslation("channels");
  const odd = oddities.some((kind) => days.some((day) => day[kind] > 0));
  const shared = {
    data: days,
    dataKey: "day",
    type: "stacked",
    maxBarWidth: 26,
    gridAxis: "x",
    tickLine: "none",
    strokeDasharray: "2 4",
    cursorFill: "var(--hover)",
    valueFormatter: (value: number) => value.toLocaleString(i18n.language),
    xAxisProps: { tickFormatter: (day: string) => utcDay(day, i18n.language), minTickGap: 28, interval: "preserveEnd" },
    yAxisProps: { width: 44, allowDecimals: false, tickFormatter: (value: number) => short(value, i18n.language) },
    tooltipProps: {
      labelFormatter: (day: unknown) => (typeof day === "string" && day ? utcDay(day, i18n.language) : ""),
    },
    barProps: ({ name }: { name: string }) => ({
      // One among thousands is still drawn, none is not. The value given is the top of the stack, so the day is asked.
      minPointSize: (_: unknown, index: number) => ((days[index]?.[name as Count] ?? 0) > 0 ? 3 : 0),
      isAnimationActive: false,
    }),
    barChartProps: { syncId: "receiving", accessibilityLayer: false },
  } as const;
  const series = (kinds: readonly Count[]) =>
    kinds.map((name) => ({ name, label: t(`receiving.count.${name}`), color: colors[name] }));
  return (
    <div className={classes.charts} aria-hidden data-testid="receiving-chart">
      <BarChart {...shared} h={150} series={series(["received", "recovered"])} withXAxis={!odd} />
      {odd ? (
        <>
          <p className={classes.chartTitle}>{t("receiving.odd")}</p>
          <BarChart {...shared} h={110} series={series(oddities)} />
        </>
      ) : null}
    </div>
  );
}

const short = (value: number, locale: string): string =>
  new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 }).format(value);
