import {
  type CommentFacts,
  decidePrivateReply,
  decidePrivateReplyOutcome,
  type FaultCode,
  type PrivateReplyOutcome,
  type ReplyFacts,
  type SendAnswer,
} from "@firstline/core";
import { sql } from "kysely";
import type { OutgoingMessage } from "../../../adapters/channel.ts";
import type { Deps } from "../../../deps.ts";
import type { Q, Tx } from "../../../platform/db/pool.ts";
import { notePrivateReplies } from "../receive/statements/index.ts";
import { answersOf, commentById, commentFacts } from "./comment.ts";

interface Reply {
  workspace_id: string;
  id: string;
  comment_id: string | null;
}

/** The second decision, at the moment of sending. Null: the comment is gone from here. */
export async function decideReplyToComment(
  q: Q,
  m: Reply,
  facts: ReplyFacts,
  now: number,
): Promise<"private_reply" | { kind: "held" | "failed"; fault: FaultCode }> {
  const comment = await commentById(q, m.workspace_id, m.comment_id!);
  if (!comment) return { kind: "failed", fault: "private_reply_comment_gone" };
  const answered: CommentFacts = commentFacts(comment, m.id);
  const decision = decidePrivateReply({ ...facts, comment: answered }, now);
  if (decision.state === "open") return "private_reply";
  return { kind: decision.holds ? "held" : "failed", fault: decision.reason };
}

/** What Meta is told a message answers; none for an ordinary one. */
export async function answersFor(q: Q, m: Reply): Promise<Pick<OutgoingMessage, "answers">> {
  const comment = m.comment_id === null ? null : await commentById(q, m.workspace_id, m.comment_id);
  return comment ? { answers: answersOf(comment) } : {};
}

/** What became of the call; an earlier one may have been the one that Meta took. */
export async function outcomeOfPrivateReply(
  deps: Pick<Deps, "db" | "random">,
  m: Reply & { attempts: number },
  answer: SendAnswer,
): Promise<PrivateReplyOutcome> {
  const { rows } = await sql`
    select 1 from send_attempt where workspace_id = ${m.workspace_id} and message_id = ${m.id}
      and (outcome = 'uncertain' or outcome = 'retry' and http_status is not null) limit 1`.execute(deps.db);
  return decidePrivateReplyOutcome(answer, m.attempts, deps.random(), rows.length > 0);
}

/** A process died while its call was running: it goes again, for Meta takes one, and the attempt is remembered. */
export async function afterDeath(
  tx: Tx,
  deps: Pick<Deps, "clock" | "random">,
  m: Reply & { attempts: number },
): Promise<PrivateReplyOutcome> {
  await sql`
    insert into send_attempt (workspace_id, message_id, started_at, finished_at, outcome)
    select workspace_id, id, coalesce(called_at, sent_at), ${new Date(deps.clock())}, 'uncertain' from message
    where workspace_id = ${m.workspace_id} and id = ${m.id}`.execute(tx);
  return decidePrivateReplyOutcome({ kind: "no_answer" }, m.attempts, deps.random(), true);
}

/** Refusals after which this comment will never be answered. */
const FINAL: ReadonlySet<FaultCode> = new Set(["private_reply_too_late", "private_reply_comment_gone"]);

/** Writes on the comment what Meta said of it. `refused`: by Meta, not by a decision of ours. */
export async function noteOnComment(
  tx: Tx,
  deps: Pick<Deps, "clock">,
  m: Reply,
  outcome: PrivateReplyOutcome,
  refused: boolean,
): Promise<void> {
  if (m.comment_id === null) return;
  if (outcome.kind === "sent") return notePrivateReplies(tx, [m.id]);
  if (outcome.kind !== "failed" || !refused) return;
  const where = sql`workspace_id = ${m.workspace_id} and id = ${m.comment_id}`;
  // Meta allows one, and it was not ours: a colleague's at Facebook, or another app's.
  if (outcome.fault === "private_reply_used")
    await sql`update comment set replied_at = coalesce(replied_at, ${new Date(deps.clock())}), reply_message_id = null where ${where} and reply_message_id = ${m.id}`.execute(
      tx,
    );
  else if (FINAL.has(outcome.fault))
    await sql`update comment set reply_refusal = ${outcome.fault} where ${where} and replied_at is null`.execute(tx);
}
