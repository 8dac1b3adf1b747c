import { sql } from "kysely";
import type { Tx } from "../../../../platform/db/pool.ts";
import type { FoldedMessage } from "../folded.ts";
import { rows, type Touched, time } from "./input.ts";

export async function insertMessages(
  tx: Tx,
  messages: (FoldedMessage & { conversationId: string })[],
): Promise<(Touched & { key: string; direction: FoldedMessage["direction"] })[]> {
  const input = messages.map((m) => ({
    w: m.workspaceId,
    v: m.conversationId,
    ch: m.channelId,
    mid: m.mid,
    d: m.direction,
    k: m.kind,
    t: m.text,
    dt: m.details.length > 0 ? m.details : null,
    p: m.payload,
    sk: m.sourceKind,
    sa: m.appId,
    sn: m.sourceName,
    at: m.sentAt,
    ar: m.arrivedAt,
    di: m.deliveryId,
    rc: m.recovered,
    ic: m.incomplete,
    sb: m.standby,
    rt: m.replyTo,
  }));
  const { rows: inserted } = await sql<Touched & { key: string; direction: FoldedMessage["direction"] }>`
    insert into message (workspace_id, conversation_id, channel_id, external_id, direction, kind, text, details, payload, source_kind, source_app_id, source_name, state, sent_at, arrived_at, delivery_id, recovered, recovered_at, incomplete, standby, reply_to)
    select i.w, i.v, i.ch, i.mid, i.d, i.k, i.t, i.dt, i.p, i.sk, i.sa, i.sn, case when i.d = 'inbound' then 'received' else 'sent' end, ${time("i.at")}, ${time("i.ar")}, i.di, i.rc, case when i.rc then ${time("i.ar")} end, i.ic, i.sb, i.rt
    from json_to_recordset(${rows(input)}) as i(w uuid, v uuid, ch uuid, mid text, d text, k text, t text, dt jsonb, p text, sk text, sa text, sn text, at double precision, ar double precision, di bigint, rc boolean, ic boolean, sb boolean, rt text)
    on conflict (workspace_id, channel_id, external_id) do nothing
    returning id, workspace_id as "workspaceId", conversation_id as "conversationId", channel_id || '|' || external_id as key, direction`.execute(
    tx,
  );
  return inserted;
}

/** The files that events name, one row each, in the order of their messages. */
export const attachmentInput = (
  messages: readonly Pick<FoldedMessage & Touched, "workspaceId" | "conversationId" | "id" | "attachments">[],
) =>
  messages.flatMap((m) =>
    m.attachments.map((a, n) => ({
      w: m.workspaceId,
      v: m.conversationId,
      m: m.id,
      n,
      k: a.kind,
      mt: a.type,
      u: a.url,
      ti: a.title,
      l: a.link,
    })),
  );

export async function insertAttachments(
  tx: Tx,
  messages: (FoldedMessage & { id: string; conversationId: string })[],
): Promise<{ workspaceId: string; id: string; state: string }[]> {
  const input = attachmentInput(messages);
  if (input.length === 0) return [];
  const { rows: made } = await sql<{ workspaceId: string; id: string; state: string }>`
    insert into attachment (workspace_id, conversation_id, message_id, position, kind, meta_type, remote_url, title, link, state)
    select i.w, i.v, i.m, i.n, i.k, i.mt, i.u, i.ti, i.l, case when i.u is null then 'none' else 'pending' end
    from json_to_recordset(${rows(input)}) as i(w uuid, v uuid, m uuid, n smallint, k text, mt text, u text, ti text, l text)
    returning workspace_id as "workspaceId", id, state`.execute(tx);
  return made;
}
