import type { Attachment } from "@firstline/contracts";
import { useTranslation } from "react-i18next";

/** Names of Meta's that say more than our kind does. */
const TYPES: Readonly<Record<string, string>> = {
  reel: "reel",
  ig_reel: "reel",
  post: "post",
  ig_post: "igPost",
  story: "story",
  ig_story: "story",
  story_mention: "story",
  story_reply: "story",
  location: "location",
};

/** What an attachment is, in a word or two. */
export function useThingName(): (attachment: Pick<Attachment, "kind" | "type">) => string {
  const { t } = useTranslation("thread");
  return ({ kind, type }) => {
    const known = type && Object.hasOwn(TYPES, type) ? TYPES[type] : null;
    return known ? t(`attachmentType.${known}`) : t(`attachment.${kind}`);
  };
}
