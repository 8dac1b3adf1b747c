import type { Message } from "@firstline/contracts";
import { IconHandClick, IconHistory, IconMessageReply, IconTemplate } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { clockTime, fullTime } from "../../lib/time.ts";
import classes from "./bubble.module.css";

/**
 * What happened to a message beside being written: one quiet mark each, in words. `alone`: the bubble below says nothing of the
 * kind, so this one speaks for those above it that were recovered with it.
 */
export function Traces({ message, gone, alone }: { message: Message; gone: boolean; alone: boolean }) {
  const { t, i18n } = useTranslation("thread");
  const { kind, payload, details, editedAt } = message;
  // The placeholder says the same with its reason.
  const missing = message.incomplete && (message.text !== null || message.attachments.length > 0 || details.length > 0);
  const tapped = !gone && payload !== null && (kind === "text" || (kind === "postback" && payload !== message.text));
  return (
    <>
      {message.template && !gone ? (
        <span className={classes.trace} title={message.template.language} data-testid="template-mark">
          <IconTemplate size={13} stroke={1.7} aria-hidden />
          {t("templateMark", { name: message.template.name })}
        </span>
      ) : null}
      {message.way === "private_reply" ? (
        <span className={classes.trace} data-testid="private-reply-mark">
          <IconMessageReply size={13} stroke={1.7} aria-hidden />
          {t("privateReplyMark")}
        </span>
      ) : null}
      {tapped ? (
        <span className={classes.trace} data-testid="payload">
          {kind === "text" ? <IconHandClick size={13} stroke={1.7} aria-label={t("tappedAnswer")} /> : null}
          <code>{payload}</code>
        </span>
      ) : null}
      {editedAt && !gone ? (
        <span className={classes.trace} title={fullTime(editedAt, i18n.language)} data-testid="edited">
          {t("edited", { time: clockTime(editedAt, i18n.language) })}
        </span>
      ) : null}
      {message.recovered && alone ? (
        <span
          className={classes.trace}
          title={t("recovered.why", { time: fullTime(message.arrivedAt, i18n.language) })}
          data-testid="recovered-mark"
        >
          <IconHistory size={13} stroke={1.7} aria-hidden />
          {t("recovered.mark", { time: clockTime(message.arrivedAt, i18n.language) })}
        </span>
      ) : null}
      {missing && !gone ? (
        <span className={classes.trace} data-testid="incomplete">
          {t("incomplete")}
        </span>
      ) : null}
    </>
  );
}
