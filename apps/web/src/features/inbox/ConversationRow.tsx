import type { Channel, Conversation, Member } from "@firstline/contracts";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { useNow } from "../../lib/clock.ts";
import { heldNow, holdIsOver, replyAt } from "../../lib/replyNow.ts";
import { rowTime, timeLeft } from "../../lib/time.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { useHolderName } from "../../ui/holderName.ts";
import { useMessageSummary } from "../../ui/messageSummary.ts";
import { useSourceName } from "../../ui/sourceName.ts";
import { Tag } from "../../ui/Tag.tsx";
import { WindowRing } from "../../ui/WindowRing.tsx";
import classes from "./inbox.module.css";

interface Props {
  conversation: Conversation;
  channel: Channel | undefined;
  assignee: Member | undefined;
  /** The channel's name helps only where there is more than one. */
  showChannel: boolean;
}

export const ConversationRow = memo(function ConversationRow({ conversation, channel, assignee, showChannel }: Props) {
  const { t, i18n } = useTranslation("inbox");
  const now = useNow(30_000);
  const sourceName = useSourceName();
  const summary = useMessageSummary();
  const { contact, lastMessage, unreadCount } = conversation;
  const unread = unreadCount > 0;
  // A guest stays one, also once the participants of the conversation have given a name.
  const badge = contact.isGuest ? "guest" : contact.nameReason === "pending" ? null : contact.nameReason;
  return (
    <Link
      to="/inbox/$conversationId"
      params={{ conversationId: conversation.id }}
      search={({ pane: _, ...rest }) => rest}
      activeOptions={{ includeSearch: false }}
      className={classes.row}
      data-unread={unread || undefined}
      data-testid="conversation-row"
      data-conversation-id={conversation.id}
      draggable={false}
    >
      <Avatar
        name={contact.name}
        seed={contact.id}
        pictureUrl={contact.pictureUrl}
        platform={channel?.platform}
        unnamed={contact.nameReason !== null && contact.nameReason !== "pending"}
      />
      <span className={classes.rowBody}>
        <span className={classes.rowLine}>
          <b className={classes.rowName}>{contact.name}</b>
          {badge ? <Tag>{t(`nameReason.${badge}`)}</Tag> : null}
          {showChannel && channel ? <span className={classes.rowChannel}>{channel.name}</span> : null}
          <time className={classes.rowTime} dateTime={conversation.lastActivityAt}>
            {rowTime(conversation.lastActivityAt, now, i18n.language)}
          </time>
        </span>
        <span className={classes.rowLine}>
          <span className={classes.rowText}>
            {lastMessage ? (
              <>
                {lastMessage.direction === "outbound" ? (
                  <span className={classes.rowAuthor}>{t("author", { name: sourceName(lastMessage.source) })}</span>
                ) : null}
                {summary(lastMessage)}
              </>
            ) : (
              t("noMessages")
            )}
          </span>
          <span className={classes.rowMarks}>
            <RowState conversation={conversation} now={now} locale={i18n.language} />
            {assignee ? (
              <span title={t("assignedTo", { name: assignee.name })}>
                <Avatar name={assignee.name} seed={assignee.id} size={18} />
                <span className="sr-only">{t("assignedTo", { name: assignee.name })}</span>
              </span>
            ) : null}
            {unread ? (
              <span className={classes.unread} title={t("unread", { count: unreadCount })}>
                <span className="sr-only">{t("unread", { count: unreadCount })}</span>
                <span aria-hidden>{unreadCount > 99 ? "99+" : unreadCount}</span>
              </span>
            ) : null}
          </span>
        </span>
      </span>
    </Link>
  );
});

/** The one thing about replying that matters most for this row. */
function RowState({ conversation, now, locale }: { conversation: Conversation; now: number; locale: string }) {
  const { t } = useTranslation("inbox");
  const holderName = useHolderName();
  const state = conversation.lastMessage?.state;
  if (state === "failed") return <Tag tone="bad">{t("state.failed")}</Tag>;
  if (state === "uncertain") return <Tag tone="warn">{t("state.uncertain")}</Tag>;
  if (state === "held") return <Tag tone="warn">{t("state.waiting")}</Tag>;
  const held = heldNow(conversation, now);
  if (held) {
    const words = t("state.heldBy", { name: holderName(held) });
    return (
      <span className={classes.held} data-testid="row-held" data-holder={held.kind}>
        <Tag tone="warn" title={words}>
          {words}
        </Tag>
      </span>
    );
  }
  // A hold whose time is over needs no look and blocks nothing: the server is about to say so.
  if (holdIsOver(conversation, now)) return null;
  if (conversation.needsLook) return <Tag tone="bad">{t("state.needsLook")}</Tag>;
  const reply = replyAt(conversation.reply, now);
  if (reply.state === "blocked") return <Tag>{t("state.blocked")}</Tag>;
  if (reply.state === "closed") return <Tag>{t("state.closed")}</Tag>;
  const label = t(reply.state === "open" ? "window.open" : "window.humanAgent", {
    left: timeLeft(reply.left ?? 0, locale),
  });
  return (
    <span title={label} className={classes.ringBox}>
      <WindowRing
        part={reply.part}
        tone={reply.endingSoon || reply.state === "human_agent" ? "warn" : "accent"}
        label={label}
      />
    </span>
  );
}
