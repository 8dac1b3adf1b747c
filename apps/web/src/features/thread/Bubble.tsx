import type { Message } from "@firstline/contracts";
import { ActionIcon, Tooltip } from "@mantine/core";
import { IconArrowBackUp, IconHandClick, IconLink, IconPuzzle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMessageSummary } from "../../ui/messageSummary.ts";
import { useThreadActions } from "./context.ts";
import { DeliveryCard } from "./DeliveryCard.tsx";
import { Linked } from "./Linked.tsx";
import { Media } from "./Media.tsx";
import classes from "./thread.module.css";

const emojiOnly =
  /^(?:\p{Extended_Pictographic}(?:\uFE0F|\u200D\p{Extended_Pictographic}|\p{Emoji_Modifier})*\s?){1,3}$/u;

export function Bubble({ message, first, last }: { message: Message; first: boolean; last: boolean }) {
  const { t } = useTranslation("thread");
  const { onReply } = useThreadActions();
  const { direction, kind, text, attachments } = message;
  const tone = direction === "inbound" ? "in" : message.source.kind === "agent" ? "mine" : "other";
  const gone = message.deletedAt !== null || kind === "deleted";
  const bare = !gone && !message.replyTo && text !== null && attachments.length === 0 && emojiOnly.test(text.trim());
  const trouble =
    direction === "outbound" &&
    (message.state === "failed" || message.state === "held" || message.state === "uncertain");
  const canReply = onReply !== null && !gone && message.externalId !== null;
  return (
    <article
      className={classes.bubbleLine}
      data-testid="message"
      data-direction={direction}
      data-state={message.state}
      data-kind={kind}
      data-message-id={message.id}
      data-client-id={message.clientId ?? undefined}
    >
      <div className={classes.bubbleRow}>
        <div className={classes.stack}>
          {message.replyTo && !gone ? (
            <Quote text={message.replyTo.text} messageId={message.replyTo.messageId} />
          ) : null}
          {gone ? (
            <p className={classes.gone}>{direction === "inbound" ? t("unsent.customer") : t("unsent.us")}</p>
          ) : (
            <>
              {attachments.length > 0 ? <Media message={message} tone={tone} /> : null}
              <Content
                message={message}
                tone={tone}
                bare={bare}
                first={first}
                last={last}
                dim={message.state === "cancelled"}
              />
            </>
          )}
          {message.reactions.length > 0 && !gone ? <Reactions message={message} /> : null}
        </div>
        {canReply ? (
          <Tooltip label={t("reply")}>
            <ActionIcon
              className={classes.replyAction}
              size={28}
              aria-label={t("reply")}
              onClick={() => onReply(message)}
              data-testid="message-reply"
            >
              <IconArrowBackUp size={16} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        ) : null}
      </div>
      {message.editedAt && !gone ? <span className={classes.trace}>{t("edited")}</span> : null}
      {message.recovered ? <span className={classes.trace}>{t("recoveredMark")}</span> : null}
      {message.incomplete && !gone ? <span className={classes.trace}>{t("incomplete")}</span> : null}
      {trouble ? <DeliveryCard message={message} /> : null}
    </article>
  );
}

function Content(props: {
  message: Message;
  tone: string;
  bare: boolean;
  first: boolean;
  last: boolean;
  dim: boolean;
}) {
  const { t } = useTranslation("thread");
  const summary = useMessageSummary();
  const { message, tone } = props;
  const { kind, text } = message;
  if (text && props.bare) return <p className={classes.bare}>{text}</p>;
  const shape = {
    className: classes.bubble,
    "data-tone": tone,
    "data-first": props.first || undefined,
    "data-last": props.last || undefined,
    "data-dim": props.dim || undefined,
  };
  if (kind === "postback") {
    return (
      <p {...shape} data-kind="postback">
        <IconHandClick size={15} stroke={1.7} aria-label={t("tapped")} />
        <Linked text={text ?? message.payload ?? t("tapped")} />
      </p>
    );
  }
  if (kind === "referral") {
    return (
      <p {...shape} data-kind="postback">
        <IconLink size={15} stroke={1.7} aria-hidden />
        {text ?? summary(message)}
      </p>
    );
  }
  if (text) {
    return (
      <p {...shape}>
        <Linked text={text} />
      </p>
    );
  }
  if (message.attachments.length > 0) return null;
  return (
    <p {...shape} data-kind="unknown">
      <IconPuzzle size={15} stroke={1.7} aria-hidden />
      {kind === "unsupported" ? t("unsupported") : summary(message)}
    </p>
  );
}

function Quote({ text, messageId }: { text: string | null; messageId: string | null }) {
  const { t } = useTranslation("thread");
  const words = text ?? t("quotedGone");
  if (!messageId) return <span className={classes.quote}>{words}</span>;
  return (
    <button
      type="button"
      className={classes.quote}
      aria-label={t("showQuoted", { text: words })}
      onClick={() => {
        const original = document.querySelector(`[data-message-id="${messageId}"]`);
        original?.scrollIntoView({ block: "center", behavior: "smooth" });
        original?.animate?.([{ background: "var(--accent-soft)" }, { background: "transparent" }], {
          duration: 1400,
          easing: "ease-out",
        });
      }}
    >
      {words}
    </button>
  );
}

function Reactions({ message }: { message: Message }) {
  const { t } = useTranslation("thread");
  return (
    <span className={classes.reactions}>
      {message.reactions.map((reaction) => (
        <span
          key={reaction.by}
          role="img"
          aria-label={t(`reacted.${reaction.by}`, { emoji: reaction.emoji })}
          title={t(`reacted.${reaction.by}`, { emoji: reaction.emoji })}
        >
          {reaction.emoji}
        </span>
      ))}
    </span>
  );
}
