import type { Channel, Conversation } from "@firstline/contracts";
import { Loader, Popover } from "@mantine/core";
import { IconChevronUp } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { now as clockNow } from "../../lib/clock.ts";
import { useLater } from "../../lib/later.ts";
import { keys } from "../../lib/queryKeys.ts";
import { nearTime, timeLeft } from "../../lib/time.ts";
import { useFaultWords } from "../../ui/faultWords.ts";
import { useHolderName } from "../../ui/holderName.ts";
import { WindowRing } from "../../ui/WindowRing.tsx";
import classes from "./composer.module.css";
import type { ComposerStatus } from "./status.ts";

const loadPanel = () => import("./WaysPanel.tsx");

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
  const [opened, setOpened] = useState(false);
  const panel = useLater(loadPanel, opened);
  return (
    <Popover position="top-start" width="min(480px, 94vw)" trapFocus returnFocus opened={opened} onChange={setOpened}>
      <Popover.Target>
        <button
          type="button"
          className={classes.status}
          data-testid="composer-status"
          data-state={kind}
          aria-haspopup="dialog"
          onClick={() => setOpened(!opened)}
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
        {panel ? (
          <panel.WaysPanel conversation={conversation} channel={channel} status={status} />
        ) : (
          <Loader size="sm" aria-label={t("ways")} />
        )}
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
    case "waits": {
      const restricted = status.reasons.find((reason) => reason.code === "channel_restricted");
      if (restricted) return words(restricted.code, restricted).title;
      return t(channel?.platform === "instagram" ? "state.reconnectAccount" : "state.reconnect");
    }
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
