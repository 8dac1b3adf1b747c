import type { UpdateConversation } from "@firstline/contracts";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Tx } from "../../platform/db/pool.ts";
import type { Actor } from "../../platform/http/actor.ts";
import { ApiError, notFound } from "../../platform/http/problems.ts";
import { writeEvents } from "../../platform/outbox/index.ts";

export interface NewActivity {
  workspaceId: string;
  conversationId: string;
  kind: "note" | "assigned" | "unassigned" | "resolved" | "reopened" | "window_corrected" | "control_requested";
  memberId: string | null;
  targetMemberId?: string | null;
  text?: string | null;
}

/** Writes a note or a quiet system line, with its event. Gives its id. */
export async function addActivity(tx: Tx, a: NewActivity): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into activity (workspace_id, conversation_id, kind, at, member_id, target_member_id, text)
    values (${a.workspaceId}, ${a.conversationId}, ${a.kind}, date_trunc('milliseconds', clock_timestamp()), ${a.memberId}, ${a.targetMemberId ?? null}, ${a.text ?? null}) returning id`.execute(
    tx,
  );
  const id = rows[0]!.id;
  await writeEvents(tx, [
    { workspaceId: a.workspaceId, type: "activity.created", conversationId: a.conversationId, subjectId: id },
  ]);
  return id;
}

/** Assigns, resolves, reopens. What does not change anything leaves no trace. */
export async function changeConversation(
  deps: Deps,
  actor: Actor,
  id: string,
  change: UpdateConversation,
  memberExists: (id: string) => Promise<boolean>,
): Promise<void> {
  if (change.assigneeId && !(await memberExists(change.assigneeId)))
    throw new ApiError(422, "invalid_request", {
      en: "The assignee is no active member of this workspace.",
      "zh-TW": "指派的對象不是這個工作區的有效成員。",
    });
  await deps.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{
      status: string;
      assignee_id: string | null;
    }>`select status, assignee_id from conversation where workspace_id = ${actor.workspaceId} and id = ${id} for update`.execute(
      tx,
    );
    const before = rows[0];
    if (!before) throw notFound("conversation");
    const base = { workspaceId: actor.workspaceId, conversationId: id, memberId: actor.member?.id ?? null };
    let changed = false;
    if (change.assigneeId !== undefined && change.assigneeId !== before.assignee_id) {
      await sql`update conversation set assignee_id = ${change.assigneeId} where workspace_id = ${actor.workspaceId} and id = ${id}`.execute(
        tx,
      );
      await addActivity(tx, {
        ...base,
        kind: change.assigneeId ? "assigned" : "unassigned",
        targetMemberId: change.assigneeId ?? before.assignee_id,
      });
      changed = true;
    }
    if (change.status && change.status !== before.status) {
      const resolved = change.status === "resolved";
      await sql`update conversation set status = ${change.status}, resolved_at = ${resolved ? sql`now()` : null}, unread_count = ${resolved ? sql`0` : sql`unread_count`} where workspace_id = ${actor.workspaceId} and id = ${id}`.execute(
        tx,
      );
      await addActivity(tx, { ...base, kind: resolved ? "resolved" : "reopened" });
      changed = true;
    }
    if (changed)
      await writeEvents(tx, [
        { workspaceId: actor.workspaceId, type: "conversation.updated", conversationId: id, subjectId: id },
      ]);
  });
}

/** Sets the unread count to none, or to at least one. Gives whether anything was unread before. */
export async function markRead(deps: Deps, workspaceId: string, id: string, read: boolean): Promise<boolean> {
  return deps.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{
      unread_count: number;
    }>`select unread_count from conversation where workspace_id = ${workspaceId} and id = ${id} for update`.execute(tx);
    if (!rows[0]) throw notFound("conversation");
    const had = rows[0].unread_count;
    const now = read ? 0 : Math.max(1, had);
    if (now === had) return false;
    await sql`update conversation set unread_count = ${now} where workspace_id = ${workspaceId} and id = ${id}`.execute(
      tx,
    );
    await writeEvents(tx, [{ workspaceId, type: "conversation.updated", conversationId: id, subjectId: id }]);
    return had > 0;
  });
}
