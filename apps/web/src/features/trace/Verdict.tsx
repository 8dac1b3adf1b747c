import type { Trace } from "@firstline/contracts";
import { Button } from "@mantine/core";
import {
  IconCircleCheckFilled,
  IconDownload,
  IconEyeOff,
  IconFileUnknown,
  IconHistoryToggle,
  IconMessages,
  IconRobot,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useChannels, useMe } from "../../lib/session.ts";
import { dateTime } from "../../lib/time.ts";
import { Ago } from "../../ui/Ago.tsx";
import { exportAddress } from "./queries.ts";
import classes from "./trace.module.css";

const looks = {
  shown: { tone: "good", icon: IconCircleCheckFilled },
  recovered: { tone: "good", icon: IconHistoryToggle },
  held_elsewhere: { tone: "warn", icon: IconRobot },
  unreadable: { tone: "warn", icon: IconFileUnknown },
  not_found: { tone: "bad", icon: IconEyeOff },
} as const;

/** The answer in one sentence, what follows from it, and the way to the message or to Meta. */
export function Verdict({ trace, contactExternalId }: { trace: Trace; contactExternalId: string }) {
  const { t, i18n } = useTranslation("trace");
  const { byId } = useChannels();
  const { may } = useMe();
  const { tone, icon: Icon } = looks[trace.verdict];
  const conversationId =
    trace.evidence.find((each) => each.conversationId)?.conversationId ?? trace.contact?.conversationId;
  return (
    <section
      className={classes.verdict}
      data-tone={tone}
      data-verdict={trace.verdict}
      aria-labelledby="trace-verdict"
      data-testid="trace-verdict"
    >
      <Icon size={24} stroke={1.7} aria-hidden />
      <div className={classes.verdictWords}>
        <h2 id="trace-verdict">{trace.title}</h2>
        <p>{trace.explain}</p>
        {trace.fix ? <p className={classes.fix}>{trace.fix}</p> : null}
        <p className={classes.about}>
          {[
            trace.contact?.name ?? contactExternalId,
            byId(trace.channelId)?.name,
            t("range", { from: dateTime(trace.from, i18n.language), to: dateTime(trace.to, i18n.language) }),
          ]
            .filter(Boolean)
            .join(" · ")}
          {" · "}
          {t("traced")} <Ago at={trace.tracedAt} />
        </p>
      </div>
      <div className={classes.verdictActions}>
        {conversationId ? (
          <Button
            variant="default"
            leftSection={<IconMessages size={16} stroke={1.7} />}
            renderRoot={(props) => <Link to="/inbox/$conversationId" params={{ conversationId }} {...props} />}
            data-testid="trace-conversation"
          >
            {t("conversation")}
          </Button>
        ) : null}
        {may("deliveries:read") ? (
          <Button
            component="a"
            href={exportAddress(trace, contactExternalId)}
            download
            variant="default"
            leftSection={<IconDownload size={16} stroke={1.7} />}
            data-testid="trace-export"
          >
            {t("export")}
          </Button>
        ) : null}
      </div>
    </section>
  );
}
