import type { Channel, Conversation } from "@firstline/contracts";
import { isWayValid, WAYS } from "@firstline/core/ways";
import { Popover } from "@mantine/core";
import { IconChevronUp } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { now as clockNow } from "../../lib/clock.ts";
import { keys } from "../../lib/queryKeys.ts";
import { dateTime, nearTime, timeLeft } from "../../lib/time.ts";
import { useFaultWords } from "../../ui/faultWords.ts";
import { useHolderName } from "../../ui/holderName.ts";
import { WindowRing } from "../../ui/WindowRing.tsx";
import classes from "./composer.module.css";
import type { ComposerStatus } from "./status.ts";

interface Props {
  conversation: Conversation;
  channel: Channel | undefined;
  status: ComposerStatus;
}

/** One line: what is possible now and for how long. Opened, it shows every reason and every way. */
export function StatusLine({ conversation, channel, status }: Props) {
  const { t, i18n } = useTranslation("composer");
  const locale = i18n.language;
  const { reply, kind } = status;
  useRefreshAtEnd(conversation, status);
  const main = useHeadline(status, channel, locale);
  const next = reply.next ? reply.next.way : null;
  return (
    <Popover position="top-start" width="min(480px, 94vw)" trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={classes.status}
          data-testid="composer-status"
          data-state={kind}
          aria-haspopup="dialog"
        >
          {reply.state === "open" || reply.state === "human_agent" ? (
            <WindowRing
              part={reply.part}
              tone={reply.endingSoon || reply.state === "human_agent" ? "warn" : "accent"}
            />
          ) : (
            <span className={classes.dot} data-kind={kind} aria-hidden />
          )}
          <b data-urgent={(reply.endingSoon && status.canSend) || undefined}>{main}</b>
          {next === "human_agent" && kind === "open" ? (
            <span className={classes.then}>{t("then.humanAgent")}</span>
          ) : null}
          {kind === "waits" ? <span className={classes.then}>{t("then.waits")}</span> : null}
          <span className={classes.ways}>
            {t("ways")} <IconChevronUp size={13} stroke={2} aria-hidden />
          </span>
        </button>
      </Popover.Target>
      {/* Reachable by keyboard, for it scrolls where the screen is low. */}
      <Popover.Dropdown className={classes.panel} aria-label={t("ways")} tabIndex={0}>
        <Panel conversation={conversation} channel={channel} status={status} locale={locale} />
      </Popover.Dropdown>
    </Popover>
  );
}

function useHeadline(status: ComposerStatus, channel: Channel | undefined, locale: string): string {
  const { t } = useTranslation("composer");
  const words = useFaultWords();
  const holderName = useHolderName();
  const left = timeLeft(status.reply.left ?? 0, locale);
  switch (status.kind) {
    case "open":
      return t("state.open", { left });
    case "human_agent":
      return t("state.humanAgent", { left });
    case "closed":
      return t("state.closed");
    case "held": {
      if (!status.heldBy) return t("state.blocked");
      // A lead ad's questions end when the customer has answered them; the time limit is a formality.
      const until = status.heldBy.kind === "lead_ad_flow" ? null : status.heldBy.until;
      const name = holderName(status.heldBy);
      return until
        ? t("state.heldUntil", { name, time: nearTime(until, clockNow(), locale) })
        : t("state.held", { name });
    }
    case "waits":
      return t(channel?.platform === "instagram" ? "state.reconnectAccount" : "state.reconnect");
    case "blocked": {
      const first = status.reasons[0];
      if (first?.code === "channel_needs_reauthorization")
        return t(channel?.platform === "instagram" ? "state.reconnectAccount" : "state.reconnect");
      return first ? words(first.code, first).title : t("state.blocked");
    }
  }
}

/** Only the server knows what follows a hold; it is asked when the hold ends. */
function useRefreshAtEnd(conversation: Conversation, status: ComposerStatus): void {
  const client = useQueryClient();
  const end =
    conversation.reply.state === "blocked" ? (conversation.reply.until ?? status.heldBy?.until ?? null) : null;
  useEffect(() => {
    if (!end) return;
    const wait = Date.parse(end) - clockNow();
    if (wait > 2 ** 31 - 1) return;
    const timer = setTimeout(
      () => void client.invalidateQueries({ queryKey: keys.conversation(conversation.id) }),
      Math.max(wait, 0) + 500,
    );
    return () => clearTimeout(timer);
  }, [client, conversation.id, end]);
}

function Panel({ conversation, channel, status, locale }: Props & { locale: string }) {
  const { t } = useTranslation("composer");
  const words = useFaultWords();
  const lang = locale === "zh-TW" ? "zhTW" : "en";
  // The server's reasons belong to the state it saw. When the window has closed since, the catalogue says why.
  const reasons =
    status.reasons.length > 0 || status.canSend
      ? status.reasons
      : [{ code: "window_closed", title: "", explain: "", fix: "", owner: "customer" as const }];
  const ways = conversation.reply.ways;
  const at = clockNow();
  const named = (["reply", "human_agent"] as const).filter(
    (way) => channel === undefined || WAYS[way].platforms.some((platform) => platform === channel.platform),
  );
  return (
    <>
      {reasons.length > 0 ? (
        <section>
          <h3>{t("panel.why")}</h3>
          {reasons.map((reason) => {
            const text = words(reason.code, reason);
            return (
              <div key={reason.code} className={classes.reason} data-testid="reply-reason" data-code={reason.code}>
                <b>{text.title}</b>
                <p>{text.explain}</p>
                <p>{text.fix}</p>
                <small>{t(`common:owner.${reason.owner}`)}</small>
              </div>
            );
          })}
        </section>
      ) : null}
      <section>
        <h3>{t("panel.ways")}</h3>
        {named.map((name) => {
          const way = WAYS[name];
          const mine = ways.find((each) => each.way === name);
          const usable = mine && Date.parse(mine.until) > at;
          const active = usable && Date.parse(mine.opensAt) <= at;
          return (
            <div
              key={name}
              className={classes.way}
              data-active={active || undefined}
              data-testid="reply-way"
              data-way={name}
            >
              <header>
                <b>{t(`way.${name}`)}</b>
                <span>
                  {active && status.canSend
                    ? t("panel.until", { time: dateTime(mine.until, locale) })
                    : usable && !active
                      ? t("panel.from", { from: dateTime(mine.opensAt, locale), until: dateTime(mine.until, locale) })
                      : t("panel.notNow")}
                </span>
              </header>
              <p>{way.allowed[lang]}</p>
              {isWayValid(way, at) ? (
                <p className={classes.forbidden}>{t("panel.forbidden", { text: way.forbidden[lang] })}</p>
              ) : null}
            </div>
          );
        })}
        <p className={classes.opens}>{t("panel.opens", { text: WAYS.reply.opensOn[lang] })}</p>
      </section>
    </>
  );
}
