import { sql } from "kysely";
import type { Q } from "../../platform/db/pool.ts";

export interface TemplateRow {
  id: string;
  channel_id: string;
  external_id: string | null;
  name: string;
  language: string;
  components: unknown;
  status: string;
  rejected_reason: string | null;
  library_name: string | null;
  created_at: Date;
  status_at: Date;
  deleted_at: Date | null;
}

const COLUMNS = sql.raw(
  "id, channel_id, external_id, name, language, components, status, rejected_reason, library_name, created_at, status_at, deleted_at",
);

/** Those of one channel that are not deleted, newest first. */
export async function templatesOf(q: Q, workspaceId: string, channelId: string): Promise<TemplateRow[]> {
  const { rows } = await sql<TemplateRow>`
    select ${COLUMNS} from template where workspace_id = ${workspaceId} and channel_id = ${channelId} and deleted_at is null
    order by created_at desc, id desc`.execute(q);
  return rows;
}

/** Deleted ones too: messages name them. */
export async function templatesById(q: Q, workspaceId: string, ids: readonly string[]): Promise<TemplateRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<TemplateRow>`
    select ${COLUMNS} from template where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])`.execute(q);
  return rows;
}
