import { sql } from "kysely";
import type { TestApp } from "../harness/index.ts";

/**
 * What is stored about every customer of a channel, as one text each: without our ids, without when and in which delivery it
 * came, and with the customer's own prefix taken out of message ids. Threads in the same state give the same text.
 */
export async function canonicalRows(t: Pick<TestApp, "deps">): Promise<Map<string, string>> {
  const { rows } = await sql<{ customer: string; state: object }>`
    with customer as (
      select channel_id, external_id from contact
      union select channel_id, contact_external_id from thread_mark
      union select channel_id, split_part(external_id, '|', 1) from message_effect
      union select channel_id, contact_external_id from control_evidence
      union select channel_id, contact_external_id from thread_event where contact_external_id is not null
      union select channel_id, author_external_id from comment
      union select channel_id, split_part(user_ref, '|', 1) from user_ref),
    nobody as (
      select channel_id, split_part(data->>'userRef', '|', 1) as customer, jsonb_agg(jsonb_build_object('at', at, 'text', text, 'data', data) order by at, text) as lines
      from thread_event where contact_external_id is null group by 1, 2)
    select p.external_id as customer, jsonb_build_object(
      'contact', (select to_jsonb(c) - array['workspace_id', 'id', 'channel_id', 'external_id', 'created_at'] from contact c where c.channel_id = p.channel_id and c.external_id = p.external_id),
      'conversation', (
        select to_jsonb(v) - array['workspace_id', 'id', 'channel_id', 'contact_id', 'last_message_id', 'created_at'] || jsonb_build_object('last', l.external_id)
        from contact c join conversation v on v.workspace_id = c.workspace_id and v.channel_id = c.channel_id and v.contact_id = c.id
        left join message l on l.workspace_id = v.workspace_id and l.id = v.last_message_id
        where c.channel_id = p.channel_id and c.external_id = p.external_id),
      'messages', (
        select jsonb_agg(to_jsonb(m) - array['workspace_id', 'id', 'conversation_id', 'channel_id', 'arrived_at', 'delivery_id'] || jsonb_build_object('files', (
            select jsonb_agg(to_jsonb(a) - array['workspace_id', 'id', 'conversation_id', 'message_id', 'created_at'] order by a.position) from attachment a where a.workspace_id = m.workspace_id and a.message_id = m.id)) order by m.external_id)
        from contact c join conversation v on v.workspace_id = c.workspace_id and v.channel_id = c.channel_id and v.contact_id = c.id
        join message m on m.workspace_id = v.workspace_id and m.conversation_id = v.id
        where c.channel_id = p.channel_id and c.external_id = p.external_id),
      'effects', (
        select jsonb_agg(to_jsonb(e) - array['workspace_id', 'channel_id'] order by e.external_id, e.kind, e.actor) from message_effect e
        where e.channel_id = p.channel_id and e.external_id >= p.external_id || '|' and e.external_id < p.external_id || '}'),
      'control', (
        select jsonb_agg(to_jsonb(e) - array['workspace_id', 'channel_id', 'contact_external_id'] order by e.at, e.kind, e.holder) from control_evidence e
        where e.channel_id = p.channel_id and e.contact_external_id = p.external_id),
      'lines', (
        select jsonb_agg(l.line order by l.line) from (
          select to_jsonb(e) - array['workspace_id', 'id', 'channel_id', 'contact_external_id', 'arrived_at', 'delivery_id', 'dedup'] as line from thread_event e
          where e.channel_id = p.channel_id and e.contact_external_id = p.external_id) l),
      'nobody', n.lines,
      'comments', (
        select jsonb_agg(to_jsonb(o) - array['workspace_id', 'id', 'channel_id', 'author_external_id', 'arrived_at', 'delivery_id'] order by o.external_id) from comment o
        where o.channel_id = p.channel_id and o.author_external_id = p.external_id),
      'checkbox', (
        select jsonb_agg(to_jsonb(u) - array['workspace_id', 'channel_id', 'contact_external_id'] || jsonb_build_object('joined', u.contact_external_id is not distinct from p.external_id))
        from user_ref u where u.channel_id = p.channel_id and u.user_ref = p.external_id || '|u'),
      'marks', (select to_jsonb(k) - array['workspace_id', 'channel_id', 'contact_external_id'] from thread_mark k where k.channel_id = p.channel_id and k.contact_external_id = p.external_id)
    ) as state from customer p left join nobody n on n.channel_id = p.channel_id and n.customer = p.external_id`.execute(
    t.deps.db,
  );
  return new Map(rows.map((r) => [r.customer, JSON.stringify(r.state).replaceAll(`${r.customer}|`, "")]));
}
