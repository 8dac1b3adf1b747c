import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import { writeEvents } from "../../platform/outbox/index.ts";
import { LEASE_MS, type Sending } from "./claim.ts";

/**
 * Whoever sends a file has a message in `sending` for longer than one call: its files are uploaded first. Only then the call that
 * sends it begins, and only from then on its outcome can be unknown.
 */

type Deputies = Pick<Deps, "db" | "clock">;

/** Keeps a message whose files are still being uploaded. False: somebody else has it now, and nothing may be sent from here. */
export function keep(deps: Deputies, m: Sending): Promise<boolean> {
  return extend(deps, m, sql`called_at`);
}

/** The files are at Meta: the call begins, committed before it does. False as in {@link keep}. */
export function beginCall(deps: Deputies, m: Sending): Promise<boolean> {
  return extend(deps, m, sql`${new Date(deps.clock())}`);
}

async function extend(deps: Deputies, m: Sending, calledAt: ReturnType<typeof sql>): Promise<boolean> {
  // The number of attempts tells who took it last: taking it is what counts them.
  const { rows } = await sql`
    update message set called_at = ${calledAt}, next_attempt_at = ${new Date(deps.clock() + LEASE_MS)}
    where workspace_id = ${m.workspace_id} and id = ${m.id} and state = 'sending' and attempts = ${m.attempts} returning id`.execute(
    deps.db,
  );
  return rows.length > 0;
}

/** Back to their lanes: messages of a dead process that was still uploading their files, so that nothing of them was sent. */
export async function returnUncalled(deps: Deputies, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await deps.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ workspace_id: string; conversation_id: string; id: string }>`
      update message set state = 'queued', next_attempt_at = null
      where state = 'sending' and called_at is null and next_attempt_at < ${new Date(deps.clock())} and id = any(${ids}::uuid[])
      returning workspace_id, conversation_id, id`.execute(tx);
    await writeEvents(
      tx,
      rows.map((r) => ({
        workspaceId: r.workspace_id,
        type: "message.updated" as const,
        conversationId: r.conversation_id,
        subjectId: r.id,
      })),
    );
  });
}
