import type { Message } from "@firstline/contracts";
import { ActionIcon, Tooltip } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useLater } from "../../lib/later.ts";
import classes from "./bubble.module.css";
import { CardSkeleton } from "./CardSkeleton.tsx";
import { Content, isHeart } from "./Content.tsx";
import { useThreadActions } from "./context.ts";
import { Media } from "./Media.tsx";
import { Quote } from "./Quote.tsx";
import { ReactButton } from "./ReactButton.tsx";
import { isTrouble } from "./remedy.ts";
import { StoryLine } from "./StoryLine.tsx";
import { Traces } from "./Traces.tsx";
import { useCards } from "./useCards.ts";

/** One message as it was written, with what happened to it since. `next`: the bubble below it under the same name. */
export function Bubble({ message, first, next }: { message: Message; first: boolean; next: Message | undefined }) {
  const { t } = useTranslation("thread");
  const { onReply } = useThreadActions();
  const { direction, kind, attachments, details } = message;
  const tone = direction === "inbound" ? "in" : message.source.kind === "agent" ? "mine" : "other";
  const gone = message.deletedAt !== null || kind === "deleted";
  const trouble = direction === "outbound" && isTrouble(message);
  // Meta does not know an id that was derived here, as it gave none.
  const canReply =
    onReply !== null && !gone && message.externalId !== null && !message.externalId.startsWith("derived:");
  return (
    <article
      className={classes.bubbleLine}
      data-testid="message"
      data-direction={direction}
      data-state={message.state}
      data-kind={kind}
      data-message-id={message.id}
      data-mid={message.externalId ?? undefined}
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
              {kind === "story" ? <StoryLine message={message} /> : null}
              {attachments.length > 0 && !isHeart(message) ? (
                <div className={classes.files}>
                  <Media message={message} tone={tone} />
                </div>
              ) : null}
              {details.length > 0 && kind !== "template" ? <Card message={message} /> : null}
              <Content message={message} tone={tone} first={first} last={!next} />
            </>
          )}
          {message.reactions.length > 0 && !gone ? <Reactions message={message} /> : null}
        </div>
        {canReply && direction === "inbound" ? (
          <ReactButton message={message} onReply={() => onReply(message)} />
        ) : null}
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
      <Traces message={message} gone={gone} alone={!next?.recovered} />
      {trouble ? <Trouble message={message} /> : null}
    </article>
  );
}

/** Few replies are in trouble: what stands under them comes with the first that is. */
const loadDelivery = () => import("./DeliveryCard.tsx");

function Trouble({ message }: { message: Message }) {
  const part = useLater(loadDelivery, true);
  return part ? <part.DeliveryCard message={message} /> : null;
}

function Card({ message }: { message: Message }) {
  const cards = useCards();
  return cards ? <cards.DetailsCard message={message} /> : <CardSkeleton />;
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
