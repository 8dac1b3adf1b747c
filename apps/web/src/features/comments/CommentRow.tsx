import type { Comment } from "@firstline/contracts";
import { Button } from "@mantine/core";
import { IconCornerDownRight, IconExternalLink, IconMessage } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useChannels } from "../../lib/session.ts";
import { dateTime } from "../../lib/time.ts";
import { Ago } from "../../ui/Ago.tsx";
import { Avatar } from "../../ui/Avatar.tsx";
import { PrivateReply } from "../../ui/PrivateReply.tsx";
import { Tag } from "../../ui/Tag.tsx";
import classes from "./comments.module.css";
import { commentAddress } from "./postAddress.ts";

interface Props {
  comment: Comment;
  onOpenAuthor: () => void;
  opening: boolean;
}

/** One comment: who, where, what; edited and removed ones say so. */
export function CommentRow({ comment, onOpenAuthor, opening }: Props) {
  const { t, i18n } = useTranslation("comments");
  const { byId } = useChannels();
  const channel = byId(comment.channelId);
  const { author } = comment;
  const name = comment.byPage ? (channel?.name ?? author.name) : author.name;
  const address = channel ? commentAddress(comment, channel.platform) : null;
  return (
    <li
      className={classes.comment}
      data-removed={comment.removedAt !== null || undefined}
      data-testid="comment-row"
      data-comment-id={comment.externalId}
    >
      <Avatar
        name={name ?? "?"}
        seed={author.contactId ?? author.externalId ?? comment.id}
        pictureUrl={comment.byPage ? channel?.pictureUrl : null}
        platform={channel?.platform}
        unnamed={name === null}
        size={36}
      />
      <div className={classes.words}>
        <div className={classes.head}>
          <b>{name ?? t("someone")}</b>
          {comment.byPage ? <Tag tone="accent">{t("byPage")}</Tag> : null}
          {comment.parentId ? (
            <span className={classes.reply}>
              <IconCornerDownRight size={14} stroke={1.7} aria-hidden />
              {t("reply")}
            </span>
          ) : null}
          {comment.removedAt ? (
            <Tag tone="bad" title={dateTime(comment.removedAt, i18n.language)}>
              {t("removed")}
            </Tag>
          ) : comment.editedAt ? (
            <Tag title={dateTime(comment.editedAt, i18n.language)}>{t("edited")}</Tag>
          ) : null}
          <span className={classes.when}>
            <Ago at={comment.at} />
          </span>
        </div>
        {comment.text ? <p className={classes.text}>{comment.text}</p> : <p className={classes.soft}>{t("noText")}</p>}
        <div className={classes.foot}>
          <span>{channel?.name ?? t("goneChannel")}</span>
          {address ? (
            <a href={address} target="_blank" rel="noreferrer">
              {t("post")}
              <IconExternalLink size={13} stroke={1.8} aria-hidden />
            </a>
          ) : comment.postId ? (
            <span>
              {t("postId")} <code>{comment.postId}</code>
            </span>
          ) : null}
          {author.contactId && !comment.byPage ? (
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<IconMessage size={14} stroke={1.7} />}
              loading={opening}
              onClick={onOpenAuthor}
              data-testid="comment-conversation"
            >
              {t("conversation")}
              <span className="sr-only">: {name}</span>
            </Button>
          ) : null}
        </div>
        <PrivateReply comment={comment} />
      </div>
    </li>
  );
}
