import { currentWay, decideReply, isHeldReason } from "@firstline/core";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Tx } from "../../platform/db/pool.ts";
import type { Actor } from "../../platform/http/actor.ts";
import { ApiError, notFound } from "../../platform/http/problems.ts";
import { writeEvents } from "../../platform/outbox/index.ts";
import type { ChannelsModule } from "../channels/index.ts";
import {
  type ConversationRow,
  conversationsById,
  lockThreads,
  obtainControl,
  replyFacts,
} from "../conversations/index.ts";
import { afresh, type ChangedMessage, lockMessage, refreshTrouble, tellChanged } from "./change.ts";

/** A request for a thread that has not been granted after an hour will not be: the inbox and Meta's AI never answer one. */
const LONGEST_WAIT_MS = 60 * 60_000;

/**
 * Sends a reply again that was refused because somebody else holds its thread (10/2018300; Instagram 100/2534037): the thread is
 * taken, or asked for where Meta does not let it be taken. It goes out once the thread is ours, and not again by itself.
 * @throws ApiError 409 when it did not fail for that, when its window is closed, or when Meta refuses both; 502 when it cannot be asked
 */
export async function resendWhenOurs(
  deps: Deps,
  channels: ChannelsModule,
  actor: Actor,
  conversationId: string,
  id: string,
): Promise<void> {
  const { workspaceId } = actor;
  const look = (tx: Tx) => lockMessage(tx, workspaceId, conversationId, id);
  const message = await deps.db.transaction().execute(look);
  if (isOnItsWay(message)) return;
  const [before] = await conversationsById(deps.db, workspaceId, [conversationId]);
  if (!before) throw notFound("conversation");
  const until = lastChance(deps, before, message.way);
  if (isHeld(before, deps.clock())) await obtainControl(deps, channels, actor, before);
  await deps.db.transaction().execute(async (tx) => {
    await lockThreads(tx, [{ channelId: before.channel_id, contactExternalId: before.contact_external_id }]);
    if (isOnItsWay(await look(tx))) return;
    const [conversation] = await conversationsById(tx, workspaceId, [conversationId]);
    const now = new Date(deps.clock());
    const waits = isHeld(conversation!, deps.clock());
    await sql`
      update message set ${waits ? sql`state = 'held', attempts = 0, next_attempt_at = ${new Date(until)}` : sql`${afresh}, state = 'queued', next_attempt_at = null`},
        after_control = ${now}, sent_at = ${now}
      where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
    await tellChanged(tx, workspaceId, conversationId, id);
  });
}

/** Whether it is already done what is asked for. @throws ApiError 409 */
function isOnItsWay(m: ChangedMessage): boolean {
  const waits = m.state === "held" && m.after_control !== null;
  if (waits || m.state === "queued" || m.state === "sending") return true;
  if (m.state === "failed" && m.client_id !== null && isHeldReason(m.failure?.fault ?? "")) return false;
  throw new ApiError(409, "conflict", {
    en: "Only a message that failed because somebody else holds the conversation can wait for it.",
    "zh-TW": "只有因對話由其他一方持有而失敗的訊息，才能等候交回。",
  });
}

/** A hold whose time is over is none. */
const isHeld = ({ held_by: held }: ConversationRow, now: number) =>
  held !== null && (held.until === null || Date.parse(held.until) > now);

/** Until when it can be sent if the thread is ours, at most an hour from now. @throws ApiError 409 when it cannot */
function lastChance(deps: Deps, conversation: ConversationRow, sentAs: string | null): number {
  const now = deps.clock();
  const decision = decideReply({ ...replyFacts(conversation, deps.config.meta, "person"), heldBy: null }, now);
  const way = currentWay(decision, now);
  // A template knows no window.
  const timeless = sentAs === "utility_template";
  if (decision.state === "blocked" || (way === null && !timeless))
    throw new ApiError(409, decision.reasons[0] ?? "window_closed");
  return Math.min(
    now + LONGEST_WAIT_MS,
    timeless ? Number.POSITIVE_INFINITY : (decision.until ?? Number.POSITIVE_INFINITY),
  );
}

/**
 * Replies that wait for their thread: those whose thread nobody else holds any more go to their lane, once; those that waited too
 * long have failed. Under the thread's lock, where it is decided who holds it.
 */
export async function endControlWaits(deps: Pick<Deps, "db" | "clock">): Promise<void> {
  const now = new Date(deps.clock());
  const ours = sql`(v.held_by is null or (v.held_by->>'until')::timestamptz <= ${now})`;
  const waiting = sql`m.state = 'held' and m.after_control is not null`;
  const { rows } = await sql<{
    workspaceId: string;
    conversationId: string;
    channelId: string;
    contactExternalId: string;
  }>`
    select distinct v.workspace_id as "workspaceId", v.id as "conversationId", v.channel_id as "channelId", c.external_id as "contactExternalId"
    from message m join conversation v on v.workspace_id = m.workspace_id and v.id = m.conversation_id
    join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id
    where ${waiting} and (${ours} or m.next_attempt_at <= ${now})`.execute(deps.db);
  const failure = { fault: "control_request_unanswered", code: null, subcode: null, traceId: null, raw: null };
  for (const thread of rows)
    await deps.db.transaction().execute(async (tx) => {
      const { workspaceId, conversationId } = thread;
      await lockThreads(tx, [thread]);
      const changed = await sql<{ id: string }>`
        update message m set state = case when ${ours} then 'queued' else 'failed' end, failure = case when ${ours} then null else ${JSON.stringify(failure)}::jsonb end,
          next_attempt_at = null
        from conversation v
        where m.workspace_id = ${workspaceId} and m.conversation_id = ${conversationId} and ${waiting} and v.workspace_id = m.workspace_id and v.id = m.conversation_id
          and (${ours} or m.next_attempt_at <= ${now}) returning m.id`.execute(tx);
      if (changed.rows.length === 0) return;
      await refreshTrouble(tx, workspaceId, conversationId);
      await writeEvents(
        tx,
        changed.rows.map(({ id }) => ({
          workspaceId,
          type: "message.updated" as const,
          conversationId,
          subjectId: id,
        })),
      );
    });
}
