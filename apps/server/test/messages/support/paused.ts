import { sql } from "kysely";
import type { World } from "../../api/support/world.ts";

/**
 * Does something while the Page sends nothing: whoever asks for a message meanwhile finds it on its way, however long the asking
 * takes. Then it goes out.
 */
export async function whilePaused<T>(w: World, channelId: string, work: () => Promise<T>): Promise<T> {
  await sql`
    insert into send_pace (workspace_id, channel_id, paused_until) values (${w.workspaceId}, ${channelId}, 'infinity')
    on conflict (workspace_id, channel_id) do update set paused_until = excluded.paused_until`.execute(w.deps.db);
  try {
    return await work();
  } finally {
    await sql`update send_pace set paused_until = null where channel_id = ${channelId}`.execute(w.deps.db);
    await sql`select pg_notify('firstline_send', '')`.execute(w.deps.db);
  }
}
