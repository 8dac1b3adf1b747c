import type { Incident } from "@firstline/contracts";
import { Button } from "@mantine/core";
import { IconAlertTriangleFilled, IconCircleCheck, IconCircleXFilled } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { dateTime } from "../../lib/time.ts";
import { Ago } from "../../ui/Ago.tsx";
import { LocalTimes } from "../../ui/LocalTimes.tsx";
import classes from "./incidents.module.css";

interface Props {
  incident: Incident;
  /** Null: not theirs to do. */
  onAcknowledge: (() => void) | null;
  acknowledging: boolean;
}

/** What is or was wrong, with what was found, what to do, and the way to the channel. */
export function IncidentRow({ incident, onAcknowledge, acknowledging }: Props) {
  const { t } = useTranslation("incidents");
  const lasts = incident.until === null;
  const Mark = !lasts
    ? IconCircleCheck
    : incident.severity === "critical"
      ? IconCircleXFilled
      : IconAlertTriangleFilled;
  const platform = incident.platform ? t(`common:platform.${incident.platform}`) : "";
  return (
    <li
      className={classes.row}
      data-testid="incident"
      data-code={incident.code}
      data-open={lasts || undefined}
      data-severity={lasts ? incident.severity : "over"}
    >
      <Mark className={classes.mark} size={18} stroke={1.7} aria-hidden />
      <div className={classes.words}>
        <h3>
          <span className="sr-only">{t(lasts ? `severity.${incident.severity}` : "severity.over")}: </span>
          {incident.title}
        </h3>
        <p className={classes.meta}>
          <span>{incident.channelName ?? t("allChannels", { platform })}</span>
          <Span incident={incident} />
        </p>
        <p>
          <LocalTimes text={incident.evidence} />
        </p>
        {lasts && incident.fix ? (
          <p className={classes.fix}>
            <LocalTimes text={incident.fix} />
          </p>
        ) : null}
        {lasts ? <p className={classes.meta}>{t(`common:owner.${incident.owner}`)}</p> : null}
        {lasts && incident.acknowledgedAt ? (
          <p className={classes.meta} data-testid="acknowledged">
            {incident.acknowledgedBy ? t("seenBy", { name: incident.acknowledgedBy }) : t("seen")}{" "}
            <Ago at={incident.acknowledgedAt} />
          </p>
        ) : null}
      </div>
      <div className={classes.actions}>
        {incident.channelId ? (
          <Button
            variant="default"
            size="xs"
            renderRoot={(props) => (
              <Link to="/settings/channels/$channelId" params={{ channelId: incident.channelId ?? "" }} {...props} />
            )}
          >
            {t("open")}
          </Button>
        ) : null}
        {lasts && onAcknowledge && !incident.acknowledgedAt ? (
          <Button size="xs" variant="default" loading={acknowledging} onClick={onAcknowledge} data-testid="acknowledge">
            {t("acknowledge")}
          </Button>
        ) : null}
      </div>
    </li>
  );
}

function Span({ incident: { since, until } }: { incident: Incident }) {
  const { t, i18n } = useTranslation("incidents");
  if (until === null)
    return (
      <span>
        {t("since")} <Ago at={since} />
      </span>
    );
  return <span>{t("fromTo", { from: dateTime(since, i18n.language), to: dateTime(until, i18n.language) })}</span>;
}
