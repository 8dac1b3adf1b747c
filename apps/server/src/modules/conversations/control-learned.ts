import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Tx } from "../../platform/db/pool.ts";
import { type ControlNote, noteControl } from "./control-evidence.ts";
import { lockThreads } from "./lock.ts";

/**
 * Keeps what Meta just answered or we just did about who holds one thread. It is newer than everything told so far, whatever
 * the clocks say: ours may lag behind Meta's, and the newest evidence wins. Takes the lock of the thread, as `noteControl`.
 */
export async function learnControl(
  tx: Tx,
  deps: Pick<Deps, "clock" | "config" | "jobs">,
  learned: Pick<ControlNote, "workspaceId" | "channelId" | "contactExternalId" | "kind" | "holder"> & {
    until?: number | null;
  },
): Promise<void> {
  const { workspaceId, channelId, contactExternalId } = learned;
  await lockThreads(tx, [learned]);
  const { rows } = await sql<{ told: Date | null }>`
    select greatest(
      (select max(at) from control_evidence where workspace_id = ${workspaceId} and channel_id = ${channelId} and contact_external_id = ${contactExternalId}),
      (select v.primary_at from contact c join conversation v on v.workspace_id = c.workspace_id and v.channel_id = c.channel_id and v.contact_id = c.id
        where c.workspace_id = ${workspaceId} and c.channel_id = ${channelId} and c.external_id = ${contactExternalId})) as told`.execute(
    tx,
  );
  const told = rows[0]?.told?.getTime() ?? 0;
  const at = Math.max(deps.clock(), told + 1);
  await noteControl(tx, deps, [{ ...learned, at, previous: null, until: learned.until ?? null, metadata: null }]);
}
