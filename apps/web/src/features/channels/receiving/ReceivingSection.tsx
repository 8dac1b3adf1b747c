import type { Channel, Receiving } from "@firstline/contracts";
import { Button, Skeleton } from "@mantine/core";
import { IconMessageQuestion } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useLater } from "../../../lib/later.ts";
import { traceLink } from "../../../lib/settingsSearch.ts";
import { dateTime } from "../../../lib/time.ts";
import { ErrorState } from "../../../ui/ErrorState.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { Section } from "../../../ui/Section.tsx";
import { LineSkeletons } from "../../../ui/Skeletons.tsx";
import { Comparisons } from "./Comparisons.tsx";
import { receivingQuery } from "./queries.ts";
import { DayTable, FieldTable } from "./ReceivingTable.tsx";
import classes from "./receiving.module.css";
import { counts, sentenceOf } from "./summary.ts";

/** What came in over thirty days, what Meta lost, and how the record compares with Meta's own. */
export function ReceivingSection({ channel, mayCompare }: { channel: Channel; mayCompare: boolean }) {
  const { t } = useTranslation("channels");
  const report = useQuery(receivingQuery(channel.id));
  return (
    <div id="receiving" className={classes.anchor}>
      <Section
        title={t("receiving.title")}
        text={t("receiving.text")}
        testId="receiving"
        actions={
          <Button
            variant="default"
            leftSection={<IconMessageQuestion size={17} stroke={1.6} />}
            renderRoot={(props) => <Link {...traceLink({ channelId: channel.id })} {...props} />}
            data-testid="trace-link"
          >
            {t("receiving.trace")}
          </Button>
        }
      >
        <div className={classes.body}>
          {report.data ? (
            <Report report={report.data} />
          ) : report.isError ? (
            <ErrorState compact error={report.error} onRetry={() => void report.refetch()} />
          ) : (
            <LineSkeletons count={6} />
          )}
          <Comparisons channel={channel} report={report.data} mayCompare={mayCompare} />
        </div>
      </Section>
    </div>
  );
}

const loadChart = () => import("./ReceivingChart.tsx");

function Report({ report }: { report: Receiving }) {
  const { t, i18n } = useTranslation("channels");
  const sentence = sentenceOf(report);
  const some = counts.some((kind) => report.totals[kind] > 0);
  const chart = useLater(loadChart, some);
  const figure = (value: number) => value.toLocaleString(i18n.language);
  return (
    <>
      {report.silence ? (
        <Notice tone="warn" title={t("receiving.silence.title")} testId="silence">
          <p>
            {t("receiving.silence.text", {
              time: dateTime(report.silence.since, i18n.language),
              count: Math.round(report.silence.expected),
            })}
          </p>
        </Notice>
      ) : null}
      <p className={classes.sentence} data-kind={sentence.kind} data-testid="receiving-sentence">
        {t(`receiving.said.${sentence.kind}`, {
          count: sentence.kind === "recovered" ? sentence.lost : sentence.total,
          lost: figure(sentence.lost),
          total: figure(sentence.total),
        })}
      </p>
      {some ? (
        <>
          <dl className={classes.figures}>
            {counts.map((kind) => (
              <div key={kind} data-kind={kind} data-zero={report.totals[kind] === 0 || undefined}>
                <dt>{t(`receiving.count.${kind}`)}</dt>
                <dd data-testid={`receiving-${kind}`}>{figure(report.totals[kind])}</dd>
              </div>
            ))}
          </dl>
          {chart ? <chart.ReceivingChart days={report.days} /> : <Skeleton height={150} radius="md" />}
          <div className={classes.folds}>
            <details data-testid="receiving-day-fold">
              <summary>{t("receiving.byDay")}</summary>
              <DayTable days={report.days} />
            </details>
            <details data-testid="receiving-field-fold">
              <summary>{t("receiving.byField")}</summary>
              <FieldTable fields={report.fields} />
            </details>
            <details>
              <summary>{t("receiving.meaning")}</summary>
              <dl className={classes.meaning}>
                {counts.map((kind) => (
                  <div key={kind}>
                    <dt>{t(`receiving.count.${kind}`)}</dt>
                    <dd>{t(`receiving.means.${kind}`)}</dd>
                  </div>
                ))}
              </dl>
              <p className={classes.aside}>{t("receiving.utc")}</p>
            </details>
          </div>
        </>
      ) : null}
      {report.resubscribedAt ? (
        <Notice title={t("receiving.resubscribed.title")} testId="resubscribed">
          <p>{t("receiving.resubscribed.text", { time: dateTime(report.resubscribedAt, i18n.language) })}</p>
        </Notice>
      ) : null}
    </>
  );
}
