import type { Message } from "@firstline/contracts";
import { IconCircleDashed } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./bubble.module.css";

/** What a message has to do with a story: it answers one of ours, or its author mentions us in theirs. */
export function StoryLine({ message }: { message: Message }) {
  const { t } = useTranslation("thread");
  const reply =
    message.attachments.some(({ type }) => type === "story_reply") ||
    (message.text !== null && !message.attachments.some(({ type }) => type === "story_mention"));
  return (
    <span className={classes.story} data-testid="story" data-story={reply ? "reply" : "mention"}>
      <IconCircleDashed size={14} stroke={1.8} aria-hidden />
      {reply ? t("story.reply") : t("story.mention")}
    </span>
  );
}
