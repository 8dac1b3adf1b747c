import { DAY_MS } from "@firstline/core";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Q } from "../../platform/db/pool.ts";
import { ApiError } from "../../platform/http/problems.ts";
import { writeEvents } from "../../platform/outbox/index.ts";

/** From being asked to being done. Until then the history can be kept after all. */
export const HISTORY_DELETED_AFTER_MS = 30 * DAY_MS;

/** Schedules the deletion of a disconnected channel with its history; asked again, the first date stays. @throws ApiError 409 */
export async function scheduleDeletion(
  q: Q,
  deps: Pick<Deps, "clock">,
  workspaceId: string,
  channelId: string,
  memberId: string | null,
): Promise<void> {
  const { rows } = await sql`
    update channel set history_deleted_at = coalesce(history_deleted_at, ${new Date(deps.clock() + HISTORY_DELETED_AFTER_MS)}),
      history_deleted_by = case when history_deleted_at is null then ${memberId}::uuid else history_deleted_by end
    where workspace_id = ${workspaceId} and id = ${channelId} and state = 'disconnected' returning id`.execute(q);
  if (rows.length === 0)
    throw new ApiError(409, "conflict", {
      en: "Only the history of a disconnected channel can be deleted. Disconnect it first.",
      "zh-TW": "只能刪除已中斷連結的管道紀錄，請先中斷連結。",
    });
  await tell(q, workspaceId, channelId);
}

/** Keeps the history after all. */
export async function keepHistory(q: Q, workspaceId: string, channelId: string): Promise<void> {
  const { rows } = await sql`
    update channel set history_deleted_at = null, history_deleted_by = null
    where workspace_id = ${workspaceId} and id = ${channelId} and history_deleted_at is not null returning id`.execute(
    q,
  );
  if (rows.length > 0) await tell(q, workspaceId, channelId);
}

const tell = (q: Q, workspaceId: string, channelId: string) =>
  writeEvents(q, [{ workspaceId, type: "channel.updated", conversationId: null, subjectId: channelId }]);
