import type { Message } from "@firstline/contracts";
import { IconHandClick, IconLink, IconPuzzle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMessageSummary } from "../../ui/messageSummary.ts";
import classes from "./bubble.module.css";
import { Linked } from "./Linked.tsx";

const emojiOnly =
  /^(?:\p{Extended_Pictographic}(?:\uFE0F|\u200D\p{Extended_Pictographic}|\p{Emoji_Modifier})*\s?){1,3}$/u;

/** Instagram's heart: a sticker without a picture of its own. One sent from here says so itself, before the server does. */
export const isHeart = ({ kind, text, attachments, direction, incomplete }: Message): boolean =>
  kind === "sticker" &&
  !text &&
  attachments.every(({ type }) => type === "like_heart") &&
  (attachments.length > 0 || (direction === "outbound" && !incomplete));

/** What a message says in words, or that Meta did not pass on what it holds. Files and cards stand above it. */
export function Content(props: { message: Message; tone: string; first: boolean; last: boolean }) {
  const { t } = useTranslation("thread");
  const summary = useMessageSummary();
  const { message } = props;
  const { kind, text, attachments, details } = message;
  const alone = attachments.length === 0 && details.length === 0;
  if (text && alone && !message.replyTo && kind === "text" && emojiOnly.test(text.trim()))
    return <p className={classes.bare}>{text}</p>;
  if (isHeart(message))
    return (
      <p
        className={classes.bare}
        role="img"
        aria-label={t("heart")}
        data-dim={message.state === "cancelled" || undefined}
      >
        ❤️
      </p>
    );
  const shape = {
    className: classes.bubble,
    "data-tone": props.tone,
    "data-first": props.first || undefined,
    "data-last": props.last || undefined,
    "data-dim": message.state === "cancelled" || undefined,
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
  if (!alone) return null;
  return (
    <p {...shape} data-kind="unknown" data-testid="placeholder">
      <IconPuzzle size={15} stroke={1.7} aria-hidden />
      {kind === "unsupported" || message.incomplete ? t("placeholder.empty") : summary(message)}
    </p>
  );
}
