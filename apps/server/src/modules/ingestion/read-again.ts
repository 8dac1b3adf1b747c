import type { DeliveryEvent } from "@firstline/contracts";
import { sql } from "kysely";
import type { InboundEvent } from "../../adapters/channel.ts";
import { normalizeDelivery } from "../../adapters/index.ts";
import type { Q } from "../../platform/db/pool.ts";
import { understandEvents } from "../messages/index.ts";
import { storable } from "./storable.ts";

/** What a body says, read now, each event with what became of it in this workspace. In the order of the body. */
export async function readAgain(q: Q, workspaceId: string, body: Buffer): Promise<DeliveryEvent[]> {
  const events = await understandEvents(q, normalizeDelivery(body).events);
  const asked = events.map((e, n) => ({
    n,
    p: e.platform,
    a: storable(e.accountId),
    c: storable(e.contactId),
    m: storable(messageOf(e)),
  }));
  const { rows } = await sql<{ n: number; channel: string | null; message: string | null; thread: string | null }>`
    select i.n, ch.id as channel, m.id as message, coalesce(m.conversation_id, v.id) as thread
    from json_to_recordset(${JSON.stringify(asked)}::json) as i(n int, p text, a text, c text, m text)
    left join channel ch on ch.workspace_id = ${workspaceId} and ch.platform = i.p and ch.external_id = i.a
    left join message m on m.workspace_id = ${workspaceId} and m.channel_id = ch.id and m.external_id = i.m
    left join contact p on p.workspace_id = ${workspaceId} and p.channel_id = ch.id and p.external_id = i.c
    left join conversation v on v.workspace_id = ${workspaceId} and v.channel_id = ch.id and v.contact_id = p.id
    order by i.n`.execute(q);
  return events.map((e, n) => ({
    type: e.type === "message" && e.direction === "outbound" ? "echo" : e.type,
    name: nameOf(e),
    at: e.at === null ? null : new Date(e.at).toISOString(),
    standby: e.standby,
    understood: e.type !== "other" || e.understood,
    channelId: rows[n]!.channel,
    contactExternalId: e.contactId,
    messageExternalId: messageOf(e),
    messageId: rows[n]!.message,
    conversationId: rows[n]!.thread,
  }));
}

/** The message an event is or concerns; of a receipt only where it names a single one. */
function messageOf(e: InboundEvent): string | null {
  if (e.type === "delivered" || e.type === "read") return e.mids.length === 1 ? e.mids[0]! : null;
  return "mid" in e ? e.mid : null;
}

function nameOf(e: InboundEvent): string | null {
  switch (e.type) {
    case "other":
      return e.name;
    case "notice":
      return e.kind;
    case "control":
      return e.action;
    case "comment":
      return e.verb;
    default:
      return null;
  }
}
