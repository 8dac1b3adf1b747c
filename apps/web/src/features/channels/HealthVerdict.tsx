import type { Channel, ChannelHealth } from "@firstline/contracts";
import { Button, Skeleton } from "@mantine/core";
import { IconRefresh, IconSend } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { dateTime } from "../../lib/time.ts";
import { Ago } from "../../ui/Ago.tsx";
import { useFaultWords } from "../../ui/faultWords.ts";
import { ProblemNotice } from "../../ui/ProblemNotice.tsx";
import classes from "./health.module.css";
import { StateMark } from "./StateMark.tsx";
import { renewable, verdictOf } from "./state.ts";

interface Props {
  channel: Channel;
  health: UseQueryResult<ChannelHealth>;
  authorize: { isPending: boolean; error: unknown };
  onRenew: (() => void) | null;
  /** Opens the dialog for another administrator of the Page; null: not allowed, or nothing to give access to. */
  onSend: (() => void) | null;
}

/** The answer first: does it work, what does not, since when, and the one button that helps. */
export function HealthVerdict({ channel, health, authorize, onRenew, onSend }: Props) {
  const { t, i18n } = useTranslation("channels");
  const words = useFaultWords();
  // The live event of a channel may be newer than its last checks.
  const state = channel.state === "healthy" ? (health.data?.state ?? "healthy") : channel.state;
  const known = health.data !== undefined || channel.state !== "healthy";
  const verdict = verdictOf(state, health.data?.checks ?? []);
  const reason = channel.stateReason && channel.state !== "healthy" ? channel.stateReason : null;
  const told = reason ? words(reason.code, reason) : null;
  const flow = `${verdict.receiving ? "receives" : "deaf"}${verdict.sending ? "Sends" : "Mute"}`;
  const tone = known ? verdict.tone : "unknown";
  return (
    <section className={classes.verdict} data-tone={tone} aria-labelledby="verdict" data-testid="health-verdict">
      <div className={classes.verdictMark}>
        <StateMark tone={tone} size={24} />
      </div>
      <div className={classes.verdictWords} aria-live="polite">
        {known ? (
          <>
            <h2 id="verdict">{t(`verdict.${verdict.kind}`, { count: verdict.asks })}</h2>
            {channel.state === "disconnected" ? (
              <p>{t("verdict.disconnectedText")}</p>
            ) : told ? (
              <p>
                <b>{t("sentence", { text: told.title })}</b> {told.fix || told.explain}
              </p>
            ) : null}
            {health.data && channel.state !== "disconnected" ? (
              <p>
                {[
                  t(`flow.${flow}`),
                  verdict.asks > 0
                    ? t("verdict.asks", { count: verdict.asks, total: verdict.total })
                    : t("verdict.fine", { count: verdict.total - verdict.unread }),
                  ...(verdict.unread > 0 ? [t("verdict.unread", { count: verdict.unread })] : []),
                ].join(i18n.language === "zh-TW" ? "" : " ")}
              </p>
            ) : null}
          </>
        ) : (
          <>
            <h2 id="verdict">{t("verdict.checking")}</h2>
            <Skeleton height={11} width="62%" mt={8} radius="xl" />
          </>
        )}
        {verdict.asks > 0 && channel.state !== "disconnected" ? (
          <ul className={classes.asks}>
            {health.data?.checks
              .filter((check) => check.status === "fail" || check.status === "warn")
              .map((check) => (
                <li key={check.code}>
                  <a href={`#check-${check.code}`}>
                    <StateMark tone={check.status === "fail" ? "bad" : "warn"} size={14} />
                    {check.title}
                  </a>
                </li>
              ))}
          </ul>
        ) : null}
        <dl className={classes.facts}>
          <div>
            <dt>{t(`common:channelState.${state}`)}</dt>
            <dd>{t("since", { time: dateTime(channel.stateSince, i18n.language) })}</dd>
          </div>
          <div>
            <dt>{t("health.lastEvent")}</dt>
            <dd data-testid="last-event">
              {channel.lastEventAt ? <Ago at={channel.lastEventAt} /> : t("health.never")}
            </dd>
          </div>
          {channel.state === "disconnected" ? null : (
            <div>
              <dt>{t("health.checked")}</dt>
              <dd data-testid="checked-at">{health.data ? <Ago at={health.data.checkedAt} /> : "…"}</dd>
            </div>
          )}
        </dl>
        <ProblemNotice error={authorize.error} title={t("connect.failed")} />
        {health.isError && health.data ? (
          <ProblemNotice error={health.error} title={t("health.refreshFailed")} />
        ) : null}
      </div>
      <div className={classes.verdictActions}>
        {onRenew && renewable(channel.state, health.data) ? (
          <Button loading={authorize.isPending} onClick={onRenew} data-testid="reauthorize">
            {t(channel.state === "disconnected" ? "connectAgain" : "reauthorize")}
          </Button>
        ) : null}
        {onSend && renewable(channel.state, health.data) ? (
          <Button
            variant="default"
            leftSection={<IconSend size={16} stroke={1.7} />}
            onClick={onSend}
            data-testid="send-link-open"
          >
            {t("reauthorize:send.action")}
          </Button>
        ) : null}
        {channel.state === "disconnected" ? null : (
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} stroke={1.7} />}
            loading={health.isFetching}
            onClick={() => void health.refetch()}
            data-testid="health-refresh"
          >
            {t("health.refresh")}
          </Button>
        )}
      </div>
    </section>
  );
}
