import { sql } from "kysely";
import type { Tx } from "../../../../platform/db/pool.ts";
import type { FoldedEffect } from "../folded.ts";
import { rows, type Touched, time } from "./input.ts";

/** Keeps the newest effect of each actor. Gives those that were told before, as they are. */
export async function upsertEffects(tx: Tx, effects: FoldedEffect[]): Promise<Set<string>> {
  const input = effects.map((e) => ({
    w: e.workspaceId,
    ch: e.channelId,
    mid: e.mid,
    k: e.kind,
    a: e.actor,
    at: e.at,
    ed: e.edition,
    v: e.value,
  }));
  const { rows: again } = await sql<{ key: string; same: boolean }>`
    insert into message_effect as e (workspace_id, channel_id, external_id, kind, actor, at, edition, value)
    select i.w, i.ch, i.mid, i.k, i.a, ${time("i.at")}, i.ed, i.v
    from json_to_recordset(${rows(input)}) as i(w uuid, ch uuid, mid text, k text, a text, at double precision, ed int, v text)
    order by 1, 2, 3, 4, 5
    on conflict (workspace_id, channel_id, external_id, kind, actor) do update set at = excluded.at, edition = excluded.edition, value = excluded.value
    where (excluded.edition, excluded.at, excluded.value is null, coalesce(excluded.value, '') collate "C") >= (e.edition, e.at, e.value is null, coalesce(e.value, '') collate "C")
    returning channel_id || '|' || external_id || '|' || kind || '|' || actor as key,
      old.at is not null and (old.edition, old.at, old.value) is not distinct from (new.edition, new.at, new.value) as same`.execute(
    tx,
  );
  return new Set(again.filter((a) => a.same).map((a) => a.key));
}

/** Makes the messages show their effects, whichever of the two came first. */
export async function showEffects(
  tx: Tx,
  keys: { workspaceId: string; channelId: string; mid: string }[],
): Promise<(Touched & { unsent: boolean; seenAt: Date | null })[]> {
  const { rows: changed } = await sql<Touched & { unsent: boolean; seenAt: Date | null }>`
    with k as (select distinct * from json_to_recordset(${rows(keys.map((k) => ({ w: k.workspaceId, ch: k.channelId, mid: k.mid })))}) as i(w uuid, ch uuid, mid text)),
    e as (
      select e.workspace_id as w, e.channel_id as ch, e.external_id as mid,
        coalesce(jsonb_agg(jsonb_build_object('by', e.actor, 'emoji', e.value) order by e.actor) filter (where e.kind = 'reaction' and e.value is not null), '[]') as reactions,
        max(e.value) filter (where e.kind = 'edit') as edited_text, max(e.at) filter (where e.kind = 'edit') as edited_at, max(e.edition) filter (where e.kind = 'edit') as edition,
        max(e.at) filter (where e.kind = 'unsend') as unsent_at, bool_or(e.kind = 'seen') as seen
      from k join message_effect e on e.workspace_id = k.w and e.channel_id = k.ch and e.external_id = k.mid group by 1, 2, 3)
    update message m set reactions = e.reactions, edited_at = e.edited_at, edition = coalesce(e.edition, 0), deleted_at = e.unsent_at,
      text = case when e.unsent_at is not null then null when e.edited_at is not null then e.edited_text else m.text end,
      details = case when e.unsent_at is not null then null else m.details end,
      payload = case when e.unsent_at is not null then null else m.payload end,
      kind = case when e.unsent_at is not null then 'deleted' else m.kind end
    from e where m.workspace_id = e.w and m.channel_id = e.ch and m.external_id = e.mid
    returning m.id, m.workspace_id as "workspaceId", m.conversation_id as "conversationId", m.deleted_at is not null as unsent, case when e.seen and m.direction = 'outbound' then m.sent_at end as "seenAt"`.execute(
    tx,
  );
  return changed;
}

/**
 * Content taken back by its author is kept nowhere: not in files and their descriptions, not in edits. The rows stay as a trace
 * of the fact. Gives the stored files to remove.
 */
export async function forgetContent(tx: Tx, messages: Touched[]): Promise<string[]> {
  const { rows: gone } = await sql<{ key: string | null }>`
    with i as (select * from json_to_recordset(${rows(messages.map((m) => ({ w: m.workspaceId, m: m.id })))}) as i(w uuid, m uuid)),
    edits as (
      update message_effect e set value = null from i join message m on m.workspace_id = i.w and m.id = i.m
      where e.workspace_id = m.workspace_id and e.channel_id = m.channel_id and e.external_id = m.external_id and e.kind = 'edit' and e.value is not null),
    old as (select a.workspace_id, a.id, a.blob_key from attachment a join i on a.workspace_id = i.w and a.message_id = i.m)
    update attachment a set state = 'none', remote_url = null, blob_key = null, title = null, link = null, name = null, content_type = null, size = null,
      width = null, height = null, verdict = null
    from old where a.workspace_id = old.workspace_id and a.id = old.id returning old.blob_key as key`.execute(tx);
  return gone.flatMap((g) => g.key ?? []);
}
