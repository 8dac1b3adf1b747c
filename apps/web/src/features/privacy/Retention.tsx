import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNow } from "../../lib/clock.ts";
import { nearTime } from "../../lib/time.ts";
import { Ago } from "../../ui/Ago.tsx";
import { Choice, Choices } from "../../ui/Choice.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Section } from "../../ui/Section.tsx";
import { LineSkeletons } from "../../ui/Skeletons.tsx";
import classes from "./privacy.module.css";
import { retentionQuery } from "./queries.ts";
import { RetentionDialog } from "./RetentionDialog.tsx";
import { RetentionHistory } from "./RetentionHistory.tsx";

const OFFERED = [90, 365, 730];

/** How long resolved conversations are kept. A choice takes effect only after it was confirmed with what it would delete. */
export function Retention() {
  const { t, i18n } = useTranslation("privacy");
  const now = useNow(60_000);
  const { data, isError, error, refetch } = useQuery(retentionQuery);
  const [wanted, setWanted] = useState<number | null>();
  if (!data)
    return (
      <Section title={t("retention.title")} text={t("retention.text")} testId="retention">
        {isError ? <ErrorState compact error={error} onRetry={() => void refetch()} /> : <LineSkeletons count={2} />}
      </Section>
    );
  const { days, nextRunAt, lastRun } = data;
  // A number of days set through the API is offered as it is.
  const offered = [...new Set([...OFFERED, ...(days === null ? [] : [days])])].sort((a, b) => a - b);
  const hint = nextRunAt ? t("retention.on", { time: nearTime(nextRunAt, now, i18n.language) }) : t("retention.off");
  return (
    <Section title={t("retention.title")} text={t("retention.text")} testId="retention">
      <Choices>
        <Choice label={t("retention.choose")} hint={hint}>
          <SegmentedControl
            size="sm"
            className={classes.days}
            aria-label={t("retention.choose")}
            value={String(days)}
            onChange={(value) => setWanted(value === "null" ? null : Number(value))}
            data={[
              { value: "null", label: t("retention.never") },
              ...offered.map((each) => ({ value: String(each), label: t("retention.daysShort", { days: each }) })),
            ]}
            data-testid="retention-days"
          />
        </Choice>
      </Choices>
      {lastRun ? (
        <p className={classes.lastRun} data-testid="retention-last-run">
          {lastRun.doneAt === null ? (
            t("retention.running", { conversations: lastRun.conversations })
          ) : (
            <>
              {t("retention.lastRun")} <Ago at={lastRun.doneAt} />
              {": "}
              {lastRun.conversations === 0
                ? t("retention.nothing")
                : t("retention.ran", {
                    count: lastRun.conversations,
                    days: lastRun.days,
                    messages: lastRun.messages,
                    files: lastRun.files,
                  })}
            </>
          )}
        </p>
      ) : null}
      <RetentionHistory retention={data} />
      {wanted !== undefined ? <RetentionDialog days={wanted} onClose={() => setWanted(undefined)} /> : null}
    </Section>
  );
}
