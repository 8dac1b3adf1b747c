import type { Trace, TraceEvidence } from "@firstline/contracts";
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowsDiff,
  IconHistoryToggle,
  IconMessage,
  IconRobot,
  IconSpeakerphone,
  IconWebhook,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "../../lib/session.ts";
import { fullTime, preciseTime } from "../../lib/time.ts";
import { LocalTimes } from "../../ui/LocalTimes.tsx";
import { Section } from "../../ui/Section.tsx";
import classes from "./trace.module.css";

const looks = {
  message: { tone: "good", icon: IconMessage },
  delivery: { tone: "plain", icon: IconWebhook },
  delivery_failed: { tone: "bad", icon: IconAlertTriangle },
  standby: { tone: "warn", icon: IconRobot },
  held: { tone: "warn", icon: IconRobot },
  returned: { tone: "good", icon: IconArrowBackUp },
  recovered: { tone: "good", icon: IconHistoryToggle },
  comparison: { tone: "plain", icon: IconArrowsDiff },
  notice: { tone: "warn", icon: IconSpeakerphone },
} as const;

/** What is on record about that time, in the order in which it happened. */
export function Timeline({ trace }: { trace: Trace }) {
  const { t } = useTranslation("trace");
  return (
    <Section title={t("evidence.title")} text={t("evidence.text")} testId="trace-evidence">
      {trace.evidence.length === 0 ? (
        <p className={classes.nothing}>{t("evidence.none")}</p>
      ) : (
        <ol className={classes.timeline}>
          {trace.evidence.map((each, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the evidence of one trace never moves
            <Evidence key={index} evidence={each} />
          ))}
        </ol>
      )}
    </Section>
  );
}

function Evidence({ evidence }: { evidence: TraceEvidence }) {
  const { t, i18n } = useTranslation("trace");
  const { may } = useMe();
  const { tone, icon: Icon } = looks[evidence.kind];
  const { conversationId, deliveryId } = evidence;
  return (
    <li data-testid="trace-event" data-kind={evidence.kind} data-tone={tone}>
      <span className={classes.dot} aria-hidden>
        <Icon size={14} stroke={1.9} />
      </span>
      <div className={classes.eventWords}>
        <p>
          <time dateTime={evidence.at} title={fullTime(evidence.at, i18n.language)}>
            {preciseTime(evidence.at, i18n.language)}
          </time>{" "}
          <b>{evidence.title}</b>
        </p>
        {evidence.detail ? (
          <p className={classes.detail}>
            <LocalTimes text={evidence.detail} />
          </p>
        ) : null}
        {conversationId || (deliveryId && may("deliveries:read")) ? (
          <p className={classes.links}>
            {conversationId ? (
              <Link to="/inbox/$conversationId" params={{ conversationId }}>
                {t(evidence.messageId ? "evidence.message" : "evidence.conversation")}
              </Link>
            ) : null}
            {deliveryId && may("deliveries:read") ? (
              <Link to="/settings/deliveries" search={{ open: deliveryId }}>
                {t("evidence.delivery", { id: deliveryId })}
              </Link>
            ) : null}
          </p>
        ) : null}
      </div>
    </li>
  );
}
