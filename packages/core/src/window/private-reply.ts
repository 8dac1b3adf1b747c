import type { FaultCode } from "../faults/index.ts";
import { WAYS } from "../ways/index.ts";
import type { CommentFacts } from "./reply-facts.ts";

/** Until when a comment may be answered privately (ms): seven days (Send messages, 2026-05-05; Instagram, 2026-07-02). */
export const privateReplyEnd = (commentAt: number): number => commentAt + WAYS.private_reply.lastsMs;

/** Why a comment cannot be answered privately, whatever the channel's state; null: it can. */
export function privateReplyRefusal(comment: CommentFacts, now: number): FaultCode | null {
  if (comment.replied) return "private_reply_used";
  if (comment.refusal !== null) return comment.refusal;
  if (comment.removed || comment.byPage) return "private_reply_comment_gone";
  return now >= privateReplyEnd(comment.at) ? "private_reply_too_late" : null;
}
