import type { Comment, Platform } from "@firstline/contracts";
import { measureText } from "@firstline/core/text";
import { Button } from "@mantine/core";
import { type KeyboardEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { privateDraftKey, usePrivateReply } from "../lib/privateReplies.ts";
import { read, useStored, write } from "../lib/storage.ts";
import { ProblemNotice } from "./ProblemNotice.tsx";
import classes from "./privateReply.module.css";

interface Props {
  comment: Comment;
  platform: Platform;
  onClose: () => void;
}

/** Where the private message is written. There is only one, so it says so, and its text must fit into it. */
export function PrivateReplyBox({ comment, platform, onClose }: Props) {
  const { t, i18n } = useTranslation("comments");
  const hint = useId();
  const key = privateDraftKey(comment.id);
  const [text, setText] = useState(() => read(key) ?? "");
  const [sendKey] = useStored("sendKey", "enter");
  const send = usePrivateReply(comment);
  const { length, limit, unit } = measureText(platform, text.trim());
  const tooLong = length > limit;
  const fit = text.trim() !== "" && !tooLong && !send.isPending;
  const number = new Intl.NumberFormat(i18n.language);

  const put = (next: string) => {
    setText(next);
    write(key, next.trim() ? next : null);
  };
  const press = () => {
    if (!fit) return;
    send.mutate(text.trim(), {
      onSuccess: () => {
        write(key, null);
        onClose();
      },
    });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      onClose();
      return;
    }
    if (event.key !== "Enter" || event.nativeEvent.isComposing || event.shiftKey || event.altKey) return;
    if (!(event.ctrlKey || event.metaKey || sendKey === "enter")) return;
    event.preventDefault();
    press();
  };

  return (
    <div className={classes.box} data-testid="private-reply-box">
      <textarea
        // biome-ignore lint/a11y/noAutofocus: the person has just asked for this field
        autoFocus
        rows={2}
        value={text}
        aria-label={t("private.label", { name: comment.author.name ?? t("someone") })}
        aria-describedby={hint}
        aria-invalid={tooLong || undefined}
        placeholder={t("private.placeholder", { name: comment.author.name ?? t("someone") })}
        onChange={(event) => put(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        data-quiet-focus
        data-testid="private-reply-input"
      />
      <div className={classes.bar}>
        <p id={hint} className={classes.hint}>
          {t("private.one")}
        </p>
        <span className={classes.counter} data-over={tooLong || undefined} data-testid="private-reply-counter">
          {t(`private.counter.${unit}`, { length: number.format(length), limit: number.format(limit) })}
        </span>
        <Button size="xs" variant="default" onClick={onClose}>
          {t("common:cancel")}
        </Button>
        <Button size="xs" disabled={!fit} loading={send.isPending} onClick={press} data-testid="private-reply-send">
          {t("private.send")}
        </Button>
      </div>
      <ProblemNotice error={send.error} />
    </div>
  );
}
