import type { Activity } from "@firstline/contracts";
import { WAYS } from "@firstline/core/ways";
import { useQuery } from "@tanstack/react-query";
import { useNow } from "../../lib/clock.ts";
import { settingsTexts } from "../../lib/i18n.ts";
import { useLater } from "../../lib/later.ts";
import { commentQuery } from "../../lib/privateReplies.ts";
import { useThreadActions } from "./context.ts";
import classes from "./lines.module.css";

/** The words of comments are among those of the settings. */
const load = async () => (await Promise.all([import("../../ui/PrivateReply.tsx"), settingsTexts()]))[0];

/** Under the line that tells of a comment: its one private message, as long as Meta may take it. */
export function CommentReply({ activity }: { activity: Activity }) {
  const { conversation } = useThreadActions();
  const now = useNow(60_000);
  const externalId = typeof activity.data.commentId === "string" ? activity.data.commentId : null;
  const recent = now - Date.parse(activity.at) < WAYS.private_reply.lastsMs;
  const part = useLater(load, recent && externalId !== null);
  const { data: comment } = useQuery({
    ...commentQuery(conversation.channelId, externalId ?? ""),
    enabled: recent && externalId !== null,
  });
  if (!recent || !part || !comment) return null;
  return (
    <div className={classes.commentReply}>
      <part.PrivateReply comment={comment} within={conversation.id} />
    </div>
  );
}
