import type { Activity } from "@firstline/contracts";
import { IconNote } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../lib/session.ts";
import { clockTime, fullTime } from "../../lib/time.ts";
import { Rich } from "../../ui/Rich.tsx";
import { Linked } from "./Linked.tsx";
import classes from "./thread.module.css";

/** A note of the team, or one quiet line about what happened. */
export function ActivityLine({ activity }: { activity: Activity }) {
  const { t, i18n } = useTranslation("thread");
  const { memberId } = useMe();
  const byMe = activity.memberId !== null && activity.memberId === memberId;
  const who = byMe ? t("common:you") : (activity.memberName ?? t("line.system"));
  const time = (
    <time dateTime={activity.at} title={fullTime(activity.at, i18n.language)}>
      {clockTime(activity.at, i18n.language)}
    </time>
  );
  if (activity.kind === "note") {
    return (
      <article className={classes.note} data-testid="note" data-activity-id={activity.id}>
        <header>
          <IconNote size={14} stroke={1.8} aria-hidden />
          <b>{t("noteBy", { name: who })}</b> {time}
        </header>
        <p>
          <Linked text={activity.text ?? ""} />
        </p>
      </article>
    );
  }
  const self =
    activity.kind === "assigned" && activity.targetName !== null && activity.targetName === activity.memberName;
  const key = self
    ? "line.tookOver"
    : activity.kind === "resolved" || activity.kind === "reopened"
      ? activity.memberId
        ? `line.${activity.kind}`
        : `line.${activity.kind}Auto`
      : `line.${activity.kind}`;
  return (
    <p className={classes.system} data-testid="activity" data-kind={activity.kind}>
      <Rich text={t(key, { who, target: activity.targetName ?? "" })} marks={{ b: (name) => <b>{name}</b> }} /> · {time}
    </p>
  );
}

/** Messages that Meta never delivered and that were found by reading the conversation. */
export function RecoveredLine({ count, from, found }: { count: number; from: string; found: string }) {
  const { t, i18n } = useTranslation("thread");
  return (
    <p className={classes.system} data-testid="recovered">
      <b>{t("recovered.count", { count })}</b> ·{" "}
      {t("recovered.text", { from: clockTime(from, i18n.language), found: clockTime(found, i18n.language) })}
    </p>
  );
}
