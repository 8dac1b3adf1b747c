import type { Activity, Message } from "@firstline/contracts";
import {
  IconArrowBackUp,
  IconHandStop,
  IconHistory,
  IconInfoCircle,
  IconMessage2Question,
  IconNote,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useNow } from "../../lib/clock.ts";
import type { Holder } from "../../lib/control.ts";
import { useMe } from "../../lib/session.ts";
import { clockTime, dayLine, fullTime, nearTime } from "../../lib/time.ts";
import { useHolderName } from "../../ui/holderName.ts";
import { Rich } from "../../ui/Rich.tsx";
import { CommentReply } from "./CommentReply.tsx";
import { messageByMid, showMessage } from "./jump.ts";
import { Linked } from "./Linked.tsx";
import classes from "./lines.module.css";
import { lineSubject, lineText } from "./lineText.ts";

const icons: Partial<Record<Activity["kind"], typeof IconNote>> = {
  control_held: IconHandStop,
  control_returned: IconArrowBackUp,
  control_requested: IconMessage2Question,
};

export function DayLine({ at }: { at: string }) {
  const { i18n } = useTranslation();
  const now = useNow(60_000);
  return (
    <h3 className={classes.day}>
      <time dateTime={at}>{dayLine(at, now, i18n.language)}</time>
    </h3>
  );
}

function Time({ at }: { at: string }) {
  const { i18n } = useTranslation();
  return (
    <time dateTime={at} title={fullTime(at, i18n.language)}>
      {clockTime(at, i18n.language)}
    </time>
  );
}

/** A note of the team, or one quiet line about what happened. */
export function ActivityLine({ activity }: { activity: Activity }) {
  const { t } = useTranslation("thread");
  const { memberId } = useMe();
  const holderName = useHolderName();
  const byMe = activity.memberId !== null && activity.memberId === memberId;
  const who = byMe ? t("common:you") : (activity.memberName ?? t("line.system"));
  if (activity.kind === "note") {
    return (
      <article className={classes.note} data-testid="note" data-activity-id={activity.id}>
        <header>
          <IconNote size={14} stroke={1.8} aria-hidden />
          <b>{t("noteBy", { name: who })}</b> <Time at={activity.at} />
        </header>
        <p>
          <Linked text={activity.text ?? ""} />
        </p>
      </article>
    );
  }
  const { key, mid } = lineText(activity);
  const { appId, appName, holder } = activity.data;
  const words = t(`line.${key}`, {
    who,
    target: activity.targetName ?? "",
    subject: lineSubject(activity),
    holder: holderName({
      kind: (holder ?? "unknown") as Holder["kind"],
      appId: typeof appId === "string" ? appId : null,
      name: typeof appName === "string" ? appName : null,
    }),
  });
  const Icon = icons[activity.kind];
  const line = (
    <p className={classes.system} data-testid="activity" data-kind={activity.kind}>
      {Icon ? <Icon size={13} stroke={1.8} aria-hidden /> : null}
      <span>
        <Rich text={words} marks={{ b: (name) => <b>{name}</b> }} />
        {mid ? (
          <>
            {" "}
            <button type="button" onClick={() => showMessage(messageByMid(mid))}>
              {t("line.showAnswer")}
            </button>
          </>
        ) : null}{" "}
        · <Time at={activity.at} />
      </span>
    </p>
  );
  if (activity.kind !== "comment") return line;
  return (
    <>
      {line}
      <CommentReply activity={activity} />
    </>
  );
}

/** Messages that Meta never delivered and that were found by reading the conversation. */
export function RecoveredLine({ count, from, found }: { count: number; from: string; found: string }) {
  const { t, i18n } = useTranslation("thread");
  const now = useNow(60_000);
  return (
    <p className={classes.system} data-testid="recovered">
      <IconHistory size={13} stroke={1.8} aria-hidden />
      <span title={fullTime(found, i18n.language)}>
        <b>{t("recovered.count", { count, time: nearTime(found, now, i18n.language) })}</b>{" "}
        {t("recovered.text", { count, from: nearTime(from, now, i18n.language) })}
      </span>
    </p>
  );
}

/** A line Meta wrote in the Page's name about the thread. It is told, and nothing rests on it. */
export function NoticeLine({ message }: { message: Message }) {
  const { t } = useTranslation("thread");
  return (
    <p className={classes.system} data-testid="meta-notice" data-message-id={message.id}>
      <IconInfoCircle size={13} stroke={1.8} aria-hidden />
      <span>
        <b>{t("notice")}</b> <Linked text={message.text ?? ""} /> · <Time at={message.sentAt} />
      </span>
    </p>
  );
}
