import type { Comment } from "@firstline/contracts";
import { Button, Loader } from "@mantine/core";
import { IconCheck, IconLock, IconSend2 } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNow } from "../lib/clock.ts";
import { useChannels, useMe } from "../lib/session.ts";
import { nearTime } from "../lib/time.ts";
import { Ago } from "./Ago.tsx";
import { useFaultWords } from "./faultWords.ts";
import { PrivateReplyBox } from "./PrivateReplyBox.tsx";
import classes from "./privateReply.module.css";

interface Props {
  comment: Comment;
  /** The conversation that is on the screen already: no link leads there. */
  within?: string;
}

/** What has become of the one private message Meta allows for a comment, and the field to write it. */
export function PrivateReply({ comment, within }: Props) {
  const { t, i18n } = useTranslation("comments");
  const { may } = useMe();
  const { byId } = useChannels();
  const words = useFaultWords();
  const now = useNow(30_000);
  const id = useId();
  const [writing, setWriting] = useState(false);
  const { privateReply: reply } = comment;
  const platform = byId(comment.channelId)?.platform ?? "messenger";
  const until = reply.until ? Date.parse(reply.until) : null;
  const over = reply.state === "possible" && until !== null && until <= now;
  const reason = reply.reason ?? (over ? { code: "private_reply_too_late", title: "", explain: "", fix: "" } : null);
  const told = reason ? words(reason.code, reason) : null;
  const link =
    reply.conversationId && reply.conversationId !== within ? (
      <Link
        to="/inbox/$conversationId"
        params={{ conversationId: reply.conversationId }}
        className={classes.link}
        data-testid="private-reply-conversation"
      >
        {t("private.open")}
        <span className="sr-only">: {comment.author.name}</span>
      </Link>
    ) : null;
  // The Page's own comments are nobody's to be answered.
  if (comment.byPage) return null;
  return (
    <div className={classes.reply} data-testid="private-reply" data-state={over ? "impossible" : reply.state}>
      {reply.state === "sending" ? (
        <p className={classes.line} role="status">
          <span className={classes.said}>
            <Loader size={13} aria-hidden />
            {t("private.sending")}
          </span>
          {link}
        </p>
      ) : reply.state === "replied" ? (
        <>
          <p className={classes.line} data-tone="good">
            <span className={classes.said}>
              <IconCheck size={15} stroke={2} aria-hidden />
              <span>
                {t(reply.ours ? "private.replied" : `private.elsewhere.${platform}`)}
                {reply.at ? (
                  <>
                    {" · "}
                    <Ago at={reply.at} />
                  </>
                ) : null}
              </span>
            </span>
            {link}
          </p>
          {told && !reply.ours ? <p className={classes.why}>{told.explain}</p> : null}
        </>
      ) : reply.state === "impossible" || over ? (
        <details className={classes.impossible}>
          <summary>
            <IconLock size={14} stroke={1.8} aria-hidden />
            {told?.title || t("private.impossible")}
          </summary>
          {told ? (
            <p data-testid="private-reply-reason">{t("common:sentences", { first: told.explain, second: told.fix })}</p>
          ) : null}
        </details>
      ) : (
        <>
          {reply.messageId ? (
            <p className={classes.line} data-tone="warn">
              {t("private.failedBefore")} {link}
            </p>
          ) : null}
          {may("conversations:write") ? (
            <div className={classes.line}>
              <Button
                size="compact-sm"
                variant="light"
                leftSection={<IconSend2 size={14} stroke={1.8} aria-hidden />}
                aria-expanded={writing}
                aria-controls={id}
                onClick={() => setWriting(!writing)}
                data-testid="private-reply-open"
              >
                {t("private.write")}
                <span className="sr-only">: {comment.author.name}</span>
              </Button>
              {reply.until ? (
                <span className={classes.until}>
                  {t("private.until", { time: nearTime(reply.until, now, i18n.language) })}
                </span>
              ) : null}
            </div>
          ) : null}
          <div id={id} hidden={!writing}>
            {writing ? (
              <PrivateReplyBox comment={comment} platform={platform} onClose={() => setWriting(false)} />
            ) : null}
          </div>
        </>
      )}
    </div>
  );
}
