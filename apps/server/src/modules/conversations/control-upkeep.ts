import { guestChatEnd } from "@firstline/core";
import { type RawBuilder, sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Tx } from "../../platform/db/pool.ts";
import { type NewEvent, writeEvents } from "../../platform/outbox/index.ts";
import { guestSince } from "../contacts/index.ts";
import { noteControl } from "./control-evidence.ts";
import { type NewLine, writeLines } from "./lines.ts";
import { lockThreads } from "./lock.ts";

/** Tells the clients once that a request for control was left unanswered. */
export const UNANSWERED_JOB = "conversations.unanswered";
const AT_ONCE = 200;

/** What ends by time alone, found every minute: holds of other apps, chats of guests, the patience with a request. */
export function defineControlUpkeep(deps: Deps): void {
  deps.jobs.define("conversations.endings", { retryLimit: 0, schedule: "* * * * *" }, async () => {
    await endHolds(deps);
    await endGuestChats(deps);
  });
  deps.jobs.define<{ workspaceId: string; conversationId: string }>(UNANSWERED_JOB, { retryLimit: 3 }, (job) =>
    tellUnanswered(deps, job.workspaceId, job.conversationId),
  );
}

/** The conversation's reasons change with time alone here: whoever looks at it is told to look again. */
export async function tellUnanswered(
  deps: Pick<Deps, "db">,
  workspaceId: string,
  conversationId: string,
): Promise<void> {
  const { rows } = await sql`
    select 1 from conversation where workspace_id = ${workspaceId} and id = ${conversationId} and held_by is not null`.execute(
    deps.db,
  );
  if (rows.length > 0)
    await writeEvents(deps.db, [
      { workspaceId, type: "conversation.updated", conversationId, subjectId: conversationId },
    ]);
}

interface Thread {
  workspaceId: string;
  channelId: string;
  contactExternalId: string;
}
type Ending = Thread & { at: Date };

/**
 * Announces holds whose time is over: control expires 24 hours after the customer's last action unless it was extended
 * (Conversation Routing, 2025-09-24), and Meta tells nobody. Gives how many.
 */
export async function endHolds(deps: Deps): Promise<number> {
  const over = sql`
    select v.workspace_id as "workspaceId", v.channel_id as "channelId", c.external_id as "contactExternalId", (v.held_by->>'until')::timestamptz as at
    from conversation v join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id
    where v.held_by is not null and (v.held_by->>'until')::timestamptz <= ${new Date(deps.clock())}`;
  return inBatches(deps, sql<Ending>`${over} order by at limit ${AT_ONCE}`, async (tx, found) => {
    // Looked at again under the lock: the customer may just have given the other app another day.
    const still =
      await sql<Ending>`${over} and (v.channel_id, c.external_id) in (select * from json_to_recordset(${keysOf(found)}::json) as i(ch uuid, p text))`.execute(
        tx,
      );
    await noteControl(
      tx,
      deps,
      still.rows.map(({ at, ...thread }) => ({
        ...thread,
        at: at.getTime(),
        kind: "released",
        holder: "",
        previous: null,
        until: null,
        metadata: null,
      })),
    );
  });
}

type Guest = Ending & { contactId: string; conversationId: string; told: boolean };

/** Closes guests' chats 24 hours after their start, with one line; most guests never press “End chat”. Gives how many. */
export async function endGuestChats(deps: Deps): Promise<number> {
  const latest = new Date(deps.clock() - guestChatEnd(0));
  const over = sql`
    select g.* from (
      select v.workspace_id as "workspaceId", v.channel_id as "channelId", c.external_id as "contactExternalId", c.id as "contactId", v.id as "conversationId", ${guestSince} as at,
        exists (select 1 from thread_event t where t.workspace_id = c.workspace_id and t.channel_id = c.channel_id and t.contact_external_id = c.external_id and t.kind = 'guest_ended') as told
      from contact c join conversation v on v.workspace_id = c.workspace_id and v.channel_id = c.channel_id and v.contact_id = c.id
      where c.is_guest and c.guest_ended_at is null) g
    where g.at <= ${latest}`;
  return inBatches(deps, sql<Ending>`${over} order by at limit ${AT_ONCE}`, async (tx, found) => {
    const { rows } =
      await sql<Guest>`${over} and (g."channelId", g."contactExternalId") in (select * from json_to_recordset(${keysOf(found)}::json) as i(ch uuid, p text))`.execute(
        tx,
      );
    const ended = rows.map((guest) => ({ ...guest, end: guestChatEnd(guest.at.getTime()) }));
    await sql`
      update contact c set guest_ended_at = to_timestamp(i.at / 1000.0) from json_to_recordset(${JSON.stringify(ended.map((g) => ({ w: g.workspaceId, c: g.contactId, at: g.end })))}::json) as i(w uuid, c uuid, at double precision)
      where c.workspace_id = i.w and c.id = i.c`.execute(tx);
    const lines = await writeLines(tx, ended.filter((g) => !g.told).map(endLine));
    await writeEvents(tx, [
      ...ended.flatMap(({ workspaceId, conversationId, contactId }): NewEvent[] => [
        { workspaceId, type: "contact.updated", conversationId, subjectId: contactId },
        { workspaceId, type: "conversation.updated", conversationId, subjectId: conversationId },
      ]),
      ...lines.flatMap((line) => line.event ?? []),
    ]);
  });
}

const endLine = ({ workspaceId, channelId, contactExternalId, end }: Guest & { end: number }): NewLine => ({
  workspaceId,
  channelId,
  contactExternalId,
  kind: "guest_ended",
  at: end,
  deliveryId: null,
  text: null,
  data: {},
  dedup: `guest_ended|${contactExternalId}`,
});

const keysOf = (threads: readonly Thread[]) =>
  JSON.stringify(threads.map((t) => ({ ch: t.channelId, p: t.contactExternalId })));

/** Batch after batch, each in a transaction of its own with its threads locked. */
async function inBatches(
  deps: Deps,
  find: RawBuilder<Ending>,
  end: (tx: Tx, found: Ending[]) => Promise<void>,
): Promise<number> {
  for (let count = 0; ; ) {
    const { rows } = await find.execute(deps.db);
    if (rows.length === 0) return count;
    await deps.db.transaction().execute(async (tx) => {
      await lockThreads(tx, rows);
      await end(tx, rows);
    });
    count += rows.length;
    if (rows.length < AT_ONCE) return count;
  }
}
