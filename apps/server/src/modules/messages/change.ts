import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Tx } from "../../platform/db/pool.ts";
import { ApiError, notFound } from "../../platform/http/problems.ts";
import { writeEvents } from "../../platform/outbox/index.ts";
import { liftRestriction } from "../channels/index.ts";

/** From which states an agent may do what. An uncertain message is never sent again from here: the customer may have it. */
const ALLOWED = {
  resend: { from: ["failed"], to: "queued" },
  cancel: { from: ["queued", "held", "failed", "uncertain"], to: "cancelled" },
} as const;

/** Sends a failed reply again, or gives one up. @throws ApiError 409 when its state does not allow it. */
export async function changeMessage(
  deps: Deps,
  workspaceId: string,
  conversationId: string,
  id: string,
  action: keyof typeof ALLOWED,
): Promise<void> {
  const { from, to } = ALLOWED[action];
  await deps.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{
      state: string;
      client_id: string | null;
    }>`select state, client_id from message where workspace_id = ${workspaceId} and conversation_id = ${conversationId} and id = ${id} and direction = 'outbound' for update`.execute(
      tx,
    );
    const message = rows[0];
    if (!message) throw notFound("message");
    if (message.state === to) return;
    if (!message.client_id || !(from as readonly string[]).includes(message.state))
      throw new ApiError(
        409,
        "conflict",
        `A message that is ${message.state} cannot be ${action === "resend" ? "sent again" : "cancelled"}.`,
      );
    const again = action === "resend";
    await sql`
      update message set state = ${to}, next_attempt_at = null, attempts = ${again ? sql`0` : sql`attempts`}, failure = ${again ? null : sql`failure`}, sent_at = ${again ? new Date(deps.clock()) : sql`sent_at`}
      where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
    await refreshTrouble(tx, workspaceId, conversationId);
    await writeEvents(tx, [{ workspaceId, type: "message.updated", conversationId, subjectId: id }]);
    await sql`select pg_notify('firstline_send', '')`.execute(tx);
  });
}

async function refreshTrouble(
  tx: Parameters<typeof writeEvents>[0],
  workspaceId: string,
  conversationId: string,
): Promise<void> {
  await sql`
    update conversation v set trouble_count = (select count(*) from message m where m.workspace_id = v.workspace_id and m.conversation_id = v.id and m.state in ('held', 'uncertain', 'failed')),
      last_message_id = l.id, last_message_at = l.sent_at
    from (select id, sent_at from message where workspace_id = ${workspaceId} and conversation_id = ${conversationId} order by sent_at desc, id desc limit 1) l
    where v.workspace_id = ${workspaceId} and v.id = ${conversationId}`.execute(tx);
}

/**
 * Meta's restriction is over: in one step the channel can send and what is held goes before what is written from now on. Threads
 * are locked before their channel; what came between is released as forgotten.
 */
export async function releaseAfterRestriction(deps: Deps, workspaceId: string, channelId: string): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: string }>`
      select v.id from conversation v where v.workspace_id = ${workspaceId} and v.channel_id = ${channelId}
        and v.id in (select m.conversation_id from message m where m.workspace_id = ${workspaceId} and m.channel_id = ${channelId} and m.state = 'held' and m.after_control is null)
      order by v.id for update of v`.execute(tx);
    if (await liftRestriction(tx, deps, workspaceId, channelId))
      await releaseHeld(
        tx,
        workspaceId,
        channelId,
        rows.map((r) => r.id),
      );
  });
}

/** The channel can send again: replies written meanwhile go back to their lanes, in order, and are decided anew there (S3, S11). */
export async function releaseHeld(
  tx: Tx,
  workspaceId: string,
  channelId: string,
  conversationIds?: readonly string[],
): Promise<void> {
  const only = conversationIds ? sql`and conversation_id = any(${conversationIds}::uuid[])` : sql``;
  const { rows } = await sql<{ id: string; conversation_id: string }>`
    update message set state = 'queued', next_attempt_at = null, attempts = 0, failure = null where workspace_id = ${workspaceId} and channel_id = ${channelId} and state = 'held' and after_control is null ${only} returning id, conversation_id`.execute(
    tx,
  );
  for (const conversationId of new Set(rows.map((r) => r.conversation_id)))
    await refreshTrouble(tx, workspaceId, conversationId);
  await writeEvents(
    tx,
    rows.map((r) => ({
      workspaceId,
      type: "message.updated" as const,
      conversationId: r.conversation_id,
      subjectId: r.id,
    })),
  );
  await sql`select pg_notify('firstline_send', '')`.execute(tx);
}

/** Releases what is held although its channel can send: whoever should have done it died in between. */
export async function releaseForgotten(deps: Pick<Deps, "db">): Promise<void> {
  const { rows } = await sql<{ workspaceId: string; channelId: string }>`
    select distinct m.workspace_id as "workspaceId", m.channel_id as "channelId" from message m
    join channel c on c.workspace_id = m.workspace_id and c.id = m.channel_id and c.state in ('healthy', 'degraded')
    where m.state = 'held' and m.after_control is null`.execute(deps.db);
  for (const { workspaceId, channelId } of rows)
    await deps.db.transaction().execute((tx) => releaseHeld(tx, workspaceId, channelId));
}
