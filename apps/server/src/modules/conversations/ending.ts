import { decideReply } from "@firstline/core";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Tx } from "../../platform/db/pool.ts";
import { writeEvents } from "../../platform/outbox/index.ts";
import { type ConversationRow, replyFacts } from "./present.ts";
import { conversationsById } from "./query.ts";
import { ENDING_SOON_MS, endingSoon, windowEnd } from "./window-end.ts";

const AT_ONCE = 200;

/** Every minute: whose customer waits while the reply window ends within two hours. */
export function defineEndingAlert(deps: Deps): void {
  deps.jobs.define("conversations.ending-soon", { retryLimit: 0, schedule: "* * * * *" }, async () => {
    await tellEnding(deps);
  });
}

/**
 * Tells the clients of every open conversation whose customer waits for an answer while its reply window ends within two hours,
 * once for each end of a window. Several processes may do it at once: each conversation is told by one. Gives how many.
 */
export async function tellEnding(deps: Pick<Deps, "db" | "clock" | "config">): Promise<number> {
  let told = 0;
  for (;;) {
    const done = await deps.db.transaction().execute((tx) => tellSome(tx, deps));
    told += done.told;
    if (done.found < AT_ONCE) return told;
  }
}

async function tellSome(tx: Tx, deps: Pick<Deps, "clock" | "config">): Promise<{ found: number; told: number }> {
  const now = deps.clock();
  const { adWindow } = deps.config.meta;
  // Workspace by workspace, so that each is a walk along its own part of the index.
  const { rows } = await sql<{ workspace_id: string; id: string }>`
    select w.id as workspace_id, f.id from workspace w cross join lateral (
      select v.id from conversation v
      join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id
      join channel h on h.workspace_id = v.workspace_id and h.id = v.channel_id
      join message m on m.workspace_id = v.workspace_id and m.id = v.last_message_id
      where v.workspace_id = w.id and v.status = 'open' and ${endingSoon(sql`w.id`, now, adWindow)}
        and m.direction = 'inbound' and (v.ending_told_for is null or v.ending_told_for <= ${new Date(now)})
        and v.held_by is null and c.cannot_receive_since is null and c.guest_ended_at is null and h.state <> 'disconnected'
      order by v.qualifying_at limit ${AT_ONCE} for update of v skip locked) f
    limit ${AT_ONCE}`.execute(tx);
  const ending: { w: string; v: string; e: number }[] = [];
  const told: typeof ending = [];
  for (const workspaceId of new Set(rows.map((r) => r.workspace_id))) {
    const ids = rows.filter((r) => r.workspace_id === workspaceId).map((r) => r.id);
    for (const row of await conversationsById(tx, workspaceId, ids)) {
      const one = { w: workspaceId, v: row.id, e: windowEnd(row, adWindow) ?? now };
      ending.push(one);
      if (endsSoon(row, deps, now)) told.push(one);
    }
  }
  await sql`
    update conversation v set ending_told_for = to_timestamp(i.e / 1000)
    from json_to_recordset(${JSON.stringify(ending)}::json) as i(w uuid, v uuid, e double precision) where v.workspace_id = i.w and v.id = i.v`.execute(
    tx,
  );
  await writeEvents(
    tx,
    told.map(({ w, v }) => ({ workspaceId: w, type: "conversation.ending", conversationId: v, subjectId: v })),
  );
  return { found: rows.length, told: told.length };
}

/** The same decision as everywhere: what the composer counts down to is what is told of. */
function endsSoon(row: ConversationRow, deps: Pick<Deps, "config">, now: number): boolean {
  const { state, ways, holds } = decideReply(replyFacts(row, deps.config.meta, "person"), now);
  const until = state === "open" || holds ? ways.find((w) => w.way === "reply")?.until : undefined;
  // While a channel waits to be connected again, a reply written now still goes out if that comes in time.
  return until !== undefined && until <= now + ENDING_SOON_MS;
}
