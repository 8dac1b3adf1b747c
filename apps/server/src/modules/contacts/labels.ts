import { sql } from "kysely";

/**
 * SQL over `contact c`: the labels the person has in Meta's own inbox, by name. Meta tells each change alone
 * (`inbox_labels`); of each label the newest counts.
 */
export const metaLabels = sql`(
  select coalesce(json_agg(l.name order by l.name), '[]') from (
    select distinct on (coalesce(t.data->>'labelId', t.text)) t.text as name, t.kind from thread_event t
    where t.workspace_id = c.workspace_id and t.channel_id = c.channel_id and t.contact_external_id = c.external_id
      and t.kind in ('label_added', 'label_removed')
    order by coalesce(t.data->>'labelId', t.text), t.at desc, t.kind desc) l
  where l.kind = 'label_added' and l.name is not null)`;
