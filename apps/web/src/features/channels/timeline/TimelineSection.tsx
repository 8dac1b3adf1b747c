import type { Incident } from "@firstline/contracts";
import { Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNow } from "../../../lib/clock.ts";
import { dateTime } from "../../../lib/time.ts";
import { ErrorState } from "../../../ui/ErrorState.tsx";
import { Section } from "../../../ui/Section.tsx";
import { LineSkeletons } from "../../../ui/Skeletons.tsx";
import { StateMark } from "../StateMark.tsx";
import { daysOf, lasting } from "./days.ts";
import { timelineQuery } from "./queries.ts";
import classes from "./timeline.module.css";

/** The last thirty days of a channel: a strip of days, and what was wrong in them. */
export function TimelineSection({ channelId }: { channelId: string }) {
  const { t } = useTranslation("channels");
  const query = useQuery(timelineQuery(channelId));
  return (
    <Section title={t("timeline.title")} text={t("timeline.text")} testId="timeline">
      {query.data ? (
        <Timeline incidents={query.data.data} />
      ) : query.isError ? (
        <ErrorState compact error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <LineSkeletons count={2} />
      )}
    </Section>
  );
}

function Timeline({ incidents }: { incidents: Incident[] }) {
  const { t, i18n } = useTranslation("channels");
  const now = useNow(60_000);
  const day = new Intl.DateTimeFormat(i18n.language, { month: "short", day: "numeric" });
  return (
    <>
      <div className={classes.strip} aria-hidden>
        {daysOf(incidents, now).map(({ start, worst, incidents: own }) => (
          <Tooltip
            key={+start}
            label={`${day.format(start)}: ${own.length > 0 ? own.map((each) => each.title).join(" · ") : t("timeline.quiet")}`}
            multiline
            maw={320}
          >
            <span data-worst={worst ?? "none"} />
          </Tooltip>
        ))}
      </div>
      {incidents.length === 0 ? (
        <p className={classes.none} data-testid="timeline-none">
          {t("timeline.none")}
        </p>
      ) : (
        <ul className={classes.list}>
          {incidents.map((incident) => (
            <Line key={incident.id} incident={incident} now={now} />
          ))}
        </ul>
      )}
    </>
  );
}

function Line({ incident, now }: { incident: Incident; now: number }) {
  const { t, i18n } = useTranslation("channels");
  const { since, until, title, severity, code } = incident;
  const ms = (until === null ? now : Date.parse(until)) - Date.parse(since);
  return (
    <li data-testid="timeline-incident" data-code={code} data-open={until === null || undefined}>
      <StateMark tone={until === null ? (severity === "critical" ? "bad" : "warn") : "good"} size={15} />
      <span>
        {title}
        <small>
          {dateTime(since, i18n.language)} ·{" "}
          {t(until === null ? "timeline.lasts" : "timeline.over", { time: lasting(ms, i18n.language) })}
        </small>
      </span>
    </li>
  );
}
