import { sql } from "kysely";
import type { Tx } from "../../../../platform/db/pool.ts";
import type { FoldedMessage } from "../folded.ts";
import { rows, type Touched, time } from "./input.ts";
import { attachmentInput } from "./messages.ts";

export interface Merged extends Touched {
  key: string;
  /** Its content is that of the event now, files included. */
  content: boolean;
}

/**
 * Messages told a second time, once by Meta's webhook and once by its record. The webhook knows more (payload, sender, metadata,
 * milliseconds) and its data stay or come in; a message that it brought incomplete takes its content from the record. Either
 * way the same row, whichever came first. Gives what changed.
 */
export async function mergeRecovered(tx: Tx, messages: FoldedMessage[]): Promise<Merged[]> {
  const input = messages.map((m) => ({
    w: m.workspaceId,
    ch: m.channelId,
    mid: m.mid,
    k: m.kind,
    t: m.text,
    dt: m.details.length > 0 ? m.details : null,
    p: m.payload,
    sk: m.sourceKind,
    sa: m.appId,
    sn: m.sourceName,
    at: m.sentAt,
    di: m.deliveryId,
    rc: m.recovered,
    ic: m.incomplete,
    sb: m.standby,
    rt: m.replyTo,
  }));
  const { rows: merged } = await sql<Merged>`
    with i as (select * from json_to_recordset(${rows(input)}) as i(w uuid, ch uuid, mid text, k text, t text, dt jsonb, p text, sk text, sa text, sn text, at double precision, di bigint, rc boolean, ic boolean, sb boolean, rt text)),
    told as (
      select i.*, m.id, not i.ic or m.incomplete as content from i
      join message m on m.workspace_id = i.w and m.channel_id = i.ch and m.external_id = i.mid
      where m.client_id is null and case when i.rc then m.incomplete and not m.recovered and not i.ic else m.recovered end)
    update message m set
      kind = case when o.content then o.k else m.kind end, text = case when o.content then o.t else m.text end,
      details = case when o.content then o.dt else m.details end,
      incomplete = m.incomplete and o.ic,
      recovered_at = coalesce(m.recovered_at, case when o.rc then now() end), recovered = false,
      payload = case when o.rc then m.payload else o.p end, source_kind = case when o.rc then m.source_kind else o.sk end,
      source_app_id = case when o.rc then m.source_app_id else o.sa end, source_name = case when o.rc then m.source_name else o.sn end,
      sent_at = case when o.rc then m.sent_at else ${time("o.at")} end, delivery_id = case when o.rc then m.delivery_id else o.di end,
      standby = case when o.rc then m.standby else o.sb end, reply_to = case when o.rc then m.reply_to else o.rt end
    from told o where m.workspace_id = o.w and m.id = o.id
    returning m.id, m.workspace_id as "workspaceId", m.conversation_id as "conversationId", m.channel_id || '|' || m.external_id as key, o.content`.execute(
    tx,
  );
  return merged;
}

/**
 * Makes the files of messages those that the event names; what is stored already is kept where it is the same kind of file.
 * Gives those to fetch, and the stored files to remove.
 */
export async function replaceAttachments(
  tx: Tx,
  messages: (FoldedMessage & Touched)[],
): Promise<{ pending: { workspaceId: string; id: string }[]; gone: string[] }> {
  const ids = rows(messages.map((m) => ({ w: m.workspaceId, m: m.id, n: m.attachments.length })));
  const { rows: surplus } = await sql<{ key: string | null }>`
    delete from attachment a using json_to_recordset(${ids}) as i(w uuid, m uuid, n int)
    where a.workspace_id = i.w and a.message_id = i.m and a.position >= i.n returning a.blob_key as key`.execute(tx);
  const input = attachmentInput(messages);
  const { rows: pending } = await sql<{ workspaceId: string; id: string; state: string }>`
    with i as (select * from json_to_recordset(${rows(input)}) as i(w uuid, v uuid, m uuid, n smallint, k text, mt text, u text, ti text, l text)),
    kept as (
      update attachment a set kind = i.k, meta_type = i.mt, remote_url = i.u, title = i.ti, link = i.l,
        state = case when a.state = 'stored' and a.kind = i.k then a.state when i.u is null then 'none' else 'pending' end
      from i where a.workspace_id = i.w and a.message_id = i.m and a.position = i.n
      returning a.workspace_id, a.id, a.message_id, a.position, a.state),
    made as (
      insert into attachment (workspace_id, conversation_id, message_id, position, kind, meta_type, remote_url, title, link, state)
      select i.w, i.v, i.m, i.n, i.k, i.mt, i.u, i.ti, i.l, case when i.u is null then 'none' else 'pending' end from i
      where not exists (select from attachment a where a.workspace_id = i.w and a.message_id = i.m and a.position = i.n)
      returning workspace_id, id, state)
    select workspace_id as "workspaceId", id, state from kept union all select workspace_id, id, state from made`.execute(
    tx,
  );
  return { pending: pending.filter((p) => p.state === "pending"), gone: surplus.flatMap((s) => s.key ?? []) };
}
