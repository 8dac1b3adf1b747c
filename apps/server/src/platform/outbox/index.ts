import { sql } from "kysely";
import type { Q } from "../db/pool.ts";

/** What changed, without its content: readers look the content up, so an event can never show something older than the row. */
export interface NewEvent {
  workspaceId: string;
  type:
    | "message.created"
    | "message.updated"
    | "conversation.updated"
    | "activity.created"
    | "contact.updated"
    | "channel.updated"
    | "channel.removed"
    | "template.updated"
    | "incident.updated"
    | "alert.created"
    | "conversation.ending"
    | "conversation.removed";
  conversationId: string | null;
  /** The message, conversation, activity, contact, channel, template, incident or alert. */
  subjectId: string;
}

/** Writes events in the transaction of the change and wakes their readers when it commits. */
export async function writeEvents(q: Q, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  const rows = JSON.stringify(
    events.map((e) => ({ w: e.workspaceId, t: e.type, v: e.conversationId, s: e.subjectId })),
  );
  await sql`
    with written as (
      insert into event (workspace_id, type, conversation_id, subject_id)
      select i.w, i.t, i.v, i.s from json_to_recordset(${rows}::json) as i(w uuid, t text, v uuid, s uuid))
    select pg_notify('firstline_event', '')`.execute(q);
}
