import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../platform/db/pool.ts";

export interface ErasedMessages {
  count: number;
  /** Keys of their files, for whoever removes the files once this is committed. */
  files: string[];
  /** Those on their way to Meta: what comes of them is written a moment later. */
  sending: string[];
}

/**
 * Deletes messages with everything that hangs on them: files, attempts, reactions, words in the search index, events. `which` is a
 * condition over `message m`. The thread must be locked.
 */
export async function eraseMessages(tx: Tx, workspaceId: string, which: RawBuilder<unknown>): Promise<ErasedMessages> {
  const { rows } = await sql<{ id: string; channel_id: string; external_id: string | null; state: string }>`
    select m.id, m.channel_id, m.external_id, m.state from message m where m.workspace_id = ${workspaceId} and ${which}`.execute(
    tx,
  );
  const ids = rows.map((r) => r.id);
  const files = await eraseFiles(tx, workspaceId, sql`a.message_id = any(${ids}::uuid[])`);
  await sql`delete from send_attempt where workspace_id = ${workspaceId} and message_id = any(${ids}::uuid[])`.execute(
    tx,
  );
  await sql`
    delete from message_effect e using json_to_recordset(${JSON.stringify(rows)}::json) as i(channel_id uuid, external_id text)
    where e.workspace_id = ${workspaceId} and e.channel_id = i.channel_id and e.external_id = i.external_id`.execute(
    tx,
  );
  await sql`
    delete from search_entry s using message m
    where m.workspace_id = ${workspaceId} and m.id = any(${ids}::uuid[]) and s.workspace_id = m.workspace_id and s.conversation_id = m.conversation_id and s.id = m.id`.execute(
    tx,
  );
  await sql`delete from event where workspace_id = ${workspaceId} and subject_id = any(${ids}::uuid[])`.execute(tx);
  await sql`delete from message where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])`.execute(tx);
  return { count: ids.length, files, sending: rows.filter((r) => r.state === "sending").map((r) => r.id) };
}

/** Deletes rows of files (`which`: over `attachment a`) and Meta's ids of those nobody else sent. Gives the keys of their bytes. */
export async function eraseFiles(tx: Tx, workspaceId: string, which: RawBuilder<unknown>): Promise<string[]> {
  const { rows } = await sql<{ id: string; key: string | null; sha256: Buffer | null }>`
    delete from attachment a where a.workspace_id = ${workspaceId} and ${which} returning a.id, a.blob_key as key, a.sha256`.execute(
    tx,
  );
  const contents = rows.flatMap((r) => r.sha256 ?? []);
  await sql`
    delete from uploaded_file u where u.workspace_id = ${workspaceId} and u.sha256 = any(${contents}::bytea[])
      and not exists (select from attachment a where a.workspace_id = u.workspace_id and a.sha256 = u.sha256)`.execute(
    tx,
  );
  return rows.flatMap((r) => [r.key ?? [], `${workspaceId}/media/${r.id}`, `${workspaceId}/uploads/${r.id}`].flat());
}
