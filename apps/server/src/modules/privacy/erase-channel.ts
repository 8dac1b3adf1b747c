import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Tx } from "../../platform/db/pool.ts";
import { writeEvents } from "../../platform/outbox/index.ts";
import { eraseContact } from "./erase-contact.ts";
import { finishErasure } from "./erase-steps.ts";

const CHANNEL_JOB = "privacy.channel";
/** Contacts of one run of the job; the next run takes the next ones, also after a kill. */
const AT_ONCE = 100;
const AGAIN_SECONDS = 60;

/**
 * Rows of a channel that hang on no contact, in the order in which they may go. Tables that are not named here go with the
 * channel's own row.
 */
export const CHANNEL_TABLES = [
  "message_effect",
  "thread_mark",
  "control_evidence",
  "thread_event",
  "user_ref",
  "comment",
  "intake",
  "reconciliation",
  "template",
  "uploaded_file",
  "send_pace",
  "authorizer",
] as const;

/** Channels whose history was to be deleted and whose thirty days are over: every day, contact by contact, then the rest. */
export function defineChannelDeletion(deps: Deps): void {
  deps.jobs.define("privacy.channels", { retryLimit: 2, schedule: "37 3 * * *" }, async () => {
    const { rows } = await sql<{ workspaceId: string; channelId: string }>`
      select workspace_id as "workspaceId", id as "channelId" from channel
      where state = 'disconnected' and history_deleted_at <= ${new Date(deps.clock())}`.execute(deps.db);
    await deps.jobs.add(
      CHANNEL_JOB,
      rows.map((data) => ({ data, singletonKey: data.channelId })),
    );
  });
  deps.jobs.define<{ workspaceId: string; channelId: string }>(
    CHANNEL_JOB,
    { retryLimit: 12 },
    async ({ workspaceId, channelId }) => {
      const left = await eraseChannel(deps, workspaceId, channelId);
      const startAfterSeconds = left === "steps" ? AGAIN_SECONDS : 0;
      if (left) await deps.jobs.add(CHANNEL_JOB, [{ data: { workspaceId, channelId }, startAfterSeconds }]);
    },
  );
}

/**
 * Deletes the next contacts of a channel that is due, and after the last one the channel itself. Stops at once where the channel
 * was connected again or is to be kept. Gives what is left: contacts, or steps of deletions that wait for something; null: nothing.
 */
async function eraseChannel(deps: Deps, workspaceId: string, channelId: string): Promise<"contacts" | "steps" | null> {
  const { rows: contacts } = await sql<{ id: string }>`
    select id from contact where workspace_id = ${workspaceId} and channel_id = ${channelId} order by id limit ${AT_ONCE}`.execute(
    deps.db,
  );
  for (const { id: contactId } of contacts) {
    const erased = await deps.db.transaction().execute(async (tx) => {
      const due = await dueChannel(tx, deps, workspaceId, channelId);
      return due && { id: await eraseContact(tx, deps, { workspaceId, contactId, memberId: due.by }) };
    });
    if (!erased) return null;
    if (erased.id) await finishErasure(deps, workspaceId, erased.id);
  }
  if (contacts.length === AT_ONCE) return "contacts";
  const { rows: waiting } = await sql`
    select 1 from erasure where workspace_id = ${workspaceId} and channel_id = ${channelId} and done_at is null limit 1`.execute(
    deps.db,
  );
  if (waiting.length > 0) return "steps";
  await deps.db.transaction().execute(async (tx) => {
    if (!(await dueChannel(tx, deps, workspaceId, channelId))) return;
    const here = sql`workspace_id = ${workspaceId} and channel_id = ${channelId}`;
    for (const table of CHANNEL_TABLES) await sql`delete from ${sql.table(table)} where ${here}`.execute(tx);
    await sql`delete from delivery where channels = array[${channelId}]::uuid[]`.execute(tx);
    await sql`delete from event where workspace_id = ${workspaceId} and subject_id = ${channelId}`.execute(tx);
    await sql`delete from channel where workspace_id = ${workspaceId} and id = ${channelId}`.execute(tx);
    await writeEvents(tx, [{ workspaceId, type: "channel.removed", conversationId: null, subjectId: channelId }]);
  });
  deps.log.info({ channelId }, "a disconnected channel was deleted with its history");
  return null;
}

/** Holds the channel as it is until the transaction ends; null: it is connected again, is to be kept, or its time has not come. */
async function dueChannel(
  tx: Tx,
  deps: Pick<Deps, "clock">,
  workspaceId: string,
  channelId: string,
): Promise<{ by: string | null } | null> {
  const { rows } = await sql<{ by: string | null }>`
    select history_deleted_by as by from channel where workspace_id = ${workspaceId} and id = ${channelId}
      and state = 'disconnected' and history_deleted_at <= ${new Date(deps.clock())} for update`.execute(tx);
  return rows[0] ?? null;
}
