import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Q } from "../../platform/db/pool.ts";

/** Recognises a person again whose id is not kept. */
export const personMark = (workspaceId: string, channelId: string, externalId: string): Buffer =>
  createHash("sha256").update(`${workspaceId}|${channelId}|${externalId}`).digest();

/** When the person was last deleted from this channel, ms; null: never. What Meta's record has from before stays away. */
export async function erasedAt(
  q: Q,
  workspaceId: string,
  channelId: string,
  externalId: string,
): Promise<number | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select max(asked_at) as at from erasure
    where workspace_id = ${workspaceId} and person @> array[${personMark(workspaceId, channelId, externalId)}::bytea]`.execute(
    q,
  );
  return rows[0]?.at?.getTime() ?? null;
}
