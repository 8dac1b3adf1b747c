import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import { ApiError, notFound } from "../../platform/http/problems.ts";
import { writeEvents } from "../../platform/outbox/index.ts";

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

/** The channel can send again: replies written meanwhile go back to their lanes, in order, and are decided anew there (S3). */
export async function releaseHeld(deps: Deps, workspaceId: string, channelId: string): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: string; conversation_id: string }>`
      update message set state = 'queued', next_attempt_at = null, attempts = 0, failure = null where workspace_id = ${workspaceId} and channel_id = ${channelId} and state = 'held' returning id, conversation_id`.execute(
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
  });
}
