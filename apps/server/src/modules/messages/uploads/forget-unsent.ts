import { sql } from "kysely";
import type { Deps } from "../../../deps.ts";

/** A file chosen and not sent is kept so long: a draft may be finished the next morning. */
const KEPT_MS = 24 * 3_600_000;
const BATCH = 100;

/** So long Meta keeps an uploaded file (Saving assets, 2026-04-22). */
const AT_META_MS = 90 * 86_400_000;

/** Daily: files that were chosen and never sent go, the stored bytes before the row that knows where they lie. */
export function forgetFilesDaily(deps: Deps): void {
  deps.jobs.define("uploads.forget", { retryLimit: 2, schedule: "53 3 * * *" }, async () => {
    await forgetUnsent(deps);
    await forgetExpired(deps);
  });
}

/** Ids of files Meta has forgotten, and with them the names of those files. */
export async function forgetExpired(deps: Pick<Deps, "db" | "clock">): Promise<void> {
  await sql`delete from uploaded_file where uploaded_at < ${new Date(deps.clock() - AT_META_MS)}`.execute(deps.db);
}

/** What belongs to a message stays with it, whatever became of the message. Breaking off in between forgets nothing. */
export async function forgetUnsent(deps: Pick<Deps, "db" | "blobs" | "clock">): Promise<void> {
  const before = new Date(deps.clock() - KEPT_MS);
  for (;;) {
    const done = await deps.db.transaction().execute(async (tx) => {
      // Locked: whoever sends one of them at this moment finds it gone, or takes it first.
      const { rows } = await sql<{ workspace_id: string; id: string; key: string }>`
        select workspace_id, id, coalesce(blob_key, workspace_id || '/uploads/' || id) as key from attachment
        where message_id is null and created_at < ${before} order by created_at limit ${BATCH} for update skip locked`.execute(
        tx,
      );
      for (const { key } of rows) await deps.blobs.remove(key);
      await sql`
        delete from attachment a using json_to_recordset(${JSON.stringify(rows)}::json) as i(workspace_id uuid, id uuid)
        where a.workspace_id = i.workspace_id and a.id = i.id and a.message_id is null`.execute(tx);
      return rows.length;
    });
    if (done < BATCH) return;
  }
}
